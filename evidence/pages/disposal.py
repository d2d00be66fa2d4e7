"""The review of what is kept, as its pages show it: rows in, words out. No queries."""

from django.urls import reverse

from agencies import markup
from evidence import words
from evidence.models import Disposal
from evidence.pages import details, rows

TONES = {"proposed": ("soon", "clock"), "approved": ("accent", "check"), "done": ("good", "check")}


def row(found, now, keeps):
    """A line of any of the lists: an exhibit with what is said of it there."""
    person = f"{found.get('title') or ''} {found.get('name') or ''}".strip()
    what = rows.what(found["kind"], found["count"], found["caliber"], found["make"] or "", found["model"] or "")
    line = found | {
        "url": reverse("disposal_review" if keeps else "exhibit", args=[found["exhibit_id"]]),
        "icon": markup.icon(rows.EXHIBIT_ICONS[found["kind"]]),
        "what": what,
        "agency_mark": markup.agency(found["code"], found["mark"], found["agency"]),
        "hold": markup.badge("Legal hold", "pause", "lock") if found["held"] else "",
        "person": person,
        "where": _where(found),
        "said": found.get("reason", ""),
        "when": "",
        "past": "",
    }
    if "method" in found:
        line["url"] = reverse("disposal", args=[found["id"]])
        line["said"] = f"{Disposal.Method(found['method']).label}: {found['reason']}"
        line["when"] = words.moment(found["proposed_at"], found["zone"], now)
    elif "set_at" in found:
        line["url"] = reverse("exhibit", args=[found["exhibit_id"]])
        line["when"] = words.moment(found["set_at"], found["zone"], now)
    else:
        line["when"] = f"{found['review_on']:%-d %b %Y}"
        line["past"] = words.counted((now.date() - found["review_on"]).days, "day") + " past"
    return line


def _where(found):
    """Where the exhibit of a line is, in few words."""
    if found["on_its_way_to"]:
        return f"On its way to {found['on_its_way_to']}"
    return found["storage"] or (f"With {found['in_hands']}" if found["in_hands"] else "")


def facts(made, now):
    """(label, value) of one disposal."""
    zone = made.agency.zone

    def said(name, because=""):
        at, by = getattr(made, f"{name}_at"), getattr(made, f"{name}_by")
        return f"{words.moment(at, zone, now)}, {by}{f': {because}' if because else ''}" if at else ""

    lines = [
        ("How", made.get_method_display()),
        ("Why", made.reason),
        ("Proposed", said("proposed")),
        ("Waived, first", said("waived", made.waived_because)),
        ("Waived, second", said("seconded", made.seconded_because)),
        ("Approved", said("approved")),
        (made.get_status_display(), said("ended", made.ended_because)),
        ("Witness", made.witness),
    ]
    return [(label, value) for label, value in lines if value]


def checks(exhibit, gaps, traced):
    """What is looked at before an exhibit goes: [(words, whether it stands against it)]. Whether a gun was traced is
    for those who may hold trace data.
    """
    is_gun = exhibit.kind == "firearm"
    asked = Disposal.GAPS if is_gun else {"hold": Disposal.GAPS["hold"]}
    good = {"test_fire": "Test-fired", "nibin": "In NIBIN", "trace": "Traced", "hold": "No legal hold"}
    return [{"bad": code in gaps, "words": text.capitalize() if code in gaps else good[code]} for code, text in
            asked.items() if traced or code != "trace"]  # fmt: skip


def disposal(made, gaps, now, traced):
    gun = getattr(made.exhibit, "firearm", None)
    tone, icon = TONES.get(made.status, ("", "back"))
    return {
        "made": made,
        "what": details.what(made.exhibit, gun),
        "facts": facts(made, now),
        "checks": checks(made.exhibit, gaps, traced),
        "state": markup.badge(made.get_status_display(), tone, icon),
    }


def hold(made, now):
    when = words.moment(made.set_at, made.exhibit.agency.zone, now)
    return {"made": made, "words": f"{made.reason}, set by {made.set_by}, {made.agency.code}, {when}"}
