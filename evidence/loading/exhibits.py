"""Files of exhibits and of firearms. A firearm is an exhibit and what is read from the weapon.

What is said of a gun is read as at intake: it is kept under the name it is known by, the words of the file beside.

No row of a file is a leg of custody: nobody handed anything to anybody here. The chain begins with the first hand-over
(see docs/adr/0022), and from then on says who collected the item and where it lies, whatever a later file says.
"""

import json
from functools import lru_cache

from evidence.guns import intake
from evidence.loading import cases
from evidence.loading.blanks import SQUASHED
from evidence.loading.records import Into, Kind
from evidence.models import Exhibit, Firearm

OTHER_KIND = "Kind of item differs from what is here. If this file is right, correct the exhibit on its page."
NOT_A_GUN = (
    "Exhibit number is that of an exhibit here that is no firearm. If this file is right, correct it on its page."
)
NO_NUMBER = (
    "Exhibit number is empty, and no one firearm of this case has this serial number and make. Fill in the number."
)
BOTH = "A serial number that was never there cannot be obliterated. Keep one of the two."
UNREADABLE = "A serial number stands here that names none. Take it out on the exhibit's page first."
CORRECTED = """(
  select coalesce(array_agg(distinct f.name), '{{}}')
    from agencies_auditevent a cross join lateral jsonb_object_keys(a.data->'changes') k(name)
   cross join lateral ({names}) f(name)
   where a.object_type = 'evidence.exhibit' and a.object_id = {exhibit} and a.verb = 'exhibit.corrected')"""
IN_CHAIN = """case when exists (select from evidence_custodyevent c where c.exhibit_id = t.id)
                then '{collected_at,collected_by,storage}'::text[] else '{}' end"""
KEPT = f"{CORRECTED.format(names='select k.name', exhibit='t.id')} || {IN_CHAIN}"
GUN_KEPT = """string_to_array(t.corrected, ',') || case when 'serial' = any(string_to_array(t.corrected, ',')) or
  t.restored_serial <> '' then '{serial_key}'::text[] else '{}' end"""
WORDS = ("make", "model", "caliber", "serial")
# A word that the record has, or was typed as, says nothing new, whatever our tables make of it by now.
NEWS = {
    name: f"s.{name} <> '' and s.{name} is distinct from {SQUASHED.format(f't.{name}')}"
    f" and s.{name} is distinct from t.typed->'{name}'->>'words'"
    for name in WORDS
}
SAYS = {name: f"case when {NEWS[name]} then s.{name}_now end" for name in WORDS}
IS_NEWS = {name: f"{SAYS[name]} is distinct from t.{name} and {NEWS[name]}" for name in WORDS}
TYPED = " || ".join(
    f"case when {IS_NEWS[name]} and not '{name}' = any(coalesce(string_to_array(t.corrected, ','), '{{}}'))"
    f" then jsonb_strip_nulls(jsonb_build_object('{name}', s.typed->'{name}')) else '{{}}'::jsonb end"
    for name in WORDS
)
SAME_NUMBER = "t.incident_id = s.incident_id and t.number = s.number"
# A firearm by its number in words of its own: the case, the serial number and the make, where they name one.
NUMBER_BY_SERIAL = """
update import_record s set number = g.number from (
  select e.incident_id, f.serial_key, upper(f.make) as make, min(e.number) as number
    from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id
   where e.incident_id in (select incident_id from import_record where number = '') and f.serial_key <> ''
   group by 1, 2, 3 having count(*) = 1) g
 where s.number = '' and g.incident_id = s.incident_id and g.serial_key = s.serial_key and g.make = upper(s.make_now)
"""


# The day of review by the rule of its agency, as for an item that is typed in (`queries.review_date`).
REVIEW_ON = """(select least(((coalesce(s.collected_at, i.occurred_at) at time zone a.zone)
                              + make_interval(months => r.months))::date, '9999-12-31'::date)
  from evidence_retentionrule r join agencies_agency a on a.id = r.agency_id
 where r.agency_id = i.agency_id and r.kind = {kind})"""


def texts(*names):
    return {name: f"nullif(s.{name}, '')" for name in names}


ITEM = texts("caliber", "description", "property_number", "storage", "collected_by") | {
    "collected_at": "s.collected_at"
}


# The caliber of the weapon and of the item is one; where they differ here, a file that says either is right.
SAME_CALIBER = """exists (select from evidence_firearm f
  where f.exhibit_id = t.id and s.caliber in (f.caliber, f.typed->'caliber'->>'words'))"""


def exhibit(kind, **also):
    """The Into of the item itself."""
    return Into(
        model=Exhibit,
        match=SAME_NUMBER,
        joins="join evidence_incident i on i.id = s.incident_id",
        told=ITEM | also,
        fixed={
            "incident_id": "s.incident_id",
            "agency_id": "i.agency_id",
            "number": "s.number",
            "kind": kind,
            "review_on": REVIEW_ON.format(kind=kind),
            "created_by_id": "%(by)s::bigint",
            "held_by_id": "i.agency_id",
        },
        otherwise={"collected_at": "i.occurred_at"},
        kept=KEPT,
        verb="exhibit",
    )


def gun(**told):
    """The Into of what is read from the weapon; its caliber is the item's."""
    return Into(
        model=Firearm,
        match="t.exhibit_id = p.id",
        joins="join import_exhibit p on p.row_number = s.row_number",
        when="p.kind = 'firearm'",
        told=told,
        fixed={"exhibit_id": "p.id"},
        kept=GUN_KEPT,
        fields={"type_code": "type"},
    )


def find_exhibits(stage):
    cases.find(stage)
    stage.reject(
        f"exists (select from evidence_exhibit t where {SAME_NUMBER} and t.kind <> s.kind)",
        "kind",
        OTHER_KIND,
        "other_kind",
    )


def find_firearms(stage):
    cases.find(stage)
    stage.execute(NUMBER_BY_SERIAL)
    stage.reject("s.number = ''", "number", NO_NUMBER, "no_number")
    stage.reject(
        f"exists (select from evidence_exhibit t where {SAME_NUMBER} and t.kind <> 'firearm')",
        "number",
        NOT_A_GUN,
        "other_kind",
    )
    stage.reject("s.is_obliterated and s.is_privately_made", "is_privately_made", BOTH, "both")
    stage.reject(
        f"""s.is_privately_made and s.serial_key = '' and exists (
              select from evidence_exhibit t join evidence_firearm f on f.exhibit_id = t.id
               where {SAME_NUMBER} and f.serial <> '' and f.serial_key = '')""",
        "is_privately_made",
        UNREADABLE,
        "unreadable",
    )


@lru_cache(maxsize=65536)
def words_of(make, model, caliber):
    """What is said of guns repeats itself from row to row, but for the number."""
    return intake.read({"make": make, "model": model, "caliber": caliber})


def kept(word):
    return {"words": word.typed, "confidence": round(word.confidence, 2), "reason": word.reason, "kept": word.kept}


def derive_item(run, how):
    """The key of the case, and the name and code of the caliber where the item is a gun."""
    case_key = cases.key_of(run, how)

    def derive(values):
        is_gun = values["kind"] == "firearm" and values["caliber"]
        word = words_of("", "", values["caliber"]).get("caliber") if is_gun else None
        said = json.dumps({"caliber": kept(word)}) if word else "{}"
        return case_key(values["case_number"]), word.value if word else values["caliber"], word and word.code, said

    return derive


def derive_gun(run, how):
    """The key of the case, what the words are called here, and the number: "none" on a privately made one is none."""
    case_key = cases.key_of(run, how)

    def derive(values):
        words = words_of(values["make"], values["model"], values["caliber"])
        if values["serial"]:
            words = words | {"serial": intake.serial(values["serial"], words.get("make"))}
        key = intake.comparable(words["serial"].value) if "serial" in words else ""
        if values["is_privately_made"] and not key:
            words = {name: word for name, word in words.items() if name != "serial"}
        now = [words[name].value if name in words else "" for name in WORDS]
        codes = [words[name].code if name in words else "" for name in ("make", "caliber")]
        said = json.dumps({name: kept(word) for name, word in words.items()})
        return case_key(values["case_number"]), *now, key, *codes, said

    return derive


CALIBER_NOW = "(p.fresh or p.caliber is distinct from p.was_caliber)"
EXHIBITS = Kind(
    TARGETS="exhibit",
    into=(
        exhibit(
            "s.kind",
            caliber=f"case when not {SAME_CALIBER} then nullif(s.caliber_now, '') end",
            count="greatest(s.count, 1)",
            lab_number="nullif(s.lab_number, '')",
        ),
        gun(
            caliber=f"case when {CALIBER_NOW} then nullif(s.caliber_now, '') end",
            caliber_code=f"case when {CALIBER_NOW} then s.caliber_code end",
            typed=f"case when {CALIBER_NOW} then coalesce(t.typed, '{{}}') || s.typed::jsonb end",
        ),
    ),
    key=("incident_id", "number"),
    named="number",
    found={"incident_id": "bigint"},
    derived={"case_key": "text", "caliber_now": "text", "caliber_code": "text", "typed": "jsonb"},
    derive=derive_item,
    resolve=find_exhibits,
    hold=(cases.HOLD, cases.HOLD_EXHIBITS),
    values=cases.sight,
    url="exhibit",
    called=lambda made: f"{made.incident.case_number}/{made.number}",
    called_with=("incident",),
)
FIREARMS = Kind(
    TARGETS="firearm",
    into=(
        exhibit("'firearm'", caliber=f"case when not {SAME_CALIBER} then nullif(s.caliber_now, '') end"),
        gun(
            **texts("importer", "country"),
            **SAYS,
            type_code="nullif(s.type, '')",
            make_code=f"case when {IS_NEWS['make']} then s.make_code end",
            caliber_code=f"case when {IS_NEWS['caliber']} then s.caliber_code end",
            serial_key=f"case when {IS_NEWS['serial']} then s.serial_key end",
            is_obliterated="case when s.is_obliterated or coalesce(t.restored_serial, '') = ''"
            " then s.is_obliterated end",
            is_privately_made="s.is_privately_made",
            has_conversion_device="case when s.has_conversion_device or coalesce(t.conversion_kind, '') = ''"
            " then s.has_conversion_device end",
            typed=f"coalesce(t.typed, '{{}}') || {TYPED}",
        ),
    ),
    key=("incident_id", "number"),
    named="number",
    found={"incident_id": "bigint"},
    derived={"case_key": "text"}
    | {f"{name}_now": "text" for name in WORDS}
    | {"serial_key": "text", "make_code": "text", "caliber_code": "text", "typed": "jsonb"},
    derive=derive_gun,
    resolve=find_firearms,
    hold=(cases.HOLD, cases.HOLD_EXHIBITS),
    values=cases.sight,
    url="exhibit",
    called=lambda made: f"{made.incident.case_number}/{made.number}",
    called_with=("incident",),
)
