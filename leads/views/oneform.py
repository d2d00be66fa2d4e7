"""Steps that are a page with one form: what several modules of addresses share."""

from functools import partial

from django.shortcuts import render

from evidence.views import steps

MEETING = "leads/agenda_form.html"


def page(request, form, title, button, *, back, lead, said="", template="leads/work_form.html"):
    """The page of a form, for the first time or with what is wrong. `back`: the record that Cancel leads back to;
    `said`: what the step is about.
    """
    context = {"form": form, "title": title, "button": button, "back": back.get_absolute_url()}
    return render(request, template, context | {"lead": lead, "said": said})


def step(request, visible, pk, policy, form, act, told, *, noun, draw):
    """One step of one of the `visible` rows: taken, or its page. `form` makes the form of the row, None for a step that
    asks for nothing; `act` takes the row as `noun`; `draw` makes the page of the row and the form.
    """
    found = steps.reach(request, visible, pk, policy)
    asked = form(found) if form else None
    done = steps.take(request, asked, partial(act, **{noun: found}), told, found)
    return done or draw(found, asked)
