"""For anybody with a file: whether it is a packet as it was sealed. And the wording of an agency."""

import threading
from functools import partial

from asn1crypto import pem
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies import addresses, limits
from agencies.access import agencies_with, public, requires
from agencies.models import Agency
from agencies.roles import Permission
from agencies.views import errors
from evidence import listing
from evidence.views import steps
from leads.actions import wordings
from leads.forms.releases import LARGEST, VerifyForm, WordingForm
from leads.models import Wording
from leads.packets import certificates, checking
from leads.packets import wording as pure
from leads.pages import release as releasepage
from leads.queries import releases as queries

LONGEST_BODY = LARGEST + 64 * 1024
# Files that a process takes and looks at at once: the rest of its threads answer everybody else.
PLACES = threading.BoundedSemaphore(2)
TOO_OFTEN = "Too many files were sent from your network. Wait a minute and send it again."
TOO_LARGE = f"This has more than {LARGEST // 2**20} MB. Check it with manage.py verify_packet, or ask the center to."
BUSY = "Other files are being checked. Wait some seconds and send yours again."


@public
@require_http_methods(["GET", "POST"])
def packet_verify(request):
    """Nothing that is sent here is kept, and nothing of what a packet tells is said."""
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    verdict = _verdict(form.cleaned_data["file"]) if form.is_valid() else None
    return render(request, "leads/packet_verify.html", {"form": form, "verdict": verdict})


def _door(request, length, get_response):
    """Whether a file is taken at all, asked before any of it is: its size, how many came from there, how many there are
    at once.
    """
    if length > LONGEST_BODY:
        return _not_taken(request, 413, TOO_LARGE)
    who = limits.network(addresses.of(request))
    if not limits.take("packet_verify", who, most=settings.PACKET_CHECKS_PER_MINUTE):
        return _not_taken(request, 429, TOO_OFTEN, limits.rest())
    if not PLACES.acquire(blocking=False):
        return _not_taken(request, 503, BUSY, 5)
    try:
        return get_response(request)
    finally:
        PLACES.release()


packet_verify.door = _door


def _not_taken(request, status, why, seconds=0):
    response = errors.answer(request, status, "leads/packet_not_taken.html", why=why)
    if seconds:
        response["Retry-After"] = str(seconds)
    return response


def _verdict(file):
    try:
        found = checking.check(file, certificates.roots())
    except certificates.Unsealed as told:
        return "soon", "warn", "Files cannot be checked now", [str(told)]
    version = queries.known(found.sha256) if found.is_authentic else None
    return releasepage.verdict(found, version, bool(version and queries.newer(version)))


@public
@require_safe
def packet_certificate(request):
    """The certificates that seals are known by, for checking without the portal."""
    try:
        roots = certificates.roots()
    except certificates.Unsealed as told:
        return HttpResponse(str(told), status=404, content_type="text/plain; charset=utf-8")
    content = b"".join(pem.armor("CERTIFICATE", each.dump()) for each in roots)
    return HttpResponse(content, content_type="application/x-pem-file", headers={
        "Content-Disposition": 'attachment; filename="packet-certificate.pem"', "X-Content-Type-Options": "nosniff",
    })  # fmt: skip


@require_safe
@requires(Permission.PACKET_RELEASE)
def wordings_list(request):
    """The texts of one's agencies, as they look with samples in their places."""
    agencies = Agency.objects.filter(pk__in=agencies_with(request.user, Permission.PACKET_RELEASE)).order_by("name")
    rows = [
        {"agency": agency, "kind": kind, "label": kind.label, "text": pure.filled(text, pure.SAMPLE) if text else ""}
        for agency in agencies
        for kind in Wording.Kind
        for text in [queries.wording(agency, kind)]
    ]
    return render(request, "leads/wordings.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires(Permission.PACKET_RELEASE)
def wording_write(request, pk):
    """Write a text of an agency (its number), looking at it with samples before it is in force."""
    mine = Agency.objects.filter(pk__in=agencies_with(request.user, Permission.PACKET_RELEASE))
    agency = get_object_or_404(mine, pk=pk)
    kind = listing.chosen(request, "kind", Wording.Kind.values) or Wording.Kind.LETTER
    form = WordingForm(request.POST or None, initial={"kind": kind, "text": queries.wording(agency, kind)})
    shown = "show" in request.POST
    act = partial(wordings.write, agency=agency)
    if not shown and (done := steps.take(request, form, act, "In force from now on.", reverse("wordings"))):
        return done
    sample = pure.filled(form.cleaned_data["text"], pure.SAMPLE) if shown and form.is_valid() else ""
    context = {
        "form": form,
        "agency": agency,
        "label": Wording.Kind(kind).label,
        "places": pure.PLACES,
        "sample": sample,
    }
    return render(request, "leads/wording.html", context)
