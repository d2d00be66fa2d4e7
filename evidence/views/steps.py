"""A step is a page with one form: what was typed is done and told, or it stands there again with what is wrong."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from agencies.access import ChangedMeanwhileError, Refused, enforce
from agencies.middleware import wants_json


def reach(request, visible, pk, policy):
    """One of the `visible` rows, or 404; refused with the policy's sentence when the person may not take the step."""
    found = get_object_or_404(visible, pk=pk)
    enforce(policy, request.user, found)
    return found


def tried(request, form, act, **given):
    """What an action gave. What it refuses of what was typed is said on the form, where all of that stands still: None
    then, and the middleware answers as to any refusal. What asks for JSON gets that answer alone; what somebody else
    changed meanwhile is for the page to show.
    """
    try:
        return act(by=request.user, **given)
    except ChangedMeanwhileError:
        raise
    except Refused as refused:
        if wants_json(request):
            raise
        form.add_error(None, refused.reason)
        request.refusal = refused
        return None


def take(request, form, act, told, to=None):
    """Where the person goes when the step is taken, None when the page is to be shown (again).

    form: None for a step that is one button. act: the action with what it acts upon; it gets `by` and the clean values.
    told: a sentence, or a function that makes one of what the action gave. to: an address or a record with a page of
    its own; without it, what the action gave is shown.
    """
    if request.method != "POST" or (form and not form.is_valid()):
        return None
    made = tried(request, form, act, **form.cleaned_data) if form else act(by=request.user)
    if form and form.errors:
        return None
    messages.success(request, told(made) if callable(told) else told)
    return redirect(to or made)
