"""Photos and files of incidents and exhibits: looked at, added, handed out, withdrawn."""

from functools import partial

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access
from agencies.access import requires
from agencies.middleware import wants_json
from agencies.roles import Permission
from evidence import policies, queries, vault
from evidence.actions import attachments, files
from evidence.forms.attachments import MOST_AT_ONCE, AttachmentForm, IntakePhotoForm, WithdrawForm
from evidence.models import Exhibit, Incident
from evidence.pages import attachments as pages
from evidence.views import serving

GALLERY = 48
VIEW, EDIT = Permission.INCIDENT_VIEW, Permission.INCIDENT_EDIT


def strip(request, incident, exhibit=None):
    """What a record's own page shows of its photos and files; that it was looked at is put on record."""
    found = queries.attachments(request.user, incident=incident, exhibit=exhibit)
    return _gallery(request, incident, exhibit, found, queries.STRIP)


def _gallery(request, incident, exhibit, found, most):
    now, shown = timezone.now(), found[:most]
    zone = (exhibit or incident).agency.zone
    tiles = [pages.tile(each, request.user, zone, now) for each in shown]
    if looked := [made for made, tile in zip(shown, tiles, strict=True) if tile["thumbnail"] or tile["waits"]]:
        files.look(records=looked, by=request.user)
    kind, record = ("exhibit", exhibit) if exhibit else ("incident", incident)
    return {
        "photos": [tile for tile in tiles if tile["is_photo"]],
        "papers": [tile for tile in tiles if not tile["is_photo"]],
        "more": shown[-1].pk if len(found) > most else None,
        "attach": access.allows(policies.attach_file, request.user, incident, exhibit),
        "new_url": reverse(f"{kind}_file_new", args=[record.pk]),
        "all_url": reverse(f"{kind}_files", args=[record.pk]),
    }


def _incident(request, pk):
    return get_object_or_404(Incident.objects.visible_to(request.user).select_related("agency"), pk=pk), None


def _exhibit(request, pk):
    found = Exhibit.objects.visible_to(request.user).select_related("incident__agency", "agency")
    exhibit = get_object_or_404(found, pk=pk)
    return exhibit.incident, exhibit


@require_safe
@requires(VIEW)
def incident_files(request, pk):
    return _files(request, *_incident(request, pk))


@require_safe
@requires(VIEW)
def exhibit_files(request, pk):
    return _files(request, *_exhibit(request, pk))


def _files(request, incident, exhibit):
    """All photos and files of a record, page by page."""
    before = request.GET.get("before", "")
    before = int(before) if before.isdecimal() and len(before) < 18 else None
    found = queries.attachments(request.user, incident=incident, exhibit=exhibit, before=before, limit=GALLERY)
    context = {"incident": incident, "exhibit": exhibit, "files": _gallery(request, incident, exhibit, found, GALLERY)}
    context["newer"] = context["files"]["all_url"] if before else ""
    more = context["files"]["more"]
    context["older"] = f"{context['files']['all_url']}?before={more}" if more else ""
    return render(request, "evidence/files.html", context)


@require_http_methods(["GET", "POST"])
@requires(EDIT)
def incident_file_new(request, pk):
    return _add(request, *_incident(request, pk))


@require_http_methods(["GET", "POST"])
@requires(EDIT)
def exhibit_file_new(request, pk):
    return _add(request, *_exhibit(request, pk))


def _add(request, incident, exhibit):
    access.enforce(policies.attach_file, request.user, incident, exhibit)
    form = AttachmentForm(request.POST or None, request.FILES or None, zone=incident.agency.zone)
    made, problems = [], []
    for facts in form.each() if form.is_valid() else []:
        act = partial(attachments.add, incident=incident, exhibit=exhibit, **facts)
        one, problem = serving.taken(act, by=request.user, agency=incident.agency)
        made += [one] if one else []
        problems += [f"{facts['upload'].name}: {problem}"] if problem else []
    if request.method == "POST" and wants_json(request):
        return serving.answer(made[0] if made else None, " ".join(problems) or _why(form))
    for problem in problems:
        form.add_error("uploads", problem)
    if made:
        messages.success(request, "1 file is added." if len(made) == 1 else f"{len(made)} files are added.")
        if not problems:
            return redirect(exhibit or incident)
    return render(request, "evidence/file_new.html", {"form": form, "incident": incident, "exhibit": exhibit})


def bring(request, incident, uploads, exhibit=None):
    """Hang photos that came with the form of a new record on it; what is not taken is told and does not stop it."""
    for upload in uploads[:MOST_AT_ONCE]:
        act = partial(attachments.add, incident=incident, exhibit=exhibit, upload=upload)
        _made, problem = serving.taken(act, by=request.user, agency=incident.agency)
        if problem:
            messages.error(request, f"{upload.name}: {problem}")


def _why(form):
    return " ".join(error for errors in form.errors.values() for error in errors)


@require_POST
@requires(EDIT)
def intake_photo(request):
    """A photo taken into a form, sent after it: to the incident that the form became, by the form's own key."""
    form = IntakePhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"detail": _why(form)}, status=400)
    incident = queries.sent_before(request.user, form.cleaned_data["form"])
    incident = incident and Incident.objects.visible_to(request.user).filter(pk=incident.pk).first()
    if incident is None:
        return JsonResponse({"detail": "The form of this photo has not come in yet."}, status=404)
    exhibit = incident.exhibits.filter(number=form.cleaned_data["exhibit"]).first()
    upload, key = form.cleaned_data["uploads"][0], form.cleaned_data["key"]
    act = partial(attachments.add, incident=incident, exhibit=exhibit, upload=upload, key=key)
    return serving.answer(*serving.taken(act, by=request.user, agency=incident.agency))


@require_safe
@requires(VIEW)
def attachment(request, pk):
    found = get_object_or_404(queries.whole_attachments(request.user), pk=pk)
    now, user = timezone.now(), request.user
    original = access.allows(policies.take_original, user, found)
    context = {
        "made": found,
        "no_preview": pages.no_preview(found),
        "withdrawn_by": str(found.withdrawn_by),
        "tile": pages.tile(found, user, found.incident.agency.zone, now),
        "photo": pages.file_url(found, "shown"),
        "download": pages.file_url(found, "file"),
        "original_url": pages.file_url(found, "original"),
        "facts": pages.facts(found, now, whole=bool(original)),
        "original": original,
        "withdraw": access.allows(policies.withdraw_file, user, found),
    }
    return render(request, "evidence/attachment.html", context)


@require_safe
@requires(VIEW)
def attachment_file(request, pk):
    """The bytes: in a page, or as a download; the original for who may edit."""
    found, user = get_object_or_404(queries.whole_attachments(request.user), pk=pk), request.user
    how = request.GET.get("as")
    if how in serving.SHOWN:
        small = how == "thumbnail"
        recorded = small and pages.was_seen(user, found, request.GET.get("seen", ""))
        return serving.shown(found.file, found, user, small=small, recorded=recorded)
    if original := how == "original":
        access.enforce(policies.take_original, user, found)
    try:
        return serving.download(found.file, found, user, original=original)
    except vault.Gone as told:
        messages.error(request, str(told))
        return redirect(found)


@require_http_methods(["GET", "POST"])
@requires(EDIT)
def attachment_withdraw(request, pk):
    found = get_object_or_404(queries.whole_attachments(request.user), pk=pk)
    access.enforce(policies.withdraw_file, request.user, found)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        attachments.withdraw(attachment=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The file is withdrawn: it stays on record and is no longer shown.")
        return redirect(found.exhibit or found.incident)
    return render(request, "evidence/attachment_withdraw.html", {"form": form, "made": found})
