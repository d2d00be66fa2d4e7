"""Dealers and purchasers named again, and rows of files to review, as pages show them. No queries."""

from datetime import date

from django.urls import reverse

from evidence import words
from evidence.imports.targets import TRACE
from evidence.models import Trace, TraceResult
from evidence.pages.traces import badge

CODES = {
    "status": dict(Trace.Status.choices),
    "reason": dict(Trace.Reason.choices),
    "theft": dict(TraceResult.Theft.choices),
}


def views(who):
    return [
        {"label": label, "url": reverse(name), "current": who == each}
        for each, name, label in (
            ("dealer", "trace_dealers", "Dealers"), ("purchaser", "trace_purchasers", "Purchasers"),
        )
    ]  # fmt: skip


def repeated(row, who):
    count = "1,000+" if row["count"] > 1000 else f"{row['count']:,}"
    return {
        "newest": row["newest"],
        "name": row[f"{who}_name"] or row.get("dealer_license") or "No name",
        "more": _more(row, who),
        "count": count,
        "short": row["short"],
        "multiple": row["multiple"],
        "url": reverse(f"trace_{who}", args=[row["newest"]]),
    }


def _more(row, who):
    if who == "purchaser":
        return f"Born {row['purchaser_born_on']:%-d %b %Y}" if row["purchaser_born_on"] else ""
    where = ", ".join(filter(None, [row["dealer_city"], row["dealer_state"]]))
    return " · ".join(filter(None, [where, row["dealer_license"]]))


def head(result, who):
    values = {name: getattr(result, name) for name in ("dealer_license", "dealer_city", "dealer_state")}
    values |= {f"{who}_name": getattr(result, f"{who}_name"), "purchaser_born_on": result.purchaser_born_on}
    return {"name": values[f"{who}_name"] or result.dealer_license, "more": _more(values, who)}


def alike(made, now):
    """A trace that names the same."""
    days, zone = made.days_to_crime, made.agency.zone
    return {
        "url": reverse("trace", args=[made.pk]),
        "name": str(made),
        "gun": str(made.firearm),
        "case": made.firearm.exhibit.incident.case_number,
        "state": badge(made.status),
        "asked": words.day(made.requested_at, zone, now),
        "sold": f"{made.purchased_on:%-d %b %Y}" if made.purchased_on else "",
        "crime": words.counted(days, "day") if days is not None else "",
        "purchaser": made.result.purchaser_name,
        "dealer": made.result.dealer_name,
    }


def waiting(row):
    said = row.values
    gun = " ".join(filter(None, [said.get("make", ""), said.get("serial", "")]))
    return {
        "pk": row.pk,
        "url": reverse("trace_row", args=[row.pk]),
        "leave_url": reverse("trace_row_leave", args=[row.pk]),
        "name": said.get("trace_number") or gun or "No number",
        "gun": gun,
        "file": row.batch.file.name,
        "file_url": reverse("import", args=[row.batch_id]),
        "row": f"{row.row:,}",
        "why": row.why,
        "agency": row.agency.name,
    }


def said(row):
    """(label, value) of what is certain of a row."""
    lines = []
    for name, target in TRACE.items():
        value = row.values.get(name)
        if value not in (None, ""):
            lines.append((target.label, _shown(name, value)))
    lines += [(f"{column}, not certain", text) for column, text in row.values.get("unsure", {}).items()]
    if "first_use_days" in row.values:
        lines.append(("To the first NIBIN event", words.counted(row.values["first_use_days"], "day")))
    return lines


def _shown(name, value):
    if name in CODES:
        return CODES[name].get(value, value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name == "days":
        return words.counted(value, "day")
    return f"{date.fromisoformat(value):%-d %b %Y}" if name.endswith("_on") else value


def near(form):
    """The candidates as choices to press: what it is, why, and how far its trace came."""
    return [
        {
            "value": key,
            "gun": str(gun),
            "serial": gun.serial or "No serial",
            "case": gun.exhibit.incident.case_number,
            "why": why,
            "state": badge(trace.status) if trace else "Asked for elsewhere",
            "number": (trace.trace_number or "No number yet") if trace else "No trace here yet",
        }
        for key, (trace, gun, why) in form.known.items()
    ]
