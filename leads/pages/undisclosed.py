"""What is not disclosed yet over all leads of an office, and what a prosecutor holds of packets, in plain values.
Nothing is read or written here.
"""

from datetime import timedelta

from django.urls import reverse

from agencies import markup
from evidence import listing, words
from leads import disclosing
from leads.models import Packet
from leads.pages.disclosure import LONG

MOST = 5
LATE = timedelta(days=LONG)
TABS = {"": "Not disclosed yet", "late": f"Longer than {LONG} days", "asked": "Waits for a second person"}
EMPTY = {
    "": (
        "Nothing waits to be disclosed",
        "Every item of the index of your cases' leads was disclosed, or is kept back. Mark what else speaks for "
        "somebody on the page Disclosure of its lead.",
    ),
    "late": (f"Nothing waits longer than {LONG} days", "What is younger stands under Not disclosed yet."),
    "asked": (
        "Nothing waits for a second person",
        "What somebody of your office proposes to keep back stands here until another one decides.",
    ),
}
MOST_CASES = 2


def frame(address, show, duty, mine, counts):
    """What stands over the list. address: the address of the list with other filters, by their names."""
    return {
        "tabs": [
            {"label": label, "url": address(show=name), "current": name == show, "late": name == "late",
             "count": listing.capped(counts[name]) if counts[name] or name == show else None}
            for name, label in TABS.items()
        ],
        "duties": [
            {"label": label, "url": address(duty=name), "current": name == duty}
            for name, label in (("", "Any duty"), *((name, label) for name, (label, _k) in disclosing.WEIGHED.items()))
        ],
        "whose": [
            {"label": label, "url": address(of=name), "current": (name == "mine") == mine}
            for name, label in (("", "The whole office"), ("mine", "My cases"))
        ],
        "empty": EMPTY[show], "asked": show == "asked", "late_count": listing.capped(counts["late"]),
        "late": bool(counts["late"]), "long": LONG,
    }  # fmt: skip


def line(item, lead, cases, zone, now):
    """One item with the cases that its lead is before the office for."""
    age = max((now - item.since).days, 0)
    tone, icon = ("late", "late") if age > LONG else ("soon", "clock")
    url = reverse("disclosure_index", args=[item.lead])
    return {
        "what": disclosing.KINDS[item.kind],
        "words": item.words,
        "lead": lead.number,
        "link": lead.link_words,
        "url": url,
        "give": f"{reverse('disclosure_new', args=[item.lead])}?item={item.key}",
        "keep": f"{reverse('disclosure_withhold', args=[item.lead])}?item={item.key}",
        "cases": cases[:MOST_CASES],
        "more": max(len(cases) - MOST_CASES, 0),
        "duty": ", ".join(disclosing.weighed(item.kind)),
        "since": words.day(item.since, zone, now),
        "age": markup.badge(words.counted(age, "day") if age else "Today", tone, icon),
    }


def day_cards(found, handed, mine, now, zone):
    """The cards of My day on disclosure and on packets."""
    scope = "?of=mine" if mine else ""
    return {
        "undisclosed": [line(item, lead, [], zone, now) for item, lead in found.rows],
        "undisclosed_count": listing.many(found.counts[""], "item"),
        "undisclosed_url": f"{reverse('undisclosed')}{scope}",
        "owed": [_packet(each, now) for each in handed.owed],
        "owed_more": handed.owed_count - len(handed.owed),
        "new_packets": [_packet(each, now) for each in handed.new],
        "new_more": handed.new_count - len(handed.new),
    }


def _packet(row, now):
    late = bool(row["due_at"]) and row["due_at"] < now
    due = words.moment(row["due_at"], row["zone"], now) if row["due_at"] else ""
    return {
        "url": reverse("packet_release", args=[row["id"]]),
        "name": f"PK-{row['packet_id']}, version {row['version']}",
        "said": f"{Packet.Purpose(row['purpose']).label}, lead {row['lead']}, from {row['code']}",
        "when": f"{'Was due' if late else 'Due'} {due}" if due else words.day(row["released_at"], row["zone"], now),
        "late": late,
    }
