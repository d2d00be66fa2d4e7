"""Firearms as pages show them: values of a query or a record in, words and small marks out. No queries."""

from django.urls import reverse

from agencies import markup
from evidence import words
from evidence.guns.serialsearch import LABELS, Rank
from evidence.guns.tables import TYPES
from evidence.models import Firearm, FirearmPair

RANK_TONES = {Rank.EXACT: "good", Rank.MISREAD: "accent", Rank.EMBEDDED: "accent"}
THEFT_TONES = {"stolen": ("late", "warn"), "not_stolen": ("good", "check"), "not_checked": ("", "circle")}
PAIR_TONES = {
    "suggested": ("soon", "warn"),
    "same": ("good", "check"),
    "different": ("", "x"),
    "withdrawn": ("", "minus"),
}
BASIS = {
    "serial": "The same make and the same serial number.",
    "misread": "The same make; their numbers differ only where O and 0, I and 1, B and 8 or S and 5 are taken for one.",
    "frame": "The same make; their numbers are the same without the letters between digits, as NCIC compares them.",
}
FIELDS = (("make", "Make"), ("model", "Model"), ("caliber", "Caliber"), ("serial", "Serial number"))


def name_of(make, model):
    return " ".join(filter(None, [make, model])) or "Firearm"


def row(found, now):
    """A line of the list of firearms, or of the answers to a number."""
    rank = found.get("rank")
    return found | {
        "url": reverse("exhibit", args=[found["exhibit_id"]]),
        "case_url": reverse("incident", args=[found["incident_id"]]),
        "gun": name_of(found["make"], found["model"]),
        "kind": TYPES.get(found["type_code"], found["type_code"]) or "Type not known",
        "serial_text": number(found) or "No number",
        "agency_mark": markup.agency(found["code"], found["mark"], found["agency"]),
        "day": words.day(found["created_at"], found["zone"], now),
        "ago": words.ago(found["created_at"], now),
        "marks": [markup.badge(*each) for each in marks(found)],
        "answer": markup.badge(LABELS[rank], RANK_TONES.get(rank, "")) if rank else "",
    }


def number(found):
    return found["restored_serial"] or found["serial"]


def marks(found):
    """(words, tone, icon) of what sets a firearm apart."""
    said = [
        (found["stolen_status"] == "stolen", ("Stolen", "late", "warn")),
        (found["is_obliterated"], ("Restored" if found["restored_serial"] else "Obliterated", "soon", "minus")),
        (found["is_privately_made"], ("Privately made", "", "gun")),
        (found["has_conversion_device"], ("Conversion device", "soon", "gear")),
    ]
    return [words for holds, words in said if holds]


def lines(gun):
    """What is known of a firearm: {label, value, typed, why}; typed and why where something else was typed."""
    found = [_line(gun, name, label) for name, label in FIELDS]
    found.insert(
        3, _plain("Type", f"{TYPES.get(gun.type_code, gun.type_code)} ({gun.type_code})" if gun.type_code else "")
    )
    restored = ", ".join(filter(None, [gun.restored_by, f"{gun.restored_on:%-d %b %Y}" if gun.restored_on else ""]))
    kind = gun.get_conversion_kind_display() or "Yes, kind not known"
    more = [
        ("Obliterated", "Yes" if gun.is_obliterated else ""),
        ("Restored number", f"{gun.restored_serial} (by {restored})" if gun.restored_serial else ""),
        ("Privately made", "Yes" if gun.is_privately_made else ""),
        ("Conversion device", kind if gun.has_conversion_device else ""),
        ("Importer", gun.importer),
        ("Country", gun.country),
        *((f"On the {each['where']}" if each["where"] else "Marking", each["text"]) for each in gun.markings),
    ]
    return [
        line
        for line in found
        if line["value"] or line["label"] in ("Make", "Model", "Caliber", "Type", "Serial number")
    ] + [_plain(label, value) for label, value in more if value]


def _plain(label, value):
    return {"label": label, "value": value, "typed": "", "why": ""}


def _line(gun, name, label):
    value, typed = getattr(gun, name), gun.typed.get(name, {})
    code = getattr(gun, f"{name}_code", "")
    same = not typed or " ".join(typed["words"].split()).casefold() == " ".join(value.split()).casefold()
    line = _plain(label, f"{value} ({code})" if value and code else value)
    if typed and typed["kept"]:
        line["why"] = "Kept as it was typed"
    elif not same:
        line |= {"typed": typed["words"], "why": f"{typed['reason']}, {typed['confidence']:.0%} sure".capitalize()}
    return line


def theft(gun, zone, now):
    """The stolen status as a badge and a sentence."""
    tone, icon = THEFT_TONES[gun.stolen_status]
    said = ""
    if gun.stolen_checked_at:
        said = f"Checked {words.moment(gun.stolen_checked_at, zone, now)} by {gun.stolen_checked_by}"
    return {
        "badge": markup.badge(Firearm.Theft(gun.stolen_status).label, tone, icon),
        "said": said,
        "reference": gun.stolen_reference,
    }


def pair(found, now):
    """Two records that may be one gun, side by side."""
    tone, icon = PAIR_TONES[found["status"]]
    decided = f"{found['decided_by']}, {words.ago(found['decided_at'], now)}" if found["decided_at"] else ""
    return found | {
        "sides": [_side(found, side, now) for side in ("one", "two")],
        "state": markup.badge(FirearmPair.Status(found["status"]).label, tone, icon),
        "why": BASIS[found["basis"]],
        "ago": words.ago(found["suggested_at"], now),
        "decided": decided,
    }


def _side(found, side, now):
    part = {name.removeprefix(f"{side}_"): value for name, value in found.items() if name.startswith(f"{side}_")}
    return part | {
        "url": reverse("exhibit", args=[part["exhibit"]]),
        "gun": name_of(part["make"], part["model"]),
        "serial_text": part["restored"] or part["serial"] or "No number",
        "agency_mark": markup.agency(part["code"], part["mark"], part["agency"]),
        "day": words.day(part["collected_at"], part["zone"], now),
    }


def beside(pairs, firearm, now):
    """The pairs of one firearm as its own page shows them: the other record of each."""
    drawn = [pair(each, now) for each in pairs]
    return [each | {"other": each["sides"][each["one_id"] == firearm.pk]} for each in drawn]


def suggested(read, kind):
    """What intake would keep of what is being typed, as JSON: {field: {typed, value, code, sure, why}}, and the type
    that the model tells.
    """
    said = {
        name: {
            "typed": word.typed,
            "value": word.value,
            "code": word.code,
            "sure": f"{word.confidence:.0%}",
            "why": word.reason,
            "differs": word.differs,
        }
        for name, word in read.items()
    }
    if kind.code in TYPES:
        said["type_code"] = {"value": kind.code, "words": TYPES[kind.code], "why": kind.reason}
    return said
