"""Packets released: to whom, what became of them, and the copy of each recipient."""

from functools import partial

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import allows, enforce, requires
from agencies.roles import Permission
from evidence import listing, vault
from evidence.views import serving, steps
from leads.actions import releases as actions
from leads.actions import seals
from leads.forms.releases import ReasonForm, ReleaseForm, UnmaskForm
from leads.models import Duty, Packet
from leads.packets import bag, carried
from leads.packets import wording as pure
from leads.pages import release as releasepage
from leads.policies import releases as policies
from leads.queries import outdated
from leads.queries import releases as queries

STEPS = ("receive", "heed", "revoke", "again")
RELEASED = "Released. The copy is being prepared; who gets it is told when it is there."


@require_safe
@requires(Permission.PACKET_VIEW)
def packets_released(request):
    """What was released to oneself, and by one's agencies."""
    now, tabs = timezone.now(), queries.tabs_of(request.user)
    show = listing.chosen(request, "show", tabs)
    found = queries.releases(request.user, show=show, cursor=request.GET.get("after"))
    context = {
        "page": listing.page(request, found, "key", partial(releasepage.row, now=now)),
        "views": listing.views(request, "show", [(name, releasepage.TABS[name]) for name in tabs], show),
        "show": show, "empty": releasepage.EMPTY[show], "ours": show in ("ours", "waiting"),
    }  # fmt: skip
    return render(request, "leads/releases.html", context)


@require_safe
@requires(Permission.PACKET_VIEW)
def packet_release(request, pk):
    """One release: for who has it the copy, for who made it what was done with it."""
    found, now = get_object_or_404(queries.whole(request.user), pk=pk), timezone.now()
    newer, zone = queries.newer(found.version), found.office.zone
    gives, (_why, outgrown) = found.to_id != request.user.pk, outdated.since(found.version)
    context = {
        "found": found, "gives": gives, "version": found.version, "packet": found.version.packet,
        "duty": Duty(found.duty).label, "warning": releasepage.warning(found, newer, outgrown, now),
        "facts": releasepage.facts(found, now),
        "given": releasepage.given(found, newer, now), "link": found.version.snapshot["lead"]["link"],
        "openings": [releasepage.opening(each, zone, now) for each in queries.openings_of(found)] if gives else (),
        "why_not": policies.open_(request.user, found, now) or "",
        **{name: allows(getattr(policies, name), request.user, found) for name in STEPS},
    }  # fmt: skip
    return render(request, "leads/release.html", context)


def _reached(request, pk, policy):
    return steps.reach(request, queries.whole(request.user), pk, policy)


def _page(request, heading, form, back, **more):
    context = {"heading": heading, "form": form, "back": back, "places": (), "given": (), "seal": None} | more
    return render(request, "leads/release_step.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PACKET_RELEASE)
def packet_give(request, pk):
    """Release a version to one person; who has it already stands beside."""
    found, now = steps.reach(request, queries.versions(request.user), pk, policies.release), timezone.now()
    packet, newer = found.packet, queries.newer(found)
    letter, caveat = (queries.wording(packet.agency, kind) for kind in ("letter", "caveat"))
    those = queries.releases_of(found)
    form = ReleaseForm(
        request.POST or None, recipients=queries.recipients(packet.agency),
        files=queries.files_of(packet, request.user), had={each.to_id for each in those if not each.revoked_at},
        initial={"duty": "none", "letter": "\n\n".join(filter(None, [letter, caveat]))},
    )  # fmt: skip
    if done := steps.take(request, form, partial(actions.release, version=found), RELEASED, packet):
        return done
    given = [releasepage.given(each, newer, now) for each in those]
    more = {"given": given, "places": pure.PLACES, "seal": getattr(found, "seal", None)}
    return _page(request, f"Release version {found.version}", form, packet, **more)


@require_http_methods(["GET", "POST"])
@requires(Permission.PACKET_RELEASE)
def packet_retract(request, pk):
    """Say of a version that it is not to be relied on."""
    found = steps.reach(request, queries.versions(request.user), pk, policies.retract)
    form, told = ReasonForm(request.POST or None), "Retracted. Everybody who has it is told, and acknowledges that."
    done = steps.take(request, form, partial(actions.retract, version=found), told, found.packet)
    return done or _page(request, f"Retract version {found.version}", form, found.packet)


@require_http_methods(["GET", "POST"])
@requires(Permission.PACKET_RELEASE)
def packet_revoke(request, pk):
    found = _reached(request, pk, policies.revoke)
    form = ReasonForm(request.POST or None)
    done = steps.take(request, form, partial(actions.revoke, release=found), "Revoked. The link is dead.", found)
    return done or _page(request, f"Revoke the copy of {found.to.name}", form, found)


@require_http_methods(["GET", "POST"])
@requires(Permission.PERSON_UNMASK)
def packet_unmask(request, pk):
    """Have the next version of a packet say a name that is masked."""
    found = steps.reach(request, Packet.objects.visible_to(request.user), pk, policies.unmask)
    form = UnmaskForm(request.POST or None, people=queries.maskable(found, request.user))
    told = "Unmasked from the next version on. It is on record with your name and reason."
    done = steps.take(request, form, partial(actions.unmask, packet=found), told, found)
    return done or _page(request, "Unmask a name", form, found)


def _once(request, pk, policy, act, told):
    found = _reached(request, pk, policy)
    act(release=found, by=request.user)
    messages.success(request, told)
    return redirect(found)


@require_POST
@requires(Permission.PACKET_VIEW)
def packet_receive(request, pk):
    return _once(request, pk, policies.receive, actions.receive, "Receipt confirmed. The register says so.")


@require_POST
@requires(Permission.PACKET_VIEW)
def packet_heed(request, pk):
    return _once(request, pk, policies.heed, actions.heed, "Acknowledged. Do not rely on your copy.")


@require_POST
@requires(Permission.PACKET_RELEASE)
def packet_prepare(request, pk):
    return _once(request, pk, policies.again, seals.again, "Queued. You can leave this page.")


def _theirs(request, pk):
    """The release, for who may open its copy now."""
    found = get_object_or_404(queries.whole(request.user), pk=pk)
    enforce(policies.open_, request.user, found, timezone.now())
    return found


@require_safe
@requires(Permission.PACKET_VIEW)
def packet_copy(request, pk):
    """The copy in the browser, or with `?save=1` as a file; each time on record."""
    how = "pdf" if request.GET.get("save") else "read"
    found = _theirs(request, pk)
    try:
        opened = actions.hand_out(release=found, how=how, by=request.user)
    except vault.Gone as told:
        messages.error(request, str(told))
        return redirect("packet_release", pk)
    name = f"{found.version.packet.number}-v{found.version.version}-copy-{found.pk}.pdf"
    return serving.paper(opened, name, inline=how == "read")


@require_safe
@requires(Permission.PACKET_VIEW)
def packet_bag(request, pk):
    """The bag of a recipient, put together as it is read."""
    found = _theirs(request, pk)
    try:
        name, pieces = carried.packed(found)
        actions.hand_out(release=found, how="bag", by=request.user).close()
    except (vault.Gone, bag.TooLarge) as told:
        messages.error(request, str(told))
        return redirect("packet_release", pk)
    return serving.streamed(StreamingHttpResponse(pieces, content_type="application/zip"), name)
