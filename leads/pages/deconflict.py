"""Questions to other agencies and their answers as pages show them: rows in, words out. No queries."""

from django.urls import reverse

from agencies import markup
from evidence import words
from leads.models import Inquiry

WAYS = [("", "Firearm"), ("person", "Person")]
TABS = [("", "To review"), ("hits", "Answered"), ("all", "All")]


def state(answers):
    """How a question was answered, in a badge."""
    if answers:
        return markup.badge(
            words.counted(answers, "agency holds a record", "agencies hold a record"), "accent", "phone"
        )
    return markup.badge("No answer", "", "minus")


def own(found, zone, now):
    """A line of one's own last questions."""
    return {
        "url": found.get_absolute_url(),
        "number": str(found),
        "case": found.case_number,
        "kind": found.get_kind_display(),
        "state": state(found.answers_count),
        "when": words.moment(found.asked_at, zone, now),
    }


def row(found, now):
    """A line of the list of reviewers."""
    return found | {
        "url": reverse("inquiry", args=[found["id"]]),
        "number": f"DC-{found['id']}",
        "kind": Inquiry.Kind(found["kind"]).label,
        "who": " ".join(filter(None, [found["title"], found["asker"]])),
        "agency_mark": markup.agency(found["code"], found["mark"], found["agency"]),
        "state": state(found["answers_count"]),
        "when": words.moment(found["asked_at"], found["zone"], now),
    }


def held(found, now):
    """A line of what others asked about one's own records."""
    return found | {
        "url": reverse("inquiry_answer", args=[found["id"]]),
        "number": f"DC-{found['inquiry_id']}",
        "who": " ".join(filter(None, [found["title"], found["asker"]])),
        "agency_mark": markup.agency(found["code"], found["mark"], found["agency"]),
        "when": words.moment(found["answered_at"], found["zone"], now),
    }


def rule(agency, rule):
    """An agency and whether it answers."""
    state = markup.badge("Answers", "good", "check") if rule.answers else markup.badge("Does not answer", "", "minus")
    reached = ", ".join(filter(None, [rule.contact, rule.phone, rule.email]))
    return {
        "url": reverse("deconfliction_rule", args=[agency.pk]), "name": agency.name, "state": state,
        "contact": reached if rule.answers else "",
    }  # fmt: skip


def facts(found, now):
    """What a question says of itself."""
    zone = found.agency.zone
    reviewed = f"{found.reviewed_by}, {words.moment(found.reviewed_at, zone, now)}" if found.reviewed_at else ""
    rows = [
        ("Asked by", f"{found.asked_by}, {found.agency}"),
        ("When", words.moment(found.asked_at, zone, now)),
        ("What", found.get_kind_display()),
        ("Case number", found.case_number),
        ("Why", found.reason),
        ("Reviewed", reviewed or "Not yet"),
        ("Note", found.review_note),
    ]
    return [(label, value) for label, value in rows if value]
