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
from leads.forms.notice import NoticeForm


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_IMPORT)
def notice_new(request):
    senders = queries_imports.agencies_to_load_for(request.user, [ImportBatch.Kind.LEADS])
    known = Agency.objects.visible_to(request.user).filter(kind__in=Agency.INVESTIGATORS, is_active=True)
    form = NoticeForm(request.POST or None, senders=senders, agencies=known.order_by("name"))
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
    return render(request, "leads/notice_new.html", {"form": form})
