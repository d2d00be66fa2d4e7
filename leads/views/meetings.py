"""Lead reviews: the list, one meeting with its agenda, its steps, its minutes."""

from functools import partial
from io import BytesIO

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import enforce, requires
from agencies.roles import Permission
from evidence.views import serving, steps
from leads import queries
from leads.actions import meetings as deeds
from leads.forms.meetings import CloseForm, MeetingForm
from leads.models import Meeting
from leads.packets import typeset
from leads.pages import meeting as meetingpage
from leads.pages import minutes as minutespage
from leads.policies import meetings as policies_meetings
from leads.queries import meetings as found

# Seconds that a reader waits while the pages of others are set.
WAIT = 10


def visible(user):
    related = ("agency__calendar", "chair", "opened_by", "ended_by")
    return Meeting.objects.visible_to(user).select_related(*related)


@require_safe
@requires(Permission.LEAD_VIEW)
def meetings(request):
    shown, older = found.meetings(request.user, after=request.GET.get("after"))
    context = {
        "rows": [meetingpage.row(each) for each in shown],
        "older": f"?after={older}" if older else "",
        "newer": "?" if request.GET.get("after") else "",
        "may_plan": found.centers(request.user).exists(),
    }
    return render(request, "leads/meetings.html", context)


@require_safe
@requires(Permission.LEAD_VIEW)
def meeting(request, pk):
    """The agenda, as far as the reader sees its leads."""
    one, now = get_object_or_404(visible(request.user), pk=pk), timezone.now()
    zone = queries.reader(request.user).zone
    items = found.items(one, request.user)
    context = meetingpage.head(one, request.user) | {
        "sections": meetingpage.sections(items, now, zone),
        "many": len(items),
        "first": items[0].get_absolute_url() if items else "",
        "carried": [meetingpage.action(each, now, as_of=one.ended_at) for each in found.carried(one, request.user)],
        "facts": meetingpage.facts(one, one.invited.select_related("agency").order_by("agency__name")),
        "left_out": meetingpage.left_out(one),
        "taken_off": found.taken_off(one, request.user),
    }
    return render(request, "leads/meeting.html", context)


@require_safe
@requires(Permission.LEAD_VIEW)
def minutes(request, pk):
    """What was heard, decided and given out, as a page."""
    return render(request, "leads/minutes.html", _minutes(request, pk, timezone.now()) | {"problem": ""})


@require_safe
@requires(Permission.LEAD_VIEW)
def minutes_file(request, pk):
    """The same as a PDF."""
    now = timezone.now()
    context = _minutes(request, pk, now)
    try:
        made = typeset.pdf(minutespage.pages(context, request.user, now), wait=WAIT)
    except typeset.PressError as problem:
        return render(request, "leads/minutes.html", context | {"problem": problem}, status=503)
    name = f"lead-review-{context['meeting'].held_at:%Y-%m-%d}.pdf"
    return serving.paper(BytesIO(made.content), name, inline=False)


def _minutes(request, pk, now):
    one = get_object_or_404(visible(request.user), pk=pk)
    zone, items = queries.reader(request.user).zone, found.items(one, request.user)
    return meetingpage.head(one, request.user) | {
        "sections": meetingpage.sections(items, one.ended_at or now, zone),
        "carried": [meetingpage.action(each, now, as_of=one.ended_at) for each in found.carried(one, request.user)],
        "facts": meetingpage.facts(one, one.invited.select_related("agency").order_by("agency__name")),
        "taken_off": found.taken_off(one, request.user),
        "left_out": meetingpage.left_out(one),
        "confirmed": bool(items) and all(each.lead.is_confirmed for each in items),
    }


def _form(request, center, meeting=None):
    chairs = found.may_chair(center)
    initial = {"chair": request.user.pk, "agencies": list(found.may_be_invited(center))}
    if meeting:
        invited = [each.agency_id for each in meeting.invited.all()]
        initial = {"held_at": meeting.held_at, "where": meeting.where, "chair": meeting.chair_id, "agencies": invited}
    offered = {"center": center, "chairs": chairs, "agencies": found.may_be_invited(center)}
    return MeetingForm(request.POST or None, initial=initial, **offered)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def meeting_new(request):
    center = found.centers(request.user).first()
    if center is None:
        raise Http404
    enforce(policies_meetings.plan, request.user, center)
    form = _form(request, center)
    done = steps.take(request, form, partial(deeds.plan, center=center), "The meeting is planned. All are told.")
    return done or render(request, "leads/meeting_form.html", {"form": form, "meeting": None, "center": center})


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def meeting_change(request, pk):
    one = steps.reach(request, visible(request.user), pk, policies_meetings.change)
    form = _form(request, one.agency, one)
    done = steps.take(request, form, partial(deeds.change, meeting=one), "The meeting is changed. All are told.")
    return done or render(request, "leads/meeting_form.html", {"form": form, "meeting": one, "center": one.agency})


@require_POST
@requires(Permission.LEAD_TRIAGE)
def meeting_open(request, pk):
    one = get_object_or_404(visible(request.user), pk=pk)
    return steps.take(request, None, partial(deeds.open_, meeting=one), "The agenda is built. Present it lead by lead.")


@require_POST
@requires(Permission.LEAD_TRIAGE)
def meeting_cancel(request, pk):
    one = get_object_or_404(visible(request.user), pk=pk)
    return steps.take(request, None, partial(deeds.cancel, meeting=one), "The meeting is canceled. All are told.")


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def meeting_close(request, pk):
    one = steps.reach(request, visible(request.user), pk, policies_meetings.close)
    form = CloseForm(request.POST or None)
    act = partial(deeds.close, meeting=one)
    done = steps.take(request, form, act, "The meeting is closed. Its minutes do not change any more.")
    return done or render(request, "leads/meeting_close.html", {"form": form, "meeting": one})
