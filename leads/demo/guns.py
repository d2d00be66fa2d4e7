"""What is known of the guns: as they were typed and are called, checked for theft, restored, recovered twice."""

import json
import random
from datetime import timedelta

from django.db import connection

from evidence.guns import intake
from evidence.models import FirearmPair

# By caliber: make, model, as somebody typed the two, NCIC type, how many of a hundred.
GUNS = {
    "9 mm": (
        ("Glock", "19", "Glok", "19", "PI", 22), ("Glock", "17", "glock", "G17", "PI", 10),
        ("Taurus", "G2C", "Taurus", "G2c", "PI", 16), ("Smith & Wesson", "SD9VE", "S&W", "SD9VE", "PI", 12),
        ("Ruger", "EC9s", "Sturm Ruger", "EC9S", "PI", 9), ("Sig Sauer", "P365", "Sig", "P365", "PI", 8),
        ("Hi-Point", "C9", "hi point", "C9", "PI", 8), ("SCCY", "CPX-2", "SCCY", "CPX2", "PI", 7),
        ("Canik", "TP9SF", "Canik", "TP9SF", "PI", 5), ("Kel-Tec", "P-11", "Keltec", "P11", "PI", 3),
    ),
    ".40 S&W": (
        ("Glock", "22", "Glock", "22", "PI", 30), ("Smith & Wesson", "SD40VE", "Smith and Wesson", "SD40VE", "PI", 30),
        ("Springfield Armory", "XD-40", "Springfield", "XD40", "PI", 20),
        ("Taurus", "PT140", "Taurus", "PT 140", "PI", 20),
    ),
    ".45 Auto": (
        ("Glock", "21", "Glock", "21", "PI", 30), ("Springfield Armory", "XDS", "Springfield", "XDS", "PI", 25),
        ("Colt", "1911", "Colt", "1911", "PI", 25), ("Hi-Point", "JHP", "Hipoint", "JHP", "PI", 20),
    ),
    ".380 Auto": (
        ("Ruger", "LCP", "Ruger", "LCP", "PI", 40), ("Bersa", "Thunder 380", "Bersa", "Thunder 380", "PI", 25),
        ("Jimenez Arms", "JA-380", "Jiminez", "JA 380", "PI", 20), ("Kel-Tec", "P-3AT", "Kel Tec", "P3AT", "PI", 15),
    ),
    ".22 LR": (
        ("Heritage", "Rough Rider", "Heritage", "Rough Rider", "PR", 40),
        ("Walther", "P22", "Walther", "P22", "PI", 35),
        ("Ruger", "10/22", "Ruger", "10-22", "RI", 25),
    ),
    ".38 Spl": (
        ("Charter Arms", "Undercover", "Charter Arms", "Undercover", "PR", 50),
        ("Rossi", "461", "Rossi", "461", "PR", 20),
        ("Smith & Wesson", "36", "S & W", "Mod 36", "PR", 30),
    ),
    ".223 Rem": (
        ("Anderson Manufacturing", "AM-15", "Anderson", "AM15", "RI", 55),
        ("Palmetto State Armory", "PA-15", "PSA", "PA15", "RI", 45),
    ),
    "12 ga": (("Mossberg", "500", "Mosberg", "500", "SP", 50), ("Remington", "870", "Remington", "870", "SP", 50)),
}  # fmt: skip
IMPORTED = {"Taurus": ("BR", "Taurus International, Miami FL"), "Canik": ("TR", "Century Arms"), "Bersa": ("AR", "")}
KINDS = ("switch", "switch", "switch", "auto_sear", "link")
THEFT = {"not_stolen": 0.62, "stolen": 0.08}
ROWS = """
select f.id, f.serial, f.caliber, f.is_obliterated, f.is_privately_made, f.has_conversion_device, e.agency_id, a.code,
       e.created_at, e.created_by_id
  from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id join agencies_agency a on a.id = e.agency_id
 order by e.created_at, f.id"""
WRITE = """
update evidence_firearm f set {sets}
  from jsonb_to_recordset(%s::jsonb) as n(id bigint, {columns}) where n.id = f.id"""
# As evidence.models.firearm.COMPARED_AS says: nothing waits to be compared.
COMPARED = """
update evidence_firearm set compared_as = left(
  concat(serial_key, '|', make, '|', caliber, '|', is_privately_made::varchar, is_obliterated::varchar), 160)"""
COLUMNS = {
    "make": "text", "make_code": "text", "model": "text", "caliber_code": "text", "type_code": "text", "serial": "text",
    "serial_key": "text", "importer": "text", "country": "text", "markings": "jsonb", "typed": "jsonb",
    "conversion_kind": "text", "restored_serial": "text", "restored_by": "text", "restored_on": "date",
    "stolen_status": "text", "stolen_reference": "text", "stolen_checked_at": "timestamptz",
    "stolen_checked_by_id": "bigint",
}  # fmt: skip
# What two records of one gun have in common, beside the number.
SHARED = ("make", "make_code", "model", "type_code", "typed", "importer", "country", "markings")
# Which pairs of agencies recovered one gun twice, and what was said of it.
TWICE = (
    ("PAPD", "PAPD", "suggested", "serial"),
    ("PAPD", "GMPD", "suggested", "misread"),
    ("PAPD", "WCSO", "same", "serial"),
    ("PAPD", "PAPD", "different", "serial"),
)


class Guns:
    """Describes the firearms that are there. It draws its own numbers, so that the rest of the city stays as it is."""

    def __init__(self, store, seed, desks, at):
        self.store, self.rng, self.desks, self.at = store, random.Random(f"guns {seed}"), desks, at

    def fill(self):
        """All rows of firearms and exhibits are written; who sees them is derived afterwards."""
        with connection.cursor() as cursor:
            cursor.execute(ROWS)
            names = [column.name for column in cursor.description]
            guns = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        for gun in guns:
            gun["set"] = self._described(gun) | self._checked(gun)
        pairs = self._twice(guns)
        said = [{"id": gun["id"], **gun["set"]} for gun in guns]
        sets = ", ".join(f"{name} = n.{name}" for name in COLUMNS)
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        with connection.cursor() as cursor:
            cursor.execute(WRITE.format(sets=sets, columns=columns), [json.dumps(said, default=str)])
            cursor.execute(COMPARED)
        for values in pairs:
            self.store.add(FirearmPair, **values)
        self.store.close()

    def _described(self, gun):
        rng = self.rng
        offered = GUNS[gun["caliber"]]
        make, model, typed_make, typed_model, kind, _ = rng.choices(offered, [each[-1] for each in offered])[0]
        if gun["is_privately_made"]:
            make, model, typed_make, typed_model = rng.choice(
                (("Polymer80", "PF940C", "P80", "PF940C"), ("Privately made", "", "Privately made", ""))
            )
        plain = rng.random() < 0.5
        typed = {"make": make if plain else typed_make, "model": model if plain else typed_model}
        serial = gun["serial"]
        if serial and rng.random() < 0.03:
            serial = f"{serial[:4]}?{serial[5:]}"
        typed |= {"caliber": gun["caliber"], "serial": serial if rng.random() < 0.7 else serial.lower()}
        words = intake.read(typed)
        country, importer = IMPORTED.get(make, ("US", ""))
        return {
            "make": words["make"].value,
            "make_code": words["make"].code,
            "model": words["model"].value if "model" in words else "",
            "caliber_code": words["caliber"].code,
            "type_code": kind,
            "serial": serial,
            "serial_key": intake.comparable(serial),
            "importer": importer,
            "country": country,
            "markings": self._markings(make, country),
            "typed": {
                name: {"words": word.typed, "confidence": word.confidence, "reason": word.reason, "kept": False}
                for name, word in words.items()
            },
            "conversion_kind": rng.choice(KINDS) if gun["has_conversion_device"] else "",
        } | self._restored(gun)

    def _markings(self, make, country):
        if self.rng.random() > 0.2:
            return []
        return [{"where": "slide", "text": make.upper()}, {"where": "frame", "text": f"MADE IN {country}"}]

    def _restored(self, gun):
        rng = self.rng
        if not gun["is_obliterated"] or rng.random() < 0.5:
            return {"restored_serial": "", "restored_by": "", "restored_on": None}
        number = f"XX{rng.randrange(10**6):06d}"
        on = min(gun["created_at"] + timedelta(days=rng.uniform(3, 20)), self.at).date()
        by = "Edda Quill, acid etching"
        return {"restored_serial": number, "restored_by": by, "restored_on": on, "serial_key": number.replace("O", "0")}

    def _checked(self, gun):
        rng = self.rng
        status = rng.choices([*THEFT, "not_checked"], [*THEFT.values(), 1 - sum(THEFT.values())])[0]
        if status == "not_checked":
            at, by = None, None
        else:
            at, by = min(gun["created_at"] + timedelta(hours=rng.uniform(1, 30)), self.at), gun["created_by_id"]
        return {
            "stolen_status": status,
            "stolen_reference": f"G{rng.randrange(10**9):09d}" if status == "stolen" else "",
            "stolen_checked_at": at and at.isoformat(),
            "stolen_checked_by_id": by,
        }

    def _twice(self, guns):
        """Pairs of records of one gun: the second gets the description of the first, the number perhaps misread."""
        free = [gun for gun in guns if len(gun["set"]["serial_key"]) > 6 and not gun["is_obliterated"]]
        return [pair for each in TWICE if (pair := self._pair(free, *each))]

    def _pair(self, free, code, other_code, status, basis):
        rng = self.rng
        for second in reversed(free):
            firsts = [
                gun
                for gun in free
                if gun["code"] == code
                and gun["caliber"] == second["caliber"]
                and gun["created_at"] < second["created_at"] - timedelta(days=20)
                and (basis == "serial" or any(each in "1058" for each in gun["set"]["serial"]))
            ]
            if second["code"] == other_code and firsts:
                break
        else:
            return None
        first = rng.choice(firsts[-12:])
        for gun in (first, second):
            free.remove(gun)
        serial = first["set"]["serial"]
        if basis == "misread":
            place = next(at for at, each in enumerate(serial) if each in "1058")
            serial = serial[:place] + {"1": "I", "0": "O", "5": "S", "8": "B"}[serial[place]] + serial[place + 1 :]
        second["set"] |= {name: first["set"][name] for name in SHARED}
        second["set"] |= {"serial": serial, "serial_key": intake.comparable(serial)}
        basis = "serial" if second["set"]["serial_key"] == first["set"]["serial_key"] else basis
        return self._decided(*sorted((first, second), key=lambda gun: gun["id"]), status, basis)

    def _decided(self, first, second, status, basis):
        decided = status in ("same", "different")
        at = max(first["created_at"], second["created_at"]) + timedelta(minutes=5)
        return {
            "first_id": first["id"],
            "second_id": second["id"],
            "agency_id": first["agency_id"],
            "other_agency_id": second["agency_id"],
            "status": status,
            "basis": basis,
            "suggested_at": min(at, self.at),
            "decided_at": min(at + timedelta(hours=20), self.at) if decided else None,
            "decided_by_id": self.desks["CTR"].having("analyst")[0].id if decided else None,
        }
