from functools import wraps
from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import allows, has_permission, requires, working_as
from agencies.roles import Permission
from evidence import keys, loading, policies, vault
from evidence import queries_imports as queries
from evidence.actions import files, imports, undoings
from evidence.forms.imports import ColumnsForm, UploadForm
from evidence.forms.imports_mapping import MappingForm
from evidence.imports.findings import ImportProblem
from evidence.loading import undo as undoing
from evidence.models import ImportBatch
from evidence.pages import imports as pages
from evidence.views import serving
from evidence.views.downloads import attachment, workbook

FINDINGS_SHOWN = 20
WRITTEN_SHOWN = 20
SAMPLES = settings.BASE_DIR / "docs" / "samples"
# Rows in which words are looked for that a person may explain.
SAMPLE = 500
# Who loads anything at all; whose files of which kind one sees is for visible_to.
TAKERS = (Permission.LEAD_EXPORT, Permission.AGENCY_MANAGE)
LOADERS = (Permission.IMPORT, Permission.LEAD_IMPORT, Permission.ACQUISITION_RECORD, Permission.AGENCY_MANAGE)


def _batch(request, pk):
    found = ImportBatch.objects.visible_to(request.user).select_related("agency__parent", "file", "created_by")
    return get_object_or_404(found, pk=pk)


def _told(view):
    """Say what is wrong with a file that was read well before, such as one that is gone, in the list of files."""

    @wraps(view)
    def inner(request, pk):
        try:
            return view(request, pk)
        except (ImportProblem, vault.Gone) as problem:
            messages.error(request, str(problem))
            return redirect("imports")

    return inner


@require_safe
@requires(*LOADERS)
def index(request):
    before = request.GET.get("before", "")
    rows, older = queries.batches(request.user, int(before) if before.isdecimal() and len(before) < 18 else None)
    address = f"{reverse('imports')}?before={older}" if older else ""
    may_take = any(has_permission(request.user, each) for each in TAKERS)
    context = {"rows": rows, "older": address, "newer": before and reverse("imports"), "may_take": may_take}
    return render(request, "evidence/imports.html", context)


@require_http_methods(["GET", "POST"])
@requires(*LOADERS)
def new(request):
    own, kind = working_as(request.user), request.GET.get("kind")
    kinds = queries.kinds_to_load(request.user, loading.kinds())
    # Who came by the button of one kind chooses among what that kind goes into.
    kinds = [each for each in kinds if each == kind] or kinds
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        initial={"agency": own.agency_id if own else None},
        user=request.user,
        agencies=queries.agencies_to_load_for(request.user, kinds),
        kinds=kinds,
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            batch = imports.upload(agency=data["agency"], kind=data["kind"], upload=data["file"], by=request.user)
            if pages.has_columns(batch):
                return redirect("import_columns", batch.pk)
            imports.start_check(batch=batch, by=request.user)
            return redirect("import", batch.pk)
        except (ImportProblem, vault.Unfit) as problem:
            form.add_error("file", serving.refusal(problem, by=request.user, agency=data["agency"]))
    return render(request, "evidence/import_new.html", {"form": form, "samples": pages.samples(kinds)})


@require_safe
@requires(*LOADERS)
def sample(request, kind):
    if kind not in ImportBatch.Kind:
        raise Http404
    return attachment(SAMPLES.joinpath(f"{kind}.csv").open("rb"), f"sample-{kind}.csv")


@require_http_methods(["GET", "POST"])
@requires(*LOADERS)
@_told
def columns(request, pk):
    batch = _batch(request, pk)
    if not pages.has_columns(batch):
        return redirect("import", pk)
    form, taken = _column_forms(request, batch)
    if taken.is_bound:
        if taken.is_valid() and _chosen(request, batch, taken):
            messages.success(request, "The mapping is taken. Look it over, then check the rows.")
            return redirect("import_columns", pk)
    elif form.is_valid() and _chosen(request, batch, form, save_as=form.cleaned_data["name"]):
        imports.start_check(batch=batch, by=request.user)
        return redirect("import", pk)
    return render(
        request,
        "evidence/import_columns.html",
        _frame(batch) | {"form": form, "taken": taken, "steps": pages.steps(batch, 1)},
    )


def _column_forms(request, batch):
    """What was chosen on the page, and a mapping from a file in its place: that form is bound when there is one."""
    header, sample = loading.header(batch, rows=SAMPLE)
    saved = queries.saved_name(batch, header)
    shown = {"header": header, "sample": sample, "stored": batch.mapping, "unread": queries.unread_words(batch)}
    shown |= {"rule": keys.rule(batch.agency_id), "saved": saved}
    form = ColumnsForm(request.POST or None, initial={"name": saved or queries.first_name(batch)}, **shown)
    brings = "take" in request.POST or request.FILES
    return form, MappingForm(request.POST, request.FILES) if brings else MappingForm()


def _chosen(request, batch, form, **options):
    """Whether the mapping of a form is set now; the form says why not."""
    try:
        imports.choose_columns(batch=batch, columns=form.cleaned_data["mapping"], by=request.user, **options)
    except ImportProblem as problem:
        form.add_error(None, str(problem))
        return False
    return True


def _frame(batch):
    shown = {"steps": pages.steps(batch), "size": pages.size(batch.file.size), "beyond": queries.beyond(batch)}
    shown |= {"correctable": pages.correctable(batch), "unit": pages.unit(batch)}
    shown |= {"nothing": pages.nothing_loads(batch), "compare": pages.to_compare(batch)}
    shown["counts"] = {"errors": 0, "review": 0, "held": 0, "findings": 0} | batch.counts
    return {"batch": batch, **shown}


@require_safe
@requires(*LOADERS)
def show(request, pk):
    batch = _batch(request, pk)
    if batch.status == ImportBatch.Status.UPLOADED and pages.has_columns(batch):
        return redirect("import_columns", pk)
    level = pages.asked_last(batch)
    rows, _more = queries.findings(batch, level, limit=FINDINGS_SHOWN)
    said = pages.beside(batch, *queries.rows_together(batch))
    context = _frame(batch) | {
        "job": pages.job(batch, timezone.now()),
        "kpis": pages.kpis(batch) if batch.counts else [],
        "findings": rows,
        "chips": queries.level_chips(batch, level, reverse("import_findings", args=[pk])),
        "columns": queries.columns(batch),
        "file_facts": pages.file_facts(batch),
        "loadable": pages.loadable(batch),
        "outcome": pages.outcome(batch, said),
        "said": said,
        "may_load": allows(policies.move_import, request.user, batch, ImportBatch.Status.LOADING),
        "may_undo": allows(policies.move_import, request.user, batch, ImportBatch.Status.UNDOING),
        "written": [],
    }
    if batch.status == ImportBatch.Status.LOADED:
        written = loading.handler(batch.kind).written(batch, request.user)[: WRITTEN_SHOWN + 1]
        context |= {"written": written[:WRITTEN_SHOWN], "written_beyond": len(written) > WRITTEN_SHOWN}
    return render(request, "evidence/import.html", context)


@require_safe
@requires(*LOADERS)
def progress(request, pk):
    return JsonResponse(pages.job(_batch(request, pk), timezone.now()))


@require_safe
@requires(*LOADERS)
def findings(request, pk):
    batch, level, after = _batch(request, pk), request.GET.get("level", ""), request.GET.get("after", "")
    address = reverse("import_findings", args=[pk])
    rows, last = queries.findings(batch, level, int(after) if after.isdecimal() and len(after) < 18 else 0)
    context = _frame(batch) | {
        "findings": rows,
        "chips": queries.level_chips(batch, level, address),
        "next": f"{address}?level={level}&after={last}" if last else "",
        "first": f"{address}?level={level}" if after else "",
    }
    return render(request, "evidence/import_findings.html", context)


@require_POST
@requires(*LOADERS)
def check(request, pk):
    imports.start_check(batch=_batch(request, pk), by=request.user)
    return redirect("import", pk)


@require_POST
@requires(*LOADERS)
def load(request, pk):
    imports.start_load(batch=_batch(request, pk), by=request.user)
    return redirect("import", pk)


@require_http_methods(["GET", "POST"])
@requires(*LOADERS)
def cancel(request, pk):
    """Whether a checked file is really not to be loaded, and the press that stops it."""
    batch = _batch(request, pk)
    if request.method == "GET":
        may = allows(policies.move_import, request.user, batch, ImportBatch.Status.CANCELLED)
        return render(request, "evidence/import_cancel.html", _frame(batch) | {"may": may})
    imports.cancel(batch=batch, by=request.user)
    messages.success(request, "Stopped. Nothing of this file was written; it can be taken up again from its page.")
    return redirect("imports")


@require_http_methods(["GET", "POST"])
@requires(*LOADERS)
def undo(request, pk):
    """What undoing would do, and the press that does it."""
    batch = _batch(request, pk)
    never = undoing.why_not(batch)
    if request.method == "POST":
        try:
            undoings.start(batch=batch, by=request.user)
        except ImportProblem as problem:
            messages.error(request, str(problem))
        return redirect("import", pk)
    may = allows(policies.move_import, request.user, batch, ImportBatch.Status.UNDOING)
    context = {"batch": batch, "size": pages.size(batch.file.size), "would": pages.undoing(batch), "never": never}
    return render(request, "evidence/import_undo.html", context | {"may": may})


@require_safe
@requires(*LOADERS)
@_told
def file(request, pk):
    batch = _batch(request, pk)
    return attachment(files.hand_out(file=batch.file, of=batch, by=request.user), batch.file.name)


@require_safe
@requires(*LOADERS)
def mapping_file(request, pk):
    batch = _batch(request, pk)
    if not pages.has_columns(batch):
        raise Http404
    text = imports.take_mapping(batch=batch, by=request.user)
    return attachment(BytesIO(text.encode()), f"columns-{pk}.json", "application/json")


@require_safe
@requires(*LOADERS)
@_told
def findings_file(request, pk):
    batch = _batch(request, pk)
    rows = imports.take_findings(batch=batch, by=request.user)
    return workbook(loading.FINDING_COLUMNS, rows, f"findings-{pk}.xlsx")


@require_safe
@requires(*LOADERS)
@_told
def rows_file(request, pk):
    batch = _batch(request, pk)
    columns, rows = imports.take_rows(batch=batch, by=request.user)
    return workbook(columns, rows, f"rows-to-correct-{pk}.xlsx")
