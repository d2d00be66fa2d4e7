"""A NIBIN lead letter (Word): the text in reading order, then labels and values, however the author varied them."""

import re

from evidence.imports import fields, wordtext
from evidence.imports.casenumbers import case_key, looks_cut
from evidence.imports.findings import Finding, ImportProblem, shown
from evidence.imports.moments import EARLIEST, MIDNIGHT, at, parse_stamp, parse_time
from evidence.imports.notices import NAMING, Notice, NoticeEvent
from evidence.imports.reading import MESSAGES
from evidence.imports.targets import NOTICE

TABLE = "\f"
MAX_EVENTS = 500
# Blanks are taken as a whole ("*+"): given back one by one, a few hundred of them would take minutes to say no.
EVENT_LINE = re.compile(r"\s*+(?:linked\s++)?event\s*+(?:no\.?|number)?\s*+#?\s*+(\d{1,3})\s*+[:.]?\s*+", re.IGNORECASE)
LEAD_SAID = re.compile(
    r"lead\s*+(?:notification|notice)?\s*+(?:number|no\.?|num|#|id)?\s*+[:#]?\s*+"
    r"([A-Z0-9]{1,12}(?:-[A-Z0-9]{1,12}){0,4})\b",
    re.IGNORECASE,
)
LEAD_SHAPE = re.compile(r"(?<![\w-])(\d{2}-\d{3,5})(?![\w-])")
DATE_SHAPE = re.compile(
    r"(?<![\w-])(\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})(?![\w-])"
)
# Taken out of the head before its own number is looked for.
SUPERSEDES = re.compile(
    r"supersedes\s++(?:nibin\s++)?lead\s*+(?:number|notice|no\.?|#)?+\s*+[:#]?\s*+([A-Z0-9][A-Z0-9-]{1,39})",
    re.IGNORECASE,
)
SITE_SHAPE = re.compile(r"\s*+(?:nibin\s++)?(?:site|laboratory|lab)\s*+:\s*+(.+)", re.IGNORECASE)
PHRASE = re.compile(r"\s*+([A-Za-z][A-Za-z /.#]{2,34}?)\s*[:\t]\s*(.*)", re.DOTALL)
NOT_LABEL = re.compile(r"[^a-z]+")
LABELS = {
    "lab_number": "wsp case number|wsp case no|wsp case|lab case number|laboratory case number|laboratory number|lab "
    "number|lab case",
    "case_number": "case number|case no|case|agency case number|agency case no|incident number|case numbers",
    "exhibit": "exhibit number|exhibit no|exhibit|exhibits|item number|item|exhibit numbers",
    "offense": "offense|offence|crime|offense type",
    "evidence": "evidence|evidence type|evidence description",
    "occurred": "date|date of offense|date of incident|offense date|incident date|date occurred|date time|date and "
    "time",
    "time": "time|time of offense|time occurred",
    "location": "location|address|location of offense|incident location",
    "agency": "agency|law enforcement agency|department|agency name",
    "ori": "ori|agency ori",
    "calibre": "caliber|calibre|cal",
    "detective": "assigned detective|detective|investigator|assigned investigator|case detective|assigned to",
    "contact": "contact info|contact information|contact|phone|contact details|contact number",
    "confirmed": "confirmed|confirmed hit",
    "existing_leads": "existing lead numbers|existing lead number|existing lead no|existing leads|existing lead|other "
    "lead numbers|other leads|related lead numbers|related leads",
    "supersedes": "supersedes|supersedes lead|supersedes lead number|supersedes lead no|supersedes notice",
}
NAMES = {"events": "Events", "occurred": "Date of the event", "time": "Time of day"}
FIRST_LABELS = {"lab_number", "case_number", "exhibit", "offense", "agency", "ori"}
PLAIN = ("agency", "lab_number", "exhibit", "evidence", "offense", "location", "calibre", "detective", "contact")
LABEL_OF = {label: name for name, labels in LABELS.items() for label in labels.split("|")}


def parse_letter(content, *, file_name, zone, today, found):
    """The Notice of one letter.

    content: bytes of a .docx. file_name: may carry the lead number and the date. zone, today, found: as in
    incidents.parse; the row of a finding is the number of the event, 0 for the head. Raises ImportProblem when it is
    no such letter.
    """
    lines = _lines(content)
    naming = [line for line in lines if line[0] in NAMING]
    head, groups = _grouped([line for line in lines if line[0] not in NAMING])
    if not groups:
        raise ImportProblem(
            "No event table was found in this letter. It must have a table with rows such as Case Number and Agency."
        )
    superseded = [match[1] for line in head if (match := SUPERSEDES.search(line))]
    notice = _head([SUPERSEDES.sub("", line) for line in head], file_name, today, found)
    for label, text in [*naming, *(("supersedes", text) for text in superseded)]:
        notice.name(0, text[: fields.MAX_TEXT], NAMING[label])
    for number, group in enumerate(groups, 1):
        notice.events.append(_event(number, group, zone, today, found))
    if len(notice.events) < 2:
        message = "A lead links at least two events; only one was found. Compare it with the letter."
        _tell(found, 0, "events", str(len(notice.events)), "review", "one_event", message)
    return notice


def _lines(content):
    """[(label or "", text)] in reading order; a form feed stands where a table begins."""
    lines = []
    for piece in wordtext.pieces(content):
        label = _label(piece[0]) if len(piece) >= 2 else None
        if label:
            lines.append((label, " ".join(filter(None, piece[1:]))))
        elif not piece:
            lines.append(("", TABLE))
        for text in () if label else piece:
            _split_phrases(text, lines)
    return lines


def _split_phrases(text, lines):
    for line in text.split("\n"):
        match = PHRASE.fullmatch(line)
        label = _label(match[1]) if match else None
        lines.append((label, match[2].strip()) if label else ("", line.strip()))


def _label(text):
    return LABEL_OF.get(NOT_LABEL.sub(" ", text.lower()).strip()) if len(text) <= 40 else None


def _grouped(lines):
    """The lines of the head, and for each event its {label: value}.

    An EVENT line begins the next event; where a letter has none, a new table does; a label that comes again always
    does.
    """
    has_lines = any(not label and EVENT_LINE.fullmatch(text) for label, text in lines)
    head, groups, current, in_head = [], [], None, True
    for label, text in lines:
        if not label and EVENT_LINE.fullmatch(text):
            current, in_head = None, False
        elif not label and text == TABLE:
            current = current if has_lines else None
        elif in_head and (not label or has_lines or label not in FIRST_LABELS):
            head.append(text)
        elif label:
            if current is None or label in current:
                current, in_head = {}, False
                groups.append(current)
            current[label] = text
    if len(groups) > MAX_EVENTS:
        raise ImportProblem("This Word file has more events than a lead letter. Check that the right file was chosen.")
    return head, [group for group in groups if {"case_number", "lab_number", "agency"} & set(group)]


def _head(lines, file_name, today, found):
    text = "\n".join(lines)
    in_body, in_name = _lead_number(text), _lead_number(file_name.replace("_", " "))
    number = in_body or in_name
    if not number:
        raise ImportProblem("No lead number was found in this letter nor in its name. Write it as Lead Number: 26-077.")
    if in_body and in_name and case_key(in_body) != case_key(in_name):
        _tell(found, 0, "lead_number", f"{in_body} / {in_name}", "review", "two_numbers",
              "Letter and file name carry different lead numbers. The letter's is taken; check it.")  # fmt: skip
    day = _first_date(text) or _first_date(file_name.replace("_", " "))
    if day is None or not EARLIEST <= day <= today:
        _tell(found, 0, "notice_date", str(day or ""), "review", "notice_date",
              "The letter has no date that can be read. Enter the date of the notice.")  # fmt: skip
        day = None
    site = next((match[1].strip() for line in lines if (match := SITE_SHAPE.fullmatch(line))), "")
    return Notice(number, case_key(number), day, fields.parse_text(site)[0][: fields.MAX_TEXT])


def _lead_number(text):
    for match in LEAD_SAID.finditer(text):
        if any(character.isdigit() for character in match[1]) and not DATE_SHAPE.fullmatch(match[1]):
            return match[1].upper()
    match = LEAD_SHAPE.search(text)
    return match[1] if match else ""


def _first_date(text):
    return next((stamp.day for match in DATE_SHAPE.finditer(text) if (stamp := parse_stamp(match[1])).day), None)


def _event(number, group, zone, today, found):
    texts = {name: _clean(number, name, group.get(name, ""), found) for name in LABELS}
    written = texts["case_number"]
    key, doubt = case_key(written), looks_cut(written) if written else ""
    if not key or doubt:
        message = MESSAGES["no_case"] if not key else MESSAGES[doubt]
        _tell(found, number, "case_number", written, "review", doubt or "no_case", f"The case number {message}")
    occurred_at, known = _occurred(number, texts, zone, today, found)
    plain = {name: texts[name] for name in PLAIN}
    return NoticeEvent(
        number,
        written,
        key,
        doubt,
        ori=texts["ori"].upper().replace(" ", ""),
        occurred_at=occurred_at,
        time_known=known,
        event_type=fields.event_type_of(texts["offense"][:200])[0],
        confirmed=fields.parse_confirmed(texts["confirmed"][:60])[0],
        **plain,
    )


def _clean(number, name, text, found):
    value, fault = fields.parse_text(text[: fields.MAX_TEXT + 1])
    if fault == "long":
        message = f"This is longer than {fields.MAX_TEXT} characters and was cut. Check it."
        _tell(found, number, name, text, "review", "long", message)
        return value[: fields.MAX_TEXT]
    return value


def _occurred(number, texts, zone, today, found):
    text = texts["occurred"]
    if not text:
        return None, False
    stamp = parse_stamp(text[:60])
    if stamp.day is None or not EARLIEST <= stamp.day <= today:
        message = "This date cannot be read or lies outside of 1980 to today. Enter it by hand."
        _tell(found, number, "occurred", text, "review", "date", message)
        return None, False
    time = stamp.time or parse_time(texts["time"][:60])[0]
    return at(stamp.day, time or MIDNIGHT, zone)[0], time is not None


def _tell(found, event, name, value, level, code, message):
    found(Finding(event, "", NAMES.get(name) or NOTICE[name].label, shown(value), level, code, message))
