"""The laboratory's work as pages show it: requests, reviews, what was never entered. No queries."""

from zoneinfo import ZoneInfo

from django.urls import reverse

from agencies import markup
from evidence import mros, turnaround, words
from evidence.models import Acquisition, CorrelationReview, Incident, LabRequest
from evidence.pages import rows

STATUS_TONES = {
    "sent": ("soon", "right"),
    "received": ("accent", "flask"),
    "done": ("good", "check"),
    "returned": ("", "back"),
    "declined": ("late", "x"),
    "cancelled": ("", "minus"),
}
PRIORITY_TONES = {1: ("late", "flag"), 2: ("soon", "flag"), 3: ("", "")}
REVIEW_TONES = {
    "first": ("soon", "clock"),
    "second": ("soon", "people"),
    "cleared": ("", "minus"),
    "released": ("good", "check"),
    "refused": ("late", "x"),
}
ENDED = ("returned", "declined", "cancelled")


def turned(received_at, done_at, now, calendar):
    """How long a laboratory has or had something: "3 business days", "" before it came."""
    if received_at is None:
        return ""
    days = turnaround.business_days(received_at, done_at or now, calendar)
    return words.counted(days, "business day") if days else "Under a day"


def is_late(status, needed_on, now, zone):
    return status in ("sent", "received") and needed_on < now.astimezone(ZoneInfo(zone)).date()


def request(row, calendars, now):
    """A line of the list of requests."""
    calendar = calendars.setdefault(row["laboratory_id"], rows.calendar(row))
    ended = row["done_at"] or row["returned_at"]
    late = is_late(row["status"], row["needed_on"], now, row["zone"])
    tone, icon = STATUS_TONES[row["status"]]
    return row | {
        "url": reverse("lab_request", args=[row["id"]]),
        "what": LabRequest.Asked(row["asked"]).label,
        "agency_mark": markup.agency(row["code"], row["mark"], row["agency"]),
        "state": markup.badge(LabRequest.Status(row["status"]).label, tone, icon),
        "priority_mark": priority(row["priority"]),
        "needed": f"{row['needed_on']:%-d %b}",
        "late": late,
        "sent": words.day(row["requested_at"], row["zone"], now),
        "took": turned(row["received_at"], ended, now, calendar),
        "over": bool(ended),
    }


def priority(value):
    tone, icon = PRIORITY_TONES[value]
    return markup.badge(LabRequest.Priority(value).label, tone, icon) if icon else ""


def brief(found):
    tone, icon = STATUS_TONES[found.status]
    badge = markup.badge(found.get_status_display(), tone, icon)
    return {"url": found.get_absolute_url(), "what": found.get_asked_display(), "badge": badge}


def request_page(found, now):
    """One request: what was asked, its steps, and how long the laboratory has it."""
    zone = found.laboratory.zone
    steps = [
        ("Sent", found.requested_at, found.requested_by, "right"),
        ("Received", found.received_at, found.received_by, "check"),
        ("Done", found.done_at, found.done_by, "flask"),
        ("Returned", found.returned_at, found.returned_by, "back"),
    ]
    facts = [
        ("Asked", found.get_asked_display()),
        ("More about it", found.note),
        ("Laboratory", str(found.laboratory)),
        ("Needed by", f"{found.needed_on:%a %-d %b %Y}"),
        ("Priority", found.get_priority_display()),
        ("Result", found.result),
        ("Why not", found.reason),
    ]
    tone, icon = STATUS_TONES[found.status]
    ended = found.done_at or found.returned_at
    return {
        "badge": markup.badge(found.get_status_display(), tone, icon),
        "late": is_late(found.status, found.needed_on, now, zone),
        "took": turned(found.received_at, ended, now, found.laboratory.working_calendar),
        "facts": [(label, value) for label, value in facts if value],
        "steps": [
            {
                "icon": icon,
                "who": label,
                "text": f"by {who}",
                "iso": at.isoformat(),
                "when": words.moment(at, zone, now),
            }
            for label, at, who, icon in reversed(steps)
            if at
        ],
    }


def items(exhibits, entries):
    """The exhibits of a request, with who has each; `entries`: of those that wait for entry there, the entry's id."""
    return [
        {
            "made": made,
            "icon": markup.icon(rows.EXHIBIT_ICONS[made.kind]),
            "what": rows.what(made.kind, made.count, made.caliber),
            "with": str(made.held_by or "Under way"),
            "entry": reverse("acquisition_enter", args=[entries[made.pk]]) if made.pk in entries else "",
        }
        for made in exhibits
    ]


def review_clock(row, now, calendar):
    """The two business days in which an entry's candidates are reviewed."""
    done = row["second_at"] or (row["first_at"] if row["status"] == "cleared" else None)
    clock = mros.clock(
        key=f"review-{row['id']}",
        received_at=row["entered_at"],
        due=row["due_at"],
        entered_at=done,
        now=now,
        calendar=calendar,
    )
    return {name: clock[name] for name in ("state", "text", "share")} | {
        "due_text": f"Review by {words.moment(row['due_at'], calendar.zone, now)}"
    }


def review(row, calendars, now, user_id):
    """A line of the queue of reviews."""
    calendar = calendars.setdefault(row["site_id"], rows.calendar(row))
    mine = row["status"] == CorrelationReview.Status.SECOND and row["first_by_id"] == user_id
    return row | {
        "url": reverse("correlation", args=[row["id"]]),
        "icon": markup.icon(rows.EXHIBIT_ICONS[row["kind"]]),
        "what": rows.what(row["kind"], row["count"], row["caliber"]),
        "case": f"{row['case_number']}, {Incident.Kind(row['incident_kind']).label.lower()}",
        "agency_mark": markup.agency(row["code"], row["mark"], row["agency"]),
        "clock": markup.clock(review_clock(row, now, calendar) | {"stage": "", "receipt": []}, show_stage=False),
        "entered": words.moment(row["entered_at"], row["zone"], now),
        "one": " ".join(filter(None, [row["first_title"], row["first"]])),
        "two": " ".join(filter(None, [row["second_title"], row["second"]])),
        "mine": mine,
    }


def review_page(found, now, whole):
    """One review with its entry, its reviewers and its clock; `whole`: with the candidate."""
    zone, made = found.site.zone, found.acquisition
    row = {name: getattr(found, name) for name in ("status", "due_at", "first_at", "second_at")}
    row |= {"id": found.pk, "entered_at": made.entered_at}
    tone, icon = REVIEW_TONES[found.status]
    lines = [
        ("Entered", f"{words.moment(made.entered_at, zone, now)}, {made.operator or made.entered_by}"),
        ("NIBIN reference", made.reference),
        ("Imaged", made.representative),
        ("Candidate", found.candidate if whole else ""),
        ("Lead number", found.lead_number),
        ("Reviewer 1", seen(found.first_by, found.first_at, zone, now)),
        ("Reviewer 2", seen(found.second_by, found.second_at, zone, now)),
        ("Note", found.note if whole else ""),
    ]
    return {
        "badge": markup.badge(found.get_status_display(), tone, icon),
        "face": review_clock(row, now, found.site.working_calendar),
        "facts": [(label, value) for label, value in lines if value],
    }


def seen(person, at, zone, now):
    return f"{person}, {words.moment(at, zone, now)}" if person else ""


def reviewed(entry):
    """What became of an entry's candidates, for the page of its exhibit: (words, tone), or None where none is kept."""
    found = getattr(entry, "correlation", None)
    if found is None:
        return None
    tone, icon = REVIEW_TONES[found.status]
    return {
        "badge": markup.badge(found.get_status_display(), tone, icon),
        "url": reverse("correlation", args=[found.pk]),
        "who": " and ".join(str(each) for each in (found.first_by, found.second_by) if each),
        "lead": found.lead_number,
    }


def rejection(entry, now):
    if not entry.rejected_at:
        return ""
    why = ", ".join(filter(None, [entry.get_rejection_display(), entry.rejection_note]))
    return f"Rejected {words.day(entry.rejected_at, entry.site.zone, now)} by {entry.rejected_by}: {why}"


def late(entry):
    """Why an entry came late, in words."""
    label = "" if entry.late_code in ("", Acquisition.LateCode.OTHER) else entry.get_late_code_display()
    return ", ".join(filter(None, [label, entry.late_reason]))


def never(row, now):
    """A line of what was never entered, and what would come next."""
    days, zone = (now - row["collected_at"]).days, row["zone"]
    if row["site"]:
        then = f"At {row['site']}, waiting for entry"
    elif row["kind"] == "firearm" and not row["is_fired"]:
        then = "Never test-fired"
    else:
        then = "No NIBIN site has received it"
    return row | {
        "url": reverse("exhibit", args=[row["id"]]),
        "icon": markup.icon(rows.EXHIBIT_ICONS[row["kind"]]),
        "what": rows.what(row["kind"], row["count"], row["caliber"], row["make"] or "", row["model"] or ""),
        "case": f"{row['case_number']}, {Incident.Kind(row['incident_kind']).label.lower()}",
        "agency_mark": markup.agency(row["code"], row["mark"], row["agency"]),
        "collected": words.day(row["collected_at"], zone, now),
        "age": words.counted(days, "day"),
        "old": days >= 7,
        "then": then,
        "holder": row["to_whom"] or "Nobody yet",
    }


def goals(counts):
    """Shares of the entries of the last ninety days, for the queue."""
    whole = counts["entered"]
    parts = (("day", "Within 24 hours"), ("two_days", "Within 48 hours"), ("in_time", "Within 2 business days"))
    return [
        {
            "label": label,
            "value": f"{round(100 * counts[name] / whole)}%" if whole >= 10 else "n<10",
            "icon": "clock",
            "sub": f"{counts[name]:,} of {whole:,} entered in 90 days" if whole else "Nothing entered in 90 days",
        }
        for name, label in parts
    ]
