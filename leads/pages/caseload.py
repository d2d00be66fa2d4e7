"""What a prosecutor's day and the list of their cases say, in plain values. Nothing is read or written here."""

from django.urls import reverse

from evidence import listing
from leads.pages import case as casepage
from leads.pages import casedate as datepage

MOST, MOST_LATE = 40, 5
EMPTY = {
    "age": ("No case is yours yet", "A case is given to a prosecutor on its page, under People on the case."),
    "next": ("No day in court ahead", "A case of yours stands here with its next day in court."),
}


def day_page(parts, today, now, zone, scope):
    """What a prosecutor's day says. `parts`: the lists and counts that the view gathered."""
    return {
        "late": datepage.lines(parts["late"], today),
        "late_count": listing.capped(parts["late_count"]),
        "today": [each for each in datepage.lines(parts["week"], today, parts["later"]) if each["today"]],
        "week": [each for each in datepage.lines(parts["week"], today, parts["later"]) if not each["today"]],
        "waiting": [casepage.row(each, now, zone) for each in parts["waiting"]],
        "waiting_words": listing.many(parts["waiting_count"], "case"),
        "arrests": None if parts["arrests"] is None else listing.many(parts["arrests"], "arrest"),
        "day": datepage.day(today),
        "scopes": scopes(scope, parts["mine_count"]),
        "mine": scope == "mine",
    }


def scopes(current, many):
    return [
        {"label": label, "url": f"{reverse('prosecution_day')}?of={name}", "current": name == current, "count": count}
        for name, label, count in (("mine", "My cases", many), ("office", "The whole office", None))
    ]


def frame(show, counts, rows, now, zone):
    """The list of one's own cases."""
    said = (("age", "By age"), ("next", "By next date"))
    return {
        "tabs": [
            {"label": label, "url": f"{reverse('my_cases')}?by={name}", "current": name == show,
             "count": listing.capped(counts[name])}
            for name, label in said
        ],
        "rows": [casepage.row(each, now, zone) for each in rows],
        "empty": EMPTY[show],
        "order": "the oldest first" if show == "age" else "by the next day in court",
    }  # fmt: skip
