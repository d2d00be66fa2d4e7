"""A trace request: what ATF Form 3312.1 asks for and in which order, what it cannot do without, and what can be added
to one that came back. Pure: values in, sentences out. One table of rules serves the server and the browser.

Source of the parts and of what is required: the editions of Oct 2006 and Feb 2018; numbers after 6p were not seen and
are not given. City, state and date of the recovery are the portal's own demand: without them nothing is computed.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple


class Part(NamedTuple):
    """numeral and title as on the form; fields: (name, number on the form or "", label)."""

    numeral: str
    title: str
    says: str
    fields: tuple


class Rule(NamedTuple):
    """`field` must be filled, always or only when `when` holds one of `values` ("*": anything; with `other`: anything
    else). sentence: what to do.
    """

    field: str
    sentence: str
    when: str = ""
    values: tuple = ()
    other: bool = False


class Fault(NamedTuple):
    field: str
    sentence: str


PARTS = (
    Part("I", "Initiation", "", (
        ("priority", "1b", "Priority"),
        ("justification", "1b", "Why it is urgent"),
        ("instructions", "1c", "Special instructions"),
    )),
    Part("II", "Crime code", "", (
        ("crime_code", "2a", "NCIC crime code"),
        ("project_code", "2b", "Project code"),
        ("project_title", "2b", "Project or initiative"),
    )),
    Part("III", "ATF agent", "Only when ATF itself asks for the trace.", (
        ("atf_org", "3a", "Organization code"),
        ("atf_phone", "3b", "Phone"),
        ("atf_email", "3b", "E-mail"),
        ("atf_agent", "3c", "Agent"),
        ("atf_badge", "3d", "Badge"),
        ("atf_case", "3e", "ATF case number"),
        ("atf_office", "3f", "Field office"),
    )),
    Part("IV", "Requesting agency", "", (
        ("ori", "4a", "ORI"),
        ("phone", "4b", "Phone"),
        ("fax", "4b", "Fax"),
        ("email", "4b", "E-mail"),
        ("officer", "4c", "Officer"),
        ("badge", "4d", "Badge"),
        ("case_number", "4e", "Agency case number"),
        ("unit", "4f", "Department or unit"),
        ("mail_address", "4g", "Mailing address"),
    )),
    Part("V", "Firearm", "As it reads on the gun: the serial number from the frame or receiver.", (
        ("serial", "5a", "Serial number"),
        ("is_obliterated", "5b", "The serial number is obliterated"),
        ("make", "5c", "Manufacturer"),
        ("type_code", "5d", "Type"),
        ("caliber", "5e", "Caliber"),
        ("model", "5f", "Model"),
        ("country", "5g", "Country of origin"),
        ("importer", "5h", "Importer"),
        ("markings", "5i", "Additional markings"),
    )),
    Part("VI", "Possessor", "Who had the gun. What is not known stays empty.", ()),
    Part("VII", "Associates", "People with the possessor, each on a line of their own.", ()),
    Part("VIII", "Recovery", "Where and when the gun was taken.", (
        ("recovered_on", "", "Recovered on"),
        ("recovered_route", "", "Route"),
        ("recovered_number", "", "Number"),
        ("recovered_direction", "", "Direction"),
        ("recovered_street", "", "Street"),
        ("recovered_apt", "", "Apartment"),
        ("recovered_city", "", "City"),
        ("recovered_county", "", "County"),
        ("recovered_state", "", "State"),
        ("recovered_zip", "", "ZIP code"),
        ("recovered_vehicle", "", "Vehicle"),
        ("recovered_more", "", "Additional information"),
    )),
    Part("IX", "Obliterated serial number", "Only when the number is obliterated. Write NONE where there is nothing.", (
        ("partial_serial", "", "Characters that can be read"),
        ("obliteration_method", "", "How it was removed"),
        ("barrel_length", "", "Barrel length"),
        ("finish", "", "Finish"),
        ("other_numbers", "", "Other numbers, and where"),
    )),
)  # fmt: skip
FIELDS = tuple(name for part in PARTS for name, _number, _label in part.fields)
LABELS = {name: label for part in PARTS for name, _number, label in part.fields}
NUMBERS = {name: number for part in PARTS for name, number, _label in part.fields}

AT_HOME = ("US", "USA")
YES = ("True",)
RULES = (
    Rule("priority", "Choose routine or urgent."),
    Rule("justification", "Say why it is urgent: the tracing center asks.", "priority", ("urgent",)),
    Rule("crime_code", "Give the NCIC crime code, such as 5212."),
    Rule("atf_org", "Give the organization code when ATF asks.", "atf_agent", ("*",)),
    Rule("ori", "Give the ORI of the agency."),
    Rule("case_number", "Give the agency's case number."),
    Rule("serial", "Give the serial number, or say that it is obliterated.", "is_obliterated", YES, True),
    Rule("make", "Give the manufacturer."),
    Rule("type_code", "Choose the type."),
    Rule("caliber", "Give the caliber."),
    Rule("model", "Give the model. Write UNKNOWN when the gun shows none."),
    Rule("country", "Give the country of origin, US for the United States."),
    Rule("importer", "Give the importer: the gun is not from the United States.", "country", ("", *AT_HOME), True),
    Rule("recovered_on", "Give the day of the recovery."),
    Rule("recovered_city", "Give the city of the recovery."),
    Rule("recovered_state", "Give the state of the recovery."),
    Rule("partial_serial", "Give the characters that can be read, or NONE.", "is_obliterated", YES),
    Rule("obliteration_method", "Say how the number was removed.", "is_obliterated", YES),
    Rule("barrel_length", "Give the length of the barrel.", "is_obliterated", YES),
    Rule("finish", "Give the finish.", "is_obliterated", YES),
    Rule("other_numbers", "Say where other numbers stand, or NONE.", "is_obliterated", YES),
)
SHAPES = {
    "crime_code": (r"\d{4}", "An NCIC crime code has four digits."),
    "ori": (r"[A-Z]{2}[A-Z0-9]{7}", "An ORI has two letters, then seven capitals or digits."),
    "country": (r"[A-Z]{2,3}", "Give the country by its letters, such as US or AT."),
    "recovered_state": (r"[A-Z]{2}", "Give the state by its two letters."),
    "recovered_zip": (r"\d{5}(-\d{4})?", "A ZIP code has five digits, or nine with a hyphen."),
}
NO_NUMBER = {"NONE", "NA", "UNKNOWN", "NOSERIAL", "NOSERIALNUMBER", "PMF", "UNSERIALIZED"}
HOMEMADE = {"PMF", "HOMEMADE", "PRIVATELYMADE", "PRIVATELYMADEFIREARM", "GHOSTGUN"}
UNTRACEABLE = (
    "A privately made firearm without a serial number cannot be traced. Test-fire it and enter it in NIBIN; it stays "
    "counted here."
)

# What somebody here can do about a trace that came back short, by its reason; the other reasons leave nothing to add.
ADDABLE = {
    "serial_invalid": "Read the number again from the frame or receiver, then ask again.",
    "serial_obliterated": "Have the laboratory restore the number, or complete part IX, then ask again.",
    "serial_not_found_mfr": "Check manufacturer, model and number against the gun, then ask again.",
    "importer_unknown": "Find the importer's name on frame, slide or barrel, then ask again.",
    "ffl_no_response": "The dealer has had time to answer. Ask again.",
    "need_more_info": "Add what the tracing center asked for, then ask again.",
}


def text(value) -> str:
    """A value as the rules compare it: text without outer blanks; True as "True", False and None as ""."""
    return "" if value is None or value is False else str(value).strip()


def is_needed(rule: Rule, values: Mapping) -> bool:
    """Whether a field must be filled, as the others stand."""
    if not rule.when:
        return True
    found = text(values.get(rule.when))
    holds = found in rule.values or ("*" in rule.values and bool(found))
    return holds != rule.other


def faults(values: Mapping) -> list[Fault]:
    """What keeps a request from being sent, in the order of the form; [] when it is ready.

    values: by names of FIELDS, text, bool, date or None; also is_privately_made of the gun.
    """
    if is_untraceable(values):
        return [Fault("serial", UNTRACEABLE)]
    found = [
        Fault(rule.field, rule.sentence)
        for rule in RULES
        if not text(values.get(rule.field)) and is_needed(rule, values)
    ]
    for name, (shape, sentence) in SHAPES.items():
        written = text(values.get(name))
        if written and not re.fullmatch(shape, written):
            found.append(Fault(name, sentence))
    return sorted(found, key=lambda fault: FIELDS.index(fault.field))


def is_untraceable(values: Mapping) -> bool:
    """Whether a gun was made at home and never had a number: nobody has a record of it."""
    homemade = bool(values.get("is_privately_made")) or _folded(values.get("make")) in HOMEMADE
    serial = _folded(values.get("serial"))
    return homemade and not values.get("is_obliterated") and (not serial or serial in NO_NUMBER)


def _folded(value):
    return re.sub(r"[^A-Z0-9]", "", text(value).upper())


def script_rules() -> list[dict]:
    """The rules as the script of the form takes them."""
    return [rule._asdict() for rule in RULES]
