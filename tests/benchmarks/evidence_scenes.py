"""The incidents of the crowd's agencies and the two guns that were found at each, as statements like those of
`evidence_rows`. Numbers of guns are as makers stamp them, so that some beginnings are in very many of them.
"""

from itertools import accumulate

from evidence.models import Exhibit, Firearm, Incident
from leads.demo.crowd import KINDS, WEIGHTS, YEARS
from leads.demo.map import KM_LAT, KM_LNG, NAMES, ORIGIN_LAT, ORIGIN_LNG

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
MAKES = {"Glock": 30, "Taurus": 18, "Smith & Wesson": 18, "Ruger": 14, "SIG Sauer": 9, "Hi-Point": 9, "Kimber": 1}
SPAN = f"interval '{365 * YEARS - 1} days'"


def chance(what, of):
    """0 to `of` - 1, spread over the values of an expression."""
    return f"mod(({what})::bigint * 7919 + 13, {of})"


def among(what, of, *shares):
    """The first of ((below, SQL), ...) whose share of `of` the chance falls into; the last has no share."""
    whens = " ".join(f"when {chance(what, of)} < {below} then {sql}" for below, sql in shares[:-1])
    return f"case {whens} else {shares[-1]} end"


def weighted(what, values, weights):
    """One of some words, each as often as it weighs."""
    whole = [round(1000 * each / sum(weights)) for each in weights]
    return among(what, 1000, *((below, f"'{value}'") for value, below in zip(values, accumulate(whole), strict=True)),
                 f"'{values[0]}'")  # fmt: skip


def _some(pattern):
    """A number by its pattern: A a letter, 9 a digit, the rest as it stands, of the row's own `h` and `d`."""
    parts, letters, digits = [], 0, 0
    for each in pattern:
        if each == "A":
            parts.append(f"substr('{LETTERS}', 1 + mod(x.h / {24**letters}, 24)::int, 1)")
            letters += 1
        elif each == "9":
            digits += 1
            parts.append(f"substr(x.d, {digits}, 1)")
        else:
            parts.append(f"'{each}'")
    return " || ".join(parts)


def _either(*patterns):
    whens = " ".join(f"when {place} then {_some(each)}" for place, each in enumerate(patterns))
    return f"case mod(x.h / 1000003, {len(patterns)}) {whens} end"


STAMPED = {
    "Glock": _some("AAAA999"),
    "Taurus": _either("TAA99999", "AAA999999"),
    "Smith & Wesson": _some("AAA9999"),
    "Ruger": _either("300-99999", "315-99999", "9999999"),
    "SIG Sauer": _some("66A999999"),
    "Hi-Point": _some("P99999999"),
    "Kimber": _some("K999999"),
}
STAMP = " ".join(f"when '{make}' then {sql}" for make, sql in STAMPED.items())
# One in twenty has no number, one in two hundred has a character that nobody could read.
GUNS = f"""
from (select y.*, case mod(y.h / 7919, 200) when 0 then overlay(y.stamped placing '?' from 1 + mod(y.h, 6)::int for 1)
                  else y.stamped end as serial
        from (select x.*, case when mod(x.h / 104729, 20) = 0 then '' else case x.make {STAMP} end end as stamped
                from (select e.id as exhibit, {weighted("e.id", list(MAKES), MAKES.values())} as make,
                             hashint8extended(e.id, 7) & 9223372036854775807 as h,
                             lpad(mod(hashint8extended(e.id, 11) & 9223372036854775807, 1000000000)::text, 9, '0') as d
                        from evidence_exhibit e where e.kind = 'firearm') x) y) g
 order by g.exhibit
"""
STREETS = "array['" + "','".join(NAMES) + "']"
SCENES = [
    (Incident, {"agency_id": "b.agency", "case_number": "b.number", "case_key": "replace(b.number, '-', '')",
                "kind": weighted("b.n", KINDS, WEIGHTS), "occurred_at": "b.at", "time_known": "true",
                "offense": "'Gunfire'",
                "address": f"""(100 * (1 + {chance("b.n", 59)}))::text || ' block of '
                               || ({STREETS})[1 + {chance("b.n * 3", len(NAMES))}] || ' Street'""",
                "lat": f"{ORIGIN_LAT} + {chance('b.n', 9973)} * {20 / KM_LAT / 9973}",
                "lng": f"{ORIGIN_LNG} + {chance('b.n * 5 + b.agency', 9967)} * {20 / KM_LNG / 9967}",
                "created_by_id": "b.person", "created_at": "b.at", "updated_at": "b.at"},
     f"""from (select w.*, w.code || to_char(w.at, '-YY-') || lpad(w.n::text, 6, '0') as number
                 from (select t.id as agency, t.code, t.person, n,
                              date_trunc('minute', %(at)s - {SPAN} + (n - 0.5) / s.scenes * {SPAN}) as at
                         from share s join town t on t.id = s.agency_id
                         cross join lateral generate_series(1, s.scenes) n) w) b order by b.agency, b.n"""),
    (Exhibit, {"incident_id": "i.id", "agency_id": "i.agency_id", "number": "(p + 1)::text", "kind": "'firearm'",
               "caliber": "'9 mm'", "collected_at": "i.occurred_at + (30 + p) * interval '1 minute'",
               "created_by_id": "i.created_by_id", "created_at": "i.occurred_at + (30 + p) * interval '1 minute'",
               "review_on": "case p when 1 then (i.occurred_at + interval '730 days')::date end",
               "in_nibin": f"{chance('i.id * 2 + p', 100)} < 70"},
     "from evidence_incident i cross join generate_series(0, 1) p order by i.id, p"),
    (Firearm, {"exhibit_id": "g.exhibit", "make": "g.make", "model": "'19'", "caliber": "'9 mm'", "type_code": "'PI'",
               "serial": "g.serial", "is_privately_made": "g.serial = ''",
               "serial_key": """case when g.serial like '%%?%%' then ''
                                     else translate(replace(g.serial, '-', ''), 'O', '0') end"""}, GUNS),
]  # fmt: skip
