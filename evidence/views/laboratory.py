"""What is asked of a laboratory, on its way there and back, and test fires."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries
from evidence.actions import lab_requests, testfires
from evidence.forms import laboratory as forms
from evidence.models import Exhibit, Incident, LabRequest
from evidence.pages import laboratory as pages
from evidence.views import steps

VIEWS = [("", "Open"), ("late", "Late"), ("all", "All, newest first")]
STEPS = (
    ("receive", policies.receive_request, "Receive"),
    ("finish", policies.finish_request, "Record the result"),
    ("send_back", policies.return_request, "Send back"),
    ("decline", policies.decline_request, "Decline"),
    ("cancel", policies.cancel_request, "Cancel the request"),
)


@require_safe
@requires(Permission.INCIDENT_VIEW)
def lab_request_list(request):
    """Requests of one's agencies and to one's laboratories, soonest needed first."""
    now, show = timezone.now(), listing.chosen(request, "show", dict(VIEWS))
    today = timezone.localdate(now)
    found = queries.lab_requests(request.user, show=show, today=today, cursor=request.GET.get("after"))
    counts = queries.lab_request_counts(request.user, today)
    views = listing.views(request, "show", VIEWS, show)
    views[0] |= {"count": listing.capped(counts["open"])}
    views[1] |= {"count": listing.capped(counts["late"]), "late": bool(counts["late"])}
    key = "requested_at" if show == "all" else "needed_on"
    context = {
        "page": listing.page(request, found, key, partial(pages.request, calendars={}, now=now)),
        "views": views,
        "show": show,
        "counts": counts,
    }
    return render(request, "evidence/lab_request_list.html", context)


@require_safe
@requires(Permission.INCIDENT_VIEW)
def lab_request(request, pk):
    found, now = get_object_or_404(queries.whole_lab_requests(request.user), pk=pk), timezone.now()
    exhibits = Exhibit.objects.filter(lab_items__request=found).select_related("firearm", "held_by").order_by("pk")
    context = pages.request_page(found, now) | {
        "request_": found,
        "exhibits": pages.items(exhibits, queries.entries_waiting(found)),
        "enters": access.allows(policies.finish_request, request.user, found),
        "steps_": [(f"lab_request_{name}", label)
                   for name, policy, label in STEPS if access.allows(policy, request.user, found)],
    }  # fmt: skip
    return render(request, "evidence/lab_request.html", context)


def of_exhibit(user, exhibit):
    """What the page of an exhibit says of laboratories: requests, test fires, and what the reader may do."""
    exhibit.incident.agency = exhibit.agency
    requests = list(queries.lab_requests_of(exhibit))
    stays = not exhibit.disposed_at and all(each.status != LabRequest.Status.SENT for each in requests)
    return {
        "requests": [pages.brief(each) for each in requests],
        "fired": list(exhibit.test_fires.order_by("pk")) if exhibit.kind == Exhibit.Kind.FIREARM else [],
        "fired_from": exhibit.fired_from if exhibit.fired_from_id else None,
        "may_send": stays and bool(access.allows(policies.ask_laboratory, user, exhibit.incident)),
        "may_fire": bool(access.allows(policies.fire_gun, user, exhibit)),
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def lab_request_new(request, pk):
    """Send exhibits of a case to a laboratory."""
    visible = Incident.objects.visible_to(request.user).select_related("agency")
    incident = steps.reach(request, visible, pk, policies.ask_laboratory)
    here = incident.exhibits.filter(disposed_at=None)
    exhibits = here.select_related("incident", "agency", "held_by").order_by("pk")
    form = forms.LabRequestForm(
        request.POST or None, incident=incident, exhibits=exhibits, user=request.user,
        initial={"exhibits": [request.GET.get("exhibit")]},
    )  # fmt: skip
    act = partial(lab_requests.send, incident=incident)
    done = steps.take(request, form, act, lambda made: f"{made} is on its way to {made.laboratory}.")
    context = {"form": form, "incident": incident, "any": exhibits.exists()}
    return done or render(request, "evidence/lab_request_new.html", context)


def _step(request, pk, policy, form, act, heading, told):
    """One step of a request, as a page with one form."""
    found = steps.reach(request, queries.whole_lab_requests(request.user), pk, policy)
    form = form(request.POST or None, request=found, user=request.user)
    done = steps.take(request, form, partial(act, request=found), told, found)
    context = {"form": form, "request_": found, "heading": heading}
    return done or render(request, "evidence/lab_request_step.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACQUISITION_RECORD)
def lab_request_receive(request, pk):
    told = "Received. The NIBIN clock runs for what is to be entered."
    return _step(request, pk, policies.receive_request, forms.ReceiveForm, lab_requests.receive, "Receive", told)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACQUISITION_RECORD)
def lab_request_finish(request, pk):
    told = "The result is on record. The exhibits wait to go back."
    heading = "Record the result"
    return _step(request, pk, policies.finish_request, forms.FinishForm, lab_requests.finish, heading, told)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACQUISITION_RECORD)
def lab_request_send_back(request, pk):
    told = "The exhibits are on their way back, and their agency is told."
    return _step(request, pk, policies.return_request, forms.SendBackForm, lab_requests.send_back, "Send back", told)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACQUISITION_RECORD)
def lab_request_decline(request, pk):
    told = "Declined. The agency is told why."
    return _step(request, pk, policies.decline_request, forms.DeclineForm, lab_requests.decline, "Decline", told)


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def lab_request_cancel(request, pk):
    told = "Cancelled. Hand the exhibits over again from where they are."
    return _step(
        request, pk, policies.cancel_request, forms.CancelForm, lab_requests.cancel, "Cancel the request", told
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.ACQUISITION_RECORD)
def test_fire_new(request, pk):
    """A gun was test-fired: its cartridge cases become an exhibit."""
    visible = Exhibit.objects.visible_to(request.user).select_related("incident", "agency", "held_by", "firearm")
    gun = steps.reach(request, visible, pk, policies.fire_gun)
    form = forms.FireForm(request.POST or None, exhibit=gun, user=request.user)
    act = partial(testfires.record, exhibit=gun)
    done = steps.take(request, form, act, lambda made: f"Exhibit {made} is the test fire of exhibit {gun}.")
    return done or render(request, "evidence/test_fire_new.html", {"form": form, "exhibit": gun})
