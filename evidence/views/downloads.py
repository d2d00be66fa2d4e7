"""Files out: always as an attachment of no particular type, so that no browser ever runs what somebody uploaded."""

import io

from django.http import FileResponse

from agencies.roles import Permission
from evidence import listing
from evidence.actions import exports
from evidence.imports.exports import write_xlsx

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(opened, name, content_type="application/octet-stream"):
    response = FileResponse(opened, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response


def workbook(columns, rows, name):
    """A list as XLSX, with nothing in it that a spreadsheet would run."""
    file = io.BytesIO()
    write_xlsx(columns, rows, file)
    file.seek(0)
    return attachment(file, name, SHEET)


def rows(request, model, query, columns):
    """The rows of a list of one kind or all, as the file that was asked for, and on record who took them: those seen
    through a role that may take copies, not through another beside it.
    """
    kind = listing.chosen(request, "kind", model.Kind.values)
    form = listing.chosen(request, "as", listing.FORMATS) or "csv"
    found = query(request.user, kind=kind, limit=listing.MOST_EXPORTED - 1, permission=Permission.LEAD_EXPORT)
    exports.note(model=model, ids=[row["id"] for row in found], form=form, by=request.user)
    name = f"{model._meta.model_name}s"
    return listing.spreadsheet(name, columns, ([row[each] for each in columns] for row in found), form)
