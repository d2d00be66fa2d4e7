"""One lead of an agenda, presented and decided on."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import allows, requires
from agencies.roles import Permission
from evidence.views import steps
from leads import agenda, queries
from leads.actions import actionitems, agendas
from leads.forms.meetings import AddForm, DecideForm, GiveForm, RemoveForm
from leads.models import AgendaItem, Decision, Lead, Meeting
from leads.pages import meeting as meetingpage
from leads.policies import meetings as policies_meetings
from leads.queries import meetings as found
from leads.views import oneform

RELATED = ("meeting__agency__calendar", "meeting__chair", "lead__agency", "added_by")


def _visible(user):
    return AgendaItem.objects.visible_to(user).select_related(*RELATED).prefetch_related(*found.DECIDED)


@require_safe
@requires(Permission.LEAD_VIEW)
def agenda_item(request, pk):
    """A sheet of the presenter: one lead in large type, the next one key away."""
    item, now = get_object_or_404(_visible(request.user), pk=pk), timezone.now()
    ids = [each.pk for each in found.items(item.meeting, request.user)]
    place = agenda.neighbors(ids, item.pk) if item.pk in ids else (None, None, 0)
    zone = queries.reader(request.user).zone
    may = bool(allows(policies_meetings.decide, request.user, item))
    context = meetingpage.head(item.meeting, request.user) | {
        "one": meetingpage.presented(item, ids, place, now, zone),
        "owed": [meetingpage.owed(each, now) for each in queries.obligations_of(item.lead)],
        "carried": [meetingpage.action(each, now) for each in found.not_done(item, request.user)],
        "form": DecideForm() if may else None,
        "may_take_off": bool(allows(policies_meetings.take_off, request.user, item)),
    }
    return render(request, "leads/agenda_item.html", context)


@require_safe
@requires(Permission.LEAD_VIEW)
def meeting_sheets(request, pk):
    """All sheets one after another, for paper."""
    meetings = Meeting.objects.visible_to(request.user).select_related("agency__calendar", "chair")
    one, now = get_object_or_404(meetings, pk=pk), timezone.now()
    zone, items = queries.reader(request.user).zone, found.items(one, request.user)
    ids = [each.pk for each in items]
    sheets = [meetingpage.presented(each, ids, agenda.neighbors(ids, each.pk), now, zone) for each in items]
    context = {"sheets": sheets, "confirmed": bool(items) and all(each.lead.is_confirmed for each in items)}
    return render(request, "leads/meeting_sheets.html", meetingpage.head(one, request.user) | context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def agenda_add(request, pk):
    meetings = Meeting.objects.visible_to(request.user).select_related("agency")
    one = steps.reach(request, meetings, pk, policies_meetings.keep_agenda)
    form = AddForm(request.POST or None, meeting=one, visible=Lead.objects.visible_to(request.user))
    done = steps.take(request, form, partial(agendas.add, meeting=one), "The lead is on the agenda.")
    return done or _page(request, form, one, "Add a lead", "Add the lead")


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def agenda_remove(request, pk):
    item = steps.reach(request, _visible(request.user), pk, policies_meetings.take_off)
    form = RemoveForm(request.POST or None)
    act, told = partial(agendas.remove, item=item), f"Lead {item.lead.number} is off the agenda."
    done = steps.take(request, form, act, told, item.meeting)
    return done or _page(request, form, item, "Take off the agenda", "Take the lead off", item.lead)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def agenda_decide(request, pk):
    item = steps.reach(request, _visible(request.user), pk, policies_meetings.decide)
    form = DecideForm(request.POST or None)
    act = partial(agendas.decide, item=item)
    done = steps.take(request, form, act, "The decision is written down. Give out what is to be done.", item)
    return done or _page(request, form, item, "Record a decision", "Record the decision", item.lead)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def decision_give(request, pk):
    """An action item of a decision."""
    visible = Decision.objects.visible_to(request.user)
    decision = get_object_or_404(visible.select_related("item__meeting__agency", "item__lead"), pk=pk)
    item = steps.reach(request, _visible(request.user), decision.item_id, policies_meetings.decide)
    form = GiveForm(request.POST or None, owners=found.may_own(item.lead))
    act, told = partial(actionitems.give, decision=decision), "The action item is given. Its owner is told."
    done = steps.take(request, form, act, told, item)
    return done or _page(request, form, item, "Give an action item", "Give it out", item.lead, decision.text)


def _page(request, form, back, title, button, lead=None, said=""):
    more = {"back": back, "lead": lead, "said": said, "template": oneform.MEETING}
    return oneform.page(request, form, title, button, **more)
