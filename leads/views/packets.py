"""Packets: the list, one with its versions, making one, reading what a version says."""

from functools import partial

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import allows, requires
from agencies.roles import Permission
from evidence import listing, vault
from evidence.views import downloads, steps
from leads.actions import packets as actions
from leads.forms.packets import NewVersionForm, PacketForm
from leads.models import Lead, PacketVersion, Referral
from leads.packets.sections import PRESETS
from leads.pages import packet as packetpage
from leads.policies import packets as policies
from leads.policies import releases as releasing
from leads.queries import outdated
from leads.queries import packets as queries
from leads.queries.referrals import is_of_juvenile
from leads.standing.packets import making_agencies

MADE = "Taken down as of now. The pages are being built; you can leave this page."


@require_safe
@requires(Permission.PACKET_VIEW)
def packets(request):
    """The packets of one's agencies, of one purpose or all."""
    now, show = timezone.now(), listing.chosen(request, "show", queries.PURPOSES)
    found = queries.packets(request.user, show=show, cursor=request.GET.get("after"))
    context = {
        "page": listing.page(request, found, "key", partial(packetpage.row, now=now)),
        "views": listing.views(request, "show", packetpage.TABS, show),
        "empty": packetpage.EMPTY,
    }
    return render(request, "leads/packets.html", context)


@require_safe
@requires(Permission.PACKET_VIEW)
def packet(request, pk):
    """One packet with its versions; how far the newest is."""
    found, now = get_object_or_404(queries.whole(request.user), pk=pk), timezone.now()
    versions = queries.versions_of(found)
    context = {
        "found": found, "link": found.lead.link, "since": packetpage.since(*outdated.since(versions[0])),
        "job": packetpage.job(versions[0]),
        "versions": [
            packetpage.version(each, found.agency.zone, now, allows(releasing.retract, request.user, each))
            for each in versions
        ],
        "sees_lead": Lead.objects.visible_to(request.user).filter(pk=found.lead_id).exists(),
        "may_ask": allows(policies.ask, request.user, found),
        "may_release": allows(releasing.release, request.user, versions[0]),
        "may_unmask": allows(releasing.unmask, request.user, found),
        "may_try": allows(policies.try_again, request.user, versions[0]),
    }  # fmt: skip
    return render(request, "leads/packet.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PACKET_MAKE)
def packet_new(request, pk):
    """Choose a purpose and sections, look at the pages, and make the packet."""
    visible = Lead.objects.visible_to(request.user).select_related("desk", "agency", "site")
    lead, purpose = steps.reach(request, visible, pk, policies.make), _purpose(request)
    referral = _referral(request, lead)
    agencies = making_agencies(request.user, lead)
    named = referral is not None and not is_of_juvenile(referral)
    initial = {"sections": PRESETS[purpose], "title": referral.defendant if named else f"Lead {lead.number}"}
    form = PacketForm(request.POST or None, agencies=agencies, initial=initial)
    act = partial(actions.make, lead=lead, purpose=purpose, referral=referral)
    if "show" not in request.POST and (done := steps.take(request, form, act, MADE)):
        return done
    said = form.cleaned_data if form.is_bound and form.is_valid() else initial | {"agency": agencies[0]}
    snapshot = actions.look(lead=lead, purpose=purpose, referral=referral, by=request.user, **said)
    views = listing.views(request, "purpose", packetpage.TABS[1:], purpose)
    context = {"form": form, "lead": lead, "sheet": packetpage.sheet(snapshot), "views": views, "back": lead}
    return render(request, "leads/packet_new.html", context | {"heading": "Make a packet", "make": "Make the packet"})


def _purpose(request):
    return listing.chosen(request, "purpose", PRESETS) or "screening"


def _referral(request, lead):
    """The case it is made for, when the page came from one."""
    asked = request.GET.get("case", "")
    mine = Referral.objects.visible_to(request.user).filter(lead=lead).select_related("lead__agency")
    return get_object_or_404(mine, pk=asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None


@require_http_methods(["GET", "POST"])
@requires(Permission.PACKET_MAKE)
def packet_next(request, pk):
    """Another version: what is on record now, of the same sections or others."""
    found = steps.reach(request, queries.whole(request.user), pk, policies.ask)
    initial = {name: getattr(found, name) for name in actions.WORDS}
    form = NewVersionForm(request.POST or None, initial=initial)
    act = partial(actions.ask, packet=found)
    if "show" not in request.POST and (done := steps.take(request, form, act, MADE, found)):
        return done
    said = form.cleaned_data if form.is_bound and form.is_valid() else initial
    same = {"purpose": found.purpose, "agency": found.agency, "bates_prefix": found.bates_prefix, "packet": found}
    snapshot = actions.look(lead=found.lead, by=request.user, **same, **said)
    context = {"form": form, "lead": found.lead, "sheet": packetpage.sheet(snapshot), "back": found}
    context |= {"heading": f"Another version of {found}", "make": "Make this version", "views": ()}
    return render(request, "leads/packet_new.html", context)


@require_safe
@requires(Permission.PACKET_VIEW)
def packet_version(request, pk):
    """What one version says, read in the browser, on record."""
    found = get_object_or_404(queries.whole_versions(request.user), pk=pk)
    actions.note_read(version=found, by=request.user)
    newest = queries.versions_of(found.packet)[0]
    context = {
        "found": found, "packet": found.packet, "sheet": packetpage.sheet(found.snapshot), "newest": newest,
        "before": queries.before(found), "built": found.state == PacketVersion.State.BUILT,
    }  # fmt: skip
    return render(request, "leads/packet_version.html", context)


@require_safe
@requires(Permission.PACKET_VIEW)
def packet_changes(request, pk):
    """What a version says otherwise than an earlier one, the one before it or that of ?since=."""
    found = get_object_or_404(queries.whole_versions(request.user), pk=pk)
    asked = request.GET.get("since", "")
    since = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
    old = queries.before(found, since)
    actions.note_read(version=found, beside=old, by=request.user)
    told = packetpage.differences(old.snapshot, found.snapshot) if old else []
    earlier = [each for each in queries.versions_of(found.packet) if each.version < found.version]
    context = {"found": found, "packet": found.packet, "old": old, "told": told, "earlier": earlier}
    return render(request, "leads/packet_changes.html", context)


@require_safe
@requires(Permission.PACKET_VIEW)
def packet_pdf(request, pk):
    """The pages as a file, on record."""
    found = get_object_or_404(queries.whole_versions(request.user), pk=pk)
    try:
        opened = actions.hand_out(version=found, by=request.user)
    except vault.Gone as told:
        messages.error(request, str(told))
        return redirect(found.packet)
    name = f"{found.packet.number}-v{found.version}{'' if hasattr(found, 'seal') else '-not-sealed'}.pdf"
    return downloads.attachment(opened, name, "application/pdf")


@require_safe
@requires(Permission.PACKET_VIEW)
def packet_progress(request, pk):
    """How far a version is, for the script that looks now and then."""
    found = PacketVersion.objects.visible_to(request.user).defer(*queries.LIGHT)
    return JsonResponse(packetpage.job(get_object_or_404(found, pk=pk)))


@require_POST
@requires(Permission.PACKET_MAKE)
def packet_again(request, pk):
    """Build again what failed."""
    visible = queries.whole_versions(request.user).defer(*queries.LIGHT)
    found = steps.reach(request, visible, pk, policies.try_again)
    actions.try_again(version=found, by=request.user)
    messages.success(request, "Queued. You can leave this page.")
    return redirect(found.packet)
