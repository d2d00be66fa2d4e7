"""The one way of a stored file to a browser: through a view that found the record it hangs on."""

from django.http import FileResponse, HttpResponse, JsonResponse

from evidence import kinds, vault
from evidence.actions import files
from evidence.views.downloads import attachment

SHOWN = ("shown", "thumbnail")


def download(file, of, by, original=False):
    """A file as a download of no particular kind. Raises vault.Gone."""
    opened = files.hand_out(file=file, of=of, by=by, original=original)
    name = kinds.name_for(file.name, file.kind if original else _given(file))
    return attachment(opened, name)


def _given(file):
    """Of a photo a copy is given, which may be of another kind."""
    picture = getattr(file, "picture", None)
    return picture.shown.kind if picture and picture.shown_id else file.kind


def shown(file, of, by, *, small, recorded):
    """A photo drawn anew, to be seen in a page; what is being made is answered with 202, what is not to be shown is
    not found.
    """
    try:
        opened, kind = files.show(file=file, of=of, by=by, small=small, recorded=recorded)
    except vault.Gone as told:
        status = 202 if isinstance(told, vault.NotYet) else 404
        return HttpResponse(str(told), status=status, content_type="text/plain; charset=utf-8")
    response = FileResponse(opened, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "no-store"
    return response


def taken(act, *, by, agency):
    """(what an action made of an upload, "") or (None, why the file is not taken in). What the scanner found is told
    in a transaction of its own: that of the upload is undone.
    """
    try:
        return act(by=by), ""
    except vault.Unfit as problem:
        return None, refusal(problem, by=by, agency=agency)


def refusal(problem, *, by, agency):
    """Why a file is not taken in; what the scanner found is told to those who watch over files."""
    if isinstance(problem, vault.Infected):
        files.report(found=problem, agency=agency, by=by)
    return str(problem)


def answer(made, problem):
    """For the script that sends photos by itself: 201 with the attachment's number, or why it is not taken."""
    return JsonResponse({"id": made.pk}, status=201) if made else JsonResponse({"detail": problem}, status=400)


def paper(opened, name, *, inline):
    """A PDF that the portal made itself: read in the browser, or taken as a file."""
    response = FileResponse(opened, as_attachment=not inline, filename=name, content_type="application/pdf")
    # A browser's reader of PDF is a page of its own, which a sandbox would not let run.
    return _kept_nowhere(response, "default-src 'none'; object-src 'self'")


def streamed(response, name):
    """A file that is made as it is read, as a download."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _kept_nowhere(response, "default-src 'none'; sandbox")


def _kept_nowhere(response, policy):
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = policy
    response["Cache-Control"] = "no-store"
    return response
