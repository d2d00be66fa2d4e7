"""Bulletins: the lists, one of them, and its steps."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import allows, enforce, requires
from agencies.roles import Permission
from evidence import listing
from evidence.views import steps
from leads.actions import bulletins as actions
from leads.forms.bulletins import BulletinForm, ReasonForm, RetractForm
from leads.models import BulletinRecipient, Lead
from leads.pages import bulletin as bulletinpage
from leads.policies import bulletins as policies
from leads.queries import bulletins as queries
from leads.queries import clusters as queries_clusters
from leads.views import drafts, oneform

STEPS = (
    ("bulletin_approve", policies.approve, "Approve and send"),
    ("bulletin_submit", policies.submit, "Hand in for approval"),
    ("bulletin_return", policies.return_, "Return"),
    ("bulletin_edit", policies.change, "Change"),
    ("bulletin_newer", policies.supersede, "Write a newer version"),
    ("bulletin_retract", policies.retract, "Retract"),
)


@require_safe
@requires(Permission.BULLETIN_VIEW, Permission.BULLETIN_DRAFT)
def bulletins(request):
    """What one's agencies have to acknowledge, got, wrote, and wait for."""
    now, tabs = timezone.now(), queries.tabs_of(request.user)
    show = listing.chosen(request, "show", tabs)
    found = queries.bulletins(request.user, show=show, now=now, cursor=request.GET.get("after"))
    context = {
        "page": listing.page(request, found, "key", partial(bulletinpage.row, now=now)),
        "views": listing.views(request, "show", [(name, bulletinpage.TABS[name]) for name in bulletinpage.TABS
                                                 if name in tabs], show),
        "show": show, "empty": bulletinpage.EMPTY[show],
    }  # fmt: skip
    return render(request, "leads/bulletins.html", context)


@require_safe
@requires(Permission.BULLETIN_VIEW, Permission.BULLETIN_DRAFT)
def bulletin(request, pk):
    """One bulletin. Another agency's people open it on record."""
    found, now = get_object_or_404(queries.whole(request.user), pk=pk), timezone.now()
    writes, parts = queries.writes(request.user, found), queries.own_parts(found, request.user)
    if parts and not writes:
        actions.note_read(bulletin=found, agency=parts[0].agency, by=request.user)
    newer = queries.newer(found)
    body = queries.put_together(found)[0] if found.status == found.Status.DRAFT else found.body
    context = bulletinpage.content(found, body, now) | {
        "found": found, "writes": writes, "facts": bulletinpage.facts(found, now) if writes else (),
        "recipients": [bulletinpage.recipient(row, now) for row in queries.recipients(found)] if writes else (),
        "newer": newer if newer and (writes or newer.sent_at) else None,
        "warning": bulletinpage.warning(found, newer if newer and newer.sent_at else None),
        "owed": [row for row in parts if row.due_at], "many": bulletinpage.legend(body),
        "badge": bulletinpage.badge(found),
        "sees_lead": Lead.objects.visible_to(request.user).filter(pk=found.lead_id).exists(),
        "steps_": [(name, label) for name, policy, label in STEPS if allows(policy, request.user, found)],
    }  # fmt: skip
    return render(request, "leads/bulletin.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.BULLETIN_DRAFT)
def bulletin_new(request, pk):
    """Draft a bulletin of a lead."""
    lead = steps.reach(request, Lead.objects.visible_to(request.user).select_related("desk"), pk, policies.draft)
    form = _form(request, lead, queries.drafting_agencies(request.user, lead))
    done = steps.take(request, form, partial(actions.draft, lead=lead), "Drafted. Read it through and hand it in.")
    return done or _page(request, "Draft a bulletin", form, lead, lead)


def _form(request, lead, agencies, initial=None, fixed=False):
    agency = initial["agency"] if initial else agencies[0]
    clustered = queries_clusters.cluster_of(lead) is not None
    return BulletinForm(
        request.POST or None, agencies=agencies, choices=queries.choices(agency), clustered=clustered, fixed=fixed,
        initial=initial or {"sections": ["summary", "line", "events", "asks"], "purpose": "information"},
    )  # fmt: skip


def _page(request, heading, form, lead, below, seen=""):
    """`below`: the lead or the bulletin that the page hangs below, and leads back to."""
    back = {"back": below.get_absolute_url(), "below": below.number}
    context = {"form": form, "writes": isinstance(form, BulletinForm), "lead": lead, "heading": heading, "seen": seen}
    return render(request, "leads/bulletin_step.html", context | back)


def _written(request, found, act, heading, take=steps.take, seen=""):
    """The form with what a bulletin says by now, for a change of it or for a newer version."""
    initial = {name: getattr(found, name) for name in actions.WORDS}
    initial |= {"agency": found.agency, "to": [each.agency_id for each in queries.recipients(found)]}
    form = _form(request, found.lead, queries.drafting_agencies(request.user, found.lead), initial, fixed=True)
    done = take(request, form, act, "Saved. Read it through and hand it in.")
    return done or _page(request, heading, form, found.lead, found, seen)


@require_http_methods(["GET", "POST"])
@requires(Permission.BULLETIN_DRAFT)
def bulletin_edit(request, pk):
    found = steps.reach(request, queries.whole(request.user), pk, policies.change)
    act = partial(actions.change, bulletin=found)
    return _written(request, found, act, f"Change {found}", drafts.take, found.version)


@require_http_methods(["GET", "POST"])
@requires(Permission.BULLETIN_DRAFT)
def bulletin_newer(request, pk):
    found = steps.reach(request, queries.whole(request.user), pk, policies.supersede)
    enforce(policies.draft, request.user, found.lead, found.agency)
    act = partial(actions.draft, lead=found.lead, agency=found.agency, supersedes=found)
    return _written(request, found, act, f"A newer version of {found}")


def _step(request, pk, policy, act, heading, told, form=None):
    """One step of a bulletin, as a page with a button or one field."""

    def draw(found, asked):
        return _page(request, f"{heading} {found}", asked, found.lead, found)

    make = form and (lambda _found: form(request.POST or None))
    return oneform.step(request, queries.whole(request.user), pk, policy, make, act, told, noun="bulletin", draw=draw)


@require_http_methods(["GET", "POST"])
@requires(Permission.BULLETIN_DRAFT)
def bulletin_submit(request, pk):
    told = "Handed in. A second person approves it."
    return _step(request, pk, policies.submit, actions.submit, "Hand in", told)


@require_http_methods(["GET", "POST"])
@requires(Permission.BULLETIN_APPROVE)
def bulletin_approve(request, pk):
    told = "Approved and sent. Every agency on its list is told."
    found = steps.reach(request, queries.whole(request.user), pk, policies.approve)
    act = partial(actions.approve, bulletin=found, seen=request.POST.get("seen", ""))
    # What was read is the page that led here: this one may be younger.
    seen = request.GET.get("seen") or found.submitted_at.isoformat()
    done = steps.take(request, None, act, told, found)
    return done or _page(request, f"Approve and send {found}", None, found.lead, found, seen)


@require_http_methods(["GET", "POST"])
@requires(Permission.BULLETIN_APPROVE, Permission.BULLETIN_DRAFT)
def bulletin_return(request, pk):
    return _step(request, pk, policies.return_, actions.send_back, "Return", "Returned, with your words.", ReasonForm)


@require_http_methods(["GET", "POST"])
@requires(Permission.BULLETIN_APPROVE)
def bulletin_retract(request, pk):
    told = "Retracted. Every recipient is told, and acknowledges that."
    return _step(request, pk, policies.retract, actions.retract, "Retract", told, RetractForm)


@require_http_methods(["POST"])
@requires(Permission.BULLETIN_VIEW)
def bulletin_acknowledge(request, pk):
    """The number is that of a recipient: one's agency on the list of a bulletin."""
    visible = BulletinRecipient.objects.visible_to(request.user).select_related("bulletin", "agency")
    row = steps.reach(request, visible, pk, policies.acknowledge)
    actions.acknowledge(recipient=row, by=request.user, seen=request.POST.get("seen", ""))
    messages.success(request, f"{row.bulletin}: acknowledged for {row.agency}.")
    return redirect(row.bulletin)
