"""A lead notice that is written down here: it becomes a file like the laboratory's, and is checked as one."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import requires
from agencies.models import Agency
from agencies.roles import Permission
from evidence import queries_imports, vault
from evidence.actions import imports
from evidence.imports.findings import ImportProblem
from evidence.models import ImportBatch
from evidence.views import serving
from leads import noticefile
from leads.forms.notice import PARTS, NoticeForm

LOOKED_AT = 50


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_IMPORT)
def notice_new(request):
    senders = queries_imports.agencies_to_load_for(request.user, [ImportBatch.Kind.LEADS])
    known = Agency.objects.visible_to(request.user).filter(kind__in=Agency.INVESTIGATORS, is_active=True)
    before = _before(request, senders)
    start = _as_written(before) if before and request.GET.get("again") == str(before.pk) else {}
    form = NoticeForm(request.POST or None, senders=senders, agencies=known.order_by("name"), initial=start)
    if form.is_valid():
        given = form.cleaned_data
        content = noticefile.written(given["number"], given["notice_on"], given["events"])
        file = SimpleUploadedFile(noticefile.name_of(given["number"]), content, content_type="text/csv")
        agency, kind = given["sender"], ImportBatch.Kind.LEADS
        try:
            batch = imports.upload(agency=agency, kind=kind, upload=file, by=request.user)
            imports.start_check(batch=batch, by=request.user)
            return redirect("import", batch.pk)
        except (ImportProblem, vault.Unfit) as problem:
            form.add_error(None, serving.refusal(problem, by=request.user, agency=agency))
    left = before and not start and {"pk": before.pk, "name": before.file.name.removesuffix(noticefile.ENDING)}
    return render(request, "leads/notice_new.html", {"form": form, "left": left})


def _before(request, senders):
    """What this person wrote down last and has not loaded, among the last files of these senders, or None."""
    last = ImportBatch.objects.visible_to(request.user).filter(agency__in=senders, kind=ImportBatch.Kind.LEADS)
    for batch in last.select_related("file").order_by("-id")[:LOOKED_AT]:
        mine = batch.created_by_id == request.user.pk and batch.status == ImportBatch.Status.CHECKED
        if mine and batch.file.name.endswith(noticefile.ENDING):
            return batch
    return None


def _as_written(batch):
    """The fields of a notice as they were filled in; none where its file is there no more."""
    try:
        with vault.opened(batch.file.sha256) as file:
            notice = noticefile.read(file.read())
    except (vault.Gone, ValueError):
        return {}
    start = {"sender": batch.agency_id, "number": notice.number, "notice_on": notice.notice_on}
    for place, line in enumerate(notice.lines, 1):
        start |= {f"{part}_{place}": value for part, value in zip(PARTS, line, strict=True)}
    return start
