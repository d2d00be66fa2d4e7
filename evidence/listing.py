"""What every list of evidence does with a request: its page of rows, the addresses around it, the file it becomes."""

import tempfile

from django.http import FileResponse
from django.utils import timezone

from agencies import walk
from evidence.imports.exports import write_csv, write_xlsx

MOST_EXPORTED = 10_000
FORMATS = {
    "csv": (write_csv, "text/csv"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def address(request, **changes):
    """This page's address with other filters: a value of "" or None takes one away, and so begins at the top again."""
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def chosen(request, name, allowed):
    """A filter's value when it is one of those offered, else ""."""
    value = request.GET.get(name, "")
    return value if value in allowed else ""


def page(request, rows, key, present):
    """The rows to show, drawn by `present`, with addresses of the first and of the next page."""
    shown, more = rows[: walk.PAGE], len(rows) > walk.PAGE
    older = address(request, after=walk.encode(shown[-1][key].isoformat(), shown[-1]["id"])) if more else ""
    return {
        "rows": [present(row) for row in shown],
        "older": older,
        "newer": address(request) if request.GET.get("after") else "",
        "now": timezone.now(),
    }


def many(number, one, most=1000):
    """A count that is exact up to `most` and says so beyond: "1,000+ incidents"."""
    return f"{most:,}+ {one}s" if number > most else f"{number:,} {one}{'' if number == 1 else 's'}"


def capped(number, most=1000):
    """A number that is exact up to `most` and says so beyond: "1,000+"."""
    return f"{most:,}+" if number > most else f"{number:,}"


def views(request, name, choices, current):
    """Tabs over a list, one for each choice of a filter."""
    return [
        {"label": label, "url": address(request, q=None, **{name: value}), "current": value == current}
        for value, label in choices
    ]


def spreadsheet(name, columns, rows, form):
    """A file to keep, written to disk when it is large."""
    write, kind = FORMATS[form]
    file = tempfile.SpooledTemporaryFile(max_size=1024 * 1024)  # noqa: SIM115 (the response closes it)
    write(columns, rows, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.{form}", content_type=kind)
