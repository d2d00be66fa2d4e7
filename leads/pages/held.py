"""Notices that are held, as their pages show them: rows in, words out. No queries."""

from django.urls import reverse

from agencies import markup
from evidence import words
from evidence.imports.notices import from_dict
from leads.models import HeldNotice
from leads.pages import leads as pages

Status = HeldNotice.Status
TONES = {Status.WAITING: ("soon", "clock"), Status.RELEASED: ("good", "check"), Status.DECLINED: ("", "x")}


def row(found, zone, now):
    """A line of the list."""
    notice = from_dict(found["notice"])
    return found | {
        "url": reverse("held_notice", args=[found["id"]]),
        "cases": ", ".join(f"{each.agency} {each.case_number}".strip() for each in notice.events[:3]),
        "more": max(0, len(notice.events) - 3),
        "why": HeldNotice.Why(found["why"]).label,
        "when": words.moment(found["held_at"], zone, now),
        "ago": words.ago(found["held_at"], now),
    }


def page(held, zone, now):
    """One notice with the events that it names."""
    notice = from_dict(held.notice)
    decided = ""
    if held.decided_at:
        decided = f"{words.moment(held.decided_at, zone, now)}, {held.decided_by}"
    review = held.review and f"{held.review.first_by} and {held.review.second_by}"
    facts = [
        ("NIBIN site", str(held.site or notice.site or "")),
        ("Date of the notice", f"{notice.notice_date:%-d %b %Y}" if notice.notice_date else ""),
        ("What is missing", held.get_why_display()),
        ("Reviewers in the notice", " and ".join(filter(None, [notice.reviewer_1, notice.reviewer_2]))),
        ("Held", f"{words.moment(held.held_at, zone, now)}, loaded by {held.held_by}"),
        (held.get_status_display(), decided),
        ("Reviewed by", review or ""),
        ("Why", held.reason),
    ]
    return {
        "held": held,
        "badge": markup.badge(held.get_status_display(), *TONES[Status(held.status)]),
        "facts": [(label, value) for label, value in facts if value],
        "events": [
            {
                "agency": each.agency or each.ori or "Not given",
                "case": each.case_number or "Not given",
                "what": each.offense or "Not given",
                "when": pages.happened(each.occurred_at, zone, now) if each.occurred_at else "Not given",
                "where": each.location or "-",
            }
            for each in notice.events
        ],
    }
