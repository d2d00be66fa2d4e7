"""Files out: always as an attachment of no particular type, so that no browser ever runs what somebody uploaded."""

import io

from django.http import FileResponse

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
