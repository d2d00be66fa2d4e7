"""Minutes of a lead review as pages for the typesetter (`packets/packet.typ`), from what their page on screen shows."""

from zoneinfo import ZoneInfo

from leads.packets.blocks import table
from leads.packets.paper import HANDLING, LEAD_ONLY

SAID = (
    "A link between events is a link of a gun, not of a person. What is written here may have to be disclosed to the "
    "defense."
)
# What the state of an action item is called in a table, where a screen has a badge.
STATES = {"done": "Done", "dropped": "Dropped", "late": "Overdue", "soon": "Due soon", "open": "Open"}
GIVEN = (
    ("What", 3, lambda each: each["action"].what),
    ("Who", 2, lambda each: each["owner"]),
    ("Due", 2, lambda each: each["due"]),
    ("State", 2, lambda each: ". ".join(filter(None, (STATES[each["state"]], each["ended"], each["result"])))),
)
CARRIED = (("Lead", 2, lambda each: each["action"].lead.number), *GIVEN)


def pages(context, reader, now):
    """The data of the typesetter. context: that of templates/leads/minutes.html; the day on it is that of the minutes
    while they may change, else of when the chair closed them, so that the same minutes are the same bytes.
    """
    meeting, closed = context["meeting"], context["is_closed"]
    at = (meeting.ended_at if closed else now).astimezone(ZoneInfo("UTC"))
    confirmed = context["confirmed"]
    state = "As the chair closed it" if closed else "Draft: the chair has not closed the meeting"
    return {
        "title": "Minutes of the lead review", "subtitle": f"{context['when']}. {state}.",
        "agency": meeting.agency.name, "number": f"Lead review of {context['when']}",
        "keywords": ["lead review", meeting.agency.name], "bates": "", "handling": HANDLING,
        "stamp": "CONFIRMED" if confirmed else "UNCONFIRMED", "confirmed": confirmed,
        "stamp_words": "" if confirmed else LEAD_ONLY, "caveat": SAID, "contents": False, "watermark": "", "letter": "",
        "cover": [[label, str(value)] for label, value in (*context["facts"], ("Only the leads seen by", str(reader)))],
        "sections": _sections(context),
        **{name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute", "second")},
    }  # fmt: skip


def _sections(context):
    meeting = context["meeting"]
    off = [f"{each.lead.number}: {each.removed_why} ({each.removed_by})" for each in context["taken_off"]]
    made = [
        ("Carried over", [table("Carried over", CARRIED, context["carried"])] if context["carried"] else []),
        *((heading, [block for line in lines for block in _heard(line)]) for heading, lines in context["sections"]),
        ("Taken off", _texts(off)),
        ("Not on the agenda", _texts(context["left_out"])),
        ("Closing words", _texts([meeting.summary] if meeting.summary else [])),
    ]
    found = [{"name": heading, "title": heading, "blocks": blocks} for heading, blocks in made if blocks]
    nothing = [{"kind": "text", "text": "No lead that you see was heard."}]
    return found or [{"name": "nothing", "title": "Agenda", "blocks": nothing}]


def _heard(line):
    """One lead: why it was heard, what was decided and given out."""
    yield {"kind": "heading", "text": f"{line['lead'].number}: {line['lead'].link_words}"}
    yield {"kind": "text", "text": " ".join(f"{rule}: {words}." for rule, words in line["reasons"])}
    for each in line["decisions"]:
        yield {"kind": "note", "text": f"Decided: {each['decision'].text} ({each['by']}, {each['when']})"}
        if each["actions"]:
            yield table("Given out", GIVEN, each["actions"])


def _texts(words):
    return [{"kind": "text", "text": each} for each in words]
