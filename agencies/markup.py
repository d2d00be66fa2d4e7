"""The small marks of every page, as escaped markup: icon, badge, agency, stamp, clock, mini gun line, bars.

Pure functions of plain values, in Python rather than in templates because a list draws hundreds of them: fifty clocks
and fifty mini lines cost under three milliseconds. The tags of `templatetags/portal.py` are these functions.
"""

from functools import cache, lru_cache

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join

EMPTY = format_html("{}", "")

# State of a clock -> (words, icon). "ok" and "soon" draw the dial instead of an icon.
CLOCK_STATES = {
    "ok": ("On time", None),
    "soon": ("Due soon", None),
    "late": ("Overdue", "late"),
    "pause": ("Paused", "pause"),
    "done": ("Done", "check"),
}

# Stage of an obligation -> the words beside its clock.
STAGE_WORDS = {
    "acknowledge": "Acknowledge",
    "assign": "Assign",
    "start": "First activity",
    "update": "Update",
    "approve": "Decide",
}

STAMP_WORDS = {False: "UNCONFIRMED", True: "CONFIRMED"}
PARTLY = "PARTLY CONFIRMED"
COLOURS = SHAPES = 5
LONG_CODE = 10
DIAL_LENGTH = 39.0  # circumference of the dial's circle, radius 6.2


@cache
def sprite():
    return static("icons/sprite.svg")


@lru_cache(maxsize=512)
def icon(name, size=""):
    """One line icon of static/icons/sprite.svg; size is "", "14", "16" or "24" (20 px without)."""
    return format_html(
        '<svg class="i{}" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" i{size}" if size else "",
        sprite(),
        name,
    )


@lru_cache(maxsize=64)
def _dial(step):
    """The share of time used, in sixtieths: drawn as an arc."""
    return format_html(
        '<svg class="i dial" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
        '<circle class="t" cx="10" cy="10" r="6.2"/>'
        '<circle class="a" cx="10" cy="10" r="6.2" stroke-dasharray="{} {}" transform="rotate(-90 10 10)"/></svg>',
        round(DIAL_LENGTH * step / 60, 1),
        DIAL_LENGTH,
    )


def badge(text, tone="", icon_name=""):
    """A word in a frame; tone is "", "late", "soon", "good", "pause" or "accent"."""
    return format_html(
        '<span class="badge{}">{}{}</span>',
        f" badge--{tone}" if tone else "",
        icon(icon_name) if icon_name else "",
        text,
    )


def mark_style(mark):
    """(colour 1..5, shape 1..5) of an agency's mark: twenty-five differ before one returns; 0 is the neutral one."""
    if not mark:
        return 0, 1
    column, turn = (mark - 1) % COLOURS, (mark - 1) // COLOURS
    return column + 1, (column + turn) % SHAPES + 1


@lru_cache(maxsize=2048)
def agency(code, mark=0, name=""):
    """An agency by colour, shape and words, never by colour alone; the name, when given, explains the code on hover."""
    colour, shape = mark_style(mark)
    # A name in place of a code is cut where it has no room, and then read on hover.
    title = format_html(' title="{}"', name or code) if len(code) > LONG_CODE or name not in ("", code) else ""
    words = format_html("<span>{}</span>", code) if len(code) > LONG_CODE else code
    return format_html('<span class="ag ag-{} sh-{}"{}>{}</span>', colour, shape, title, words)


def agencies(marks):
    """Several agencies in a row: [(code, mark), ...]."""
    return format_html(
        '<span class="row row--wrap ags">{}</span>', format_html_join(" ", "{}", ((agency(*each),) for each in marks))
    )


@lru_cache(maxsize=512)
def small_stamp(confirmed):
    letter, word, drawing = _stamped(confirmed)
    told = format_html(' title="{} by an examiner"', confirmed) if isinstance(confirmed, str) else ""
    return format_html('<span class="stamp stamp--{} stamp--s"{}>{}<b>{}</b></span>', letter, told, icon(drawing), word)


def _stamped(confirmed):
    """(letter of the style, word, drawing): what is confirmed in part looks and reads as what it is, not confirmed."""
    if isinstance(confirmed, str):
        return "u", PARTLY, "warn"
    return ("c", STAMP_WORDS[True], "seal") if confirmed else ("u", STAMP_WORDS[False], "warn")


def stamp(confirmed, text="", form="small"):
    """Whether a line is confirmed, in one of three forms: "small" in a row, "frame" on paper, "bar" over a page.
    confirmed: true, false, or how far in words ("2 of 10 pairs").
    """
    partly = confirmed if isinstance(confirmed, str) else ""
    if form == "small":
        return small_stamp(partly or bool(confirmed))
    letter, word, drawing = _stamped(partly or bool(confirmed))
    word = f"{word}, {partly}" if partly else word
    if form == "frame":
        words = text or ("by an examiner" if letter == "c" else "investigative lead only")
        return format_html('<span class="stamp stamp--{}">{}<b>{}</b> {}</span>', letter, icon(drawing), word, words)
    words = text or (
        "Confirmed by a firearm examiner."
        if letter == "c"
        else "Investigative lead only, not probable cause by itself."
    )
    return format_html(
        '<div class="stampbar stampbar--{}">{}<b>{}</b><span>{}</span></div>', letter, icon(drawing), word, words
    )


def _receipt(clock, late):
    """The sum behind a clock; its last line is the result."""
    lines = clock["receipt"]
    last = len(lines) - 1
    rows = format_html_join(
        "",
        "<dt{0}>{1}</dt><dd{0}>{2}</dd>",
        (
            ((format_html(' class="tot{}"', " late-t" if late else "") if at == last else ""), label, value)
            for at, (label, value) in enumerate(lines)
        ),
    )
    return format_html('<div class="sum"><dl>{}</dl></div>', rows)


def receipt(clock):
    """The sum of a clock laid open, as on an obligation card; nothing when it has none."""
    return _receipt(clock, clock["state"] == "late") if clock.get("receipt") else EMPTY


def clock(clock, show_stage=True):
    """Stage, state, time left or over; a button that opens the sum when there is one, a link when it has a page.

    `clock` is what `leads.clockface.face` gives ("state", "text", "stage", "share", "due_text"; the first two suffice),
    and, where it can be opened, "receipt" ([(label, value)]) with "id" (unique on the page) and "note", or "url".
    """
    state = clock["state"]
    words, drawing = CLOCK_STATES[state]
    if state == "done" and show_stage and clock.get("stage"):
        words, show_stage = clock["stage"], False  # "Closed 3 Apr", not "Closed Done 3 Apr"
    picture = icon(drawing) if drawing else _dial(min(60, max(0, round(clock.get("share", 0) * 60))))
    named = clock.get("stage", "") if show_stage else ""
    stage = format_html('<span class="st">{}</span> ', STAGE_WORDS.get(named, named)) if named else ""
    inner = format_html("{}{}<b>{}</b> {}", picture, stage, words, clock["text"])
    if clock.get("receipt") and clock.get("id"):
        return format_html(
            '<button class="clock clock--{0}" type="button" popovertarget="{1}">{2}'
            '<span class="vh">. Show the sum</span></button>'
            '<div class="pop" popover id="{1}" role="group" aria-label="Why this time">{3}{4}{5}</div>',
            state,
            clock["id"],
            inner,
            format_html("<p><b>Due {}</b></p>", clock["due_text"]) if clock.get("due_text") else "",
            _receipt(clock, state == "late"),
            format_html('<p class="muted tiny">{}</p>', clock["note"]) if clock.get("note") else "",
        )
    if clock.get("url"):
        return format_html('<a class="clock clock--{}" href="{}">{}</a>', state, clock["url"], inner)
    due = format_html(' title="Due {}"', clock["due_text"]) if clock.get("due_text") else ""
    return format_html('<span class="clock clock--{}"{}>{}</span>', state, due, inner)


@lru_cache(maxsize=1024)
def event_mark(drawing, style, mark=0, dashed=False):
    """The sign of one event: icon and shape by kind ("hom", "nfs", "shot", "rec", "other"), ring by agency, dashed when
    its link is not confirmed."""
    return format_html(
        '<span class="mk mk--{} a{}{}">{}</span>', style, mark_style(mark)[0], " mk--u" if dashed else "", icon(drawing)
    )


def mini(marks, more=0):
    """The gun line of a table row: marks as `leads.gunline.mini` gives them, more the count left out."""
    drawn, words = EMPTY, []
    for each in marks:
        drawn += event_mark(each["icon"], each["mark"], each["agency_mark"], each["dashed"])
        words.append(f"{each['label']} {each['agency']}{', unconfirmed' if each['dashed'] else ''}")
    if more:
        drawn += format_html('<span class="more">+{}</span>', more)
        words.append(f"and {more} more")
    return format_html('<span class="mini" role="img" aria-label="{}">{}</span>', ", ".join(words), drawn)


@lru_cache(maxsize=256)
def score(total):
    """A triage score in its frame; 85 and more filled, 60 and more with a strong line."""
    level = 1 if total >= 85 else 2 if total >= 60 else 3
    return format_html('<span class="score score--{}">{}</span>', level, total)
