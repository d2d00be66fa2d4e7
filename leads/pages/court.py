"""What pages say of charges, proceedings, statutes and statuses, in plain values."""

from zoneinfo import ZoneInfo

from evidence import listing
from leads import sentences, statuswords, statutes
from leads.models import Charge, Proceeding
from leads.policies import court as policies
from leads.queries.declining import ALWAYS

Status = Proceeding.Status
TONES = {
    Status.SET: ("accent", "clock"),
    Status.HELD: ("good", "check"),
    Status.CONTINUED: ("pause", "right"),
    Status.OFF: ("", "x"),
}
ENDED_TONES = dict.fromkeys(Charge.SENTENCED, ("good", "check")) | {
    Charge.Disposition.PENDING: ("accent", "clock"),
    Charge.Disposition.DEFERRED: ("pause", "pause"),
    Charge.Disposition.TRANSFERRED_FEDERAL: ("", "right"),
}


def charged(charge):
    """What is told when a charge was recorded."""
    if not charge.in_table:
        return "The charge is recorded. Its statute is not in the table: add it under Statutes if it comes again."
    return "The charge is recorded."


def carries(charge):
    """What a count carries by the table, in words; that it is not in the table, where it is not."""
    if not charge.in_table:
        return "Not in the table"
    words = statutes.exposure(charge.max_months, charge.min_months, charge.consecutive)
    if not words:
        return "The table names no exposure"
    words = words[0].upper() + words[1:]
    return f"{words}. {statutes.CHECK}" if charge.to_check else words


def charge(one):
    """One charge of a case."""
    pending = one.disposition == Charge.Disposition.PENDING
    replaced = one.is_superseded
    return {
        "charge": one,
        "pending": pending,
        "replaced": replaced,
        "disposition": one.stands_as,
        "tone": ("pause", "right") if replaced else ENDED_TONES.get(one.disposition, ("", "x")),
        "carries": carries(one),
        "sentence": ", ".join(sentences.parts(one)) or "-",
    }


def line(one, fields):
    """One line of the page on which all charges end."""
    return {"charge": one, "carries": carries(one), "fields": fields}


def step_words(proceeding):
    """ "Arraignment, Mon 7 Dec 2026 at 09:30, Courtroom 4"."""
    at = f" at {proceeding.starts_at:%H:%M}" if proceeding.starts_at else ""
    return ", ".join(filter(None, [str(proceeding), f"{proceeding.on:%a %-d %b %Y}{at}", proceeding.court]))


def proceeding(one, today):
    """One step of a case in court."""
    at = f" {one.starts_at:%H:%M}" if one.starts_at else ""
    filed = one.kind in Proceeding.FILED
    return {
        "proceeding": one,
        "when": f"{one.on:%a %-d %b %Y}{at}",
        "what": str(one),
        "kind": one.get_kind_display() if one.what else "",
        "where": ", ".join(filter(None, [one.court, one.number])),
        "status": "Filed" if filed else one.get_status_display(),
        "tone": ("good", "doc") if filed else TONES[Status(one.status)],
        "result": ", ".join(filter(None, [one.get_custody_display(), one.result])),
        "waits": one.status == Status.SET,
        "begun": one.on <= today,
    }


def proceedings(found, zone, now):
    """The steps of a case in court, on the wall clock of its office (`zone`)."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return [proceeding(each, today) for each in found]


def revocation(case):
    """The revocation of a case in words, "" of none."""
    found = getattr(case, "revocation", None)
    if not found:
        return ""
    many = sentences.months(found.months)
    return f"{found.get_of_display()} revoked {found.revoked_on:%-d %b %Y}, {many}, {found.court}"


def statute(one):
    """A line of the table."""
    since, until = (f"{day:%-d %b %Y}" if day else "" for day in (one.since, one.until))
    span = f"from {since}" if since else ""
    if until:
        span = f"{since} up to {until}" if since else f"before {until}"
    return {
        "pk": one.pk,
        "citation": one.citation,
        "title": one.title,
        "law": "Federal" if one.jurisdiction == statutes.FEDERAL_NAME else "State",
        "elements": one.elements,
        "exposure": statutes.exposure(one.max_months, one.min_months, one.consecutive) or "Not named here",
        "span": span or "Any day",
        "check": one.tag == "K",
        "read": one.tag == "V",
    }


def table(own, may_add):
    """The page of statutes: those of offices (`own`) first."""
    lines = [statute(each.line) | {"office": each.office.code, "source": each.source} for each in own]
    return {"own": lines, "federal": [statute(each) for each in statutes.FEDERAL], "may_add": may_add}


def waiting(spelling):
    """A status that nobody has said the meaning of, and at how many dockets it stands."""
    return {"spelling": spelling, "many": listing.many(spelling.many, "docket") if spelling.many else ""}


def said(spelling):
    """What somebody said that a status means."""
    return {
        "spelling": spelling,
        "meaning": statuswords.LABELS[spelling.meaning],
        "tone": statuswords.TONES[spelling.meaning],
        "day": f"{spelling.said_at:%-d %b %Y}",
    }


def own_meaning(row):
    """What a status means to an office, beside what the center says."""
    center = row.spelling.meaning
    return {
        "row": row,
        "meaning": statuswords.LABELS[row.meaning],
        "tone": statuswords.TONES[row.meaning],
        "center": statuswords.LABELS[center] if center else "Nobody has said",
        "day": f"{row.said_at:%-d %b %Y}",
    }


def reasons(office, table, user):
    """The reasons of an office, those in use first."""
    rows = [
        {"code": each.code, "label": each.label, "of": "Your own" if each.is_own else "Usual", "used": each.is_used,
         "retired": f"{each.row.retired_by}, {each.row.retired_at:%-d %b %Y}" if not each.is_used else "",
         "always": each.code == ALWAYS}
        for each in table
    ]  # fmt: skip
    return {
        "office": office, "rows": sorted(rows, key=lambda row: not row["used"]),
        "why_not": policies.keep_reasons(user, office) or "",
    }  # fmt: skip
