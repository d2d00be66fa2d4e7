"""Files of other kinds than incidents: one to look over and load, one refused, two loaded, one undone."""

import csv
import io
import random
from datetime import timedelta

from evidence import vault
from evidence.imports import guessing
from evidence.models import ImportBatch, ImportFinding, StoredFile

NO_CASE = "Case number names no case of Port Alder PD that is here. Correct it, or load the incidents first."
NO_REASON = "Why it is late is empty, and this entry is past its two business days. Fill it in."
CUT = (
    "Row 2: The file ends inside a quotation mark that opens in this row: it is cut, or the mark is not closed. Get it "
    "again."
)
FINDING = ("row", "column_letter", "column_name", "value", "level", "code", "message")
UNKNOWN = "Kind of item is none of the words known for it. Correct it, or say under Columns what it means."
ITEMS = ("Case Number", "Exhibit", "Type", "Quantity", "Caliber", "Description", "Storage")
ENTRIES = ("Agency", "Case Number", "Exhibit", "Received", "Entered", "NIBIN Reference", "Why Late")
PEOPLE = ("E-mail", "Name", "Role", "Unit")
AGENCIES = ("Code", "ORIs", "Name", "Kind", "Time Zone", "Phone")
GUNS = ("Case Number", "Exhibit", "Make", "Model", "Caliber", "Serial")


class Tables:
    """It draws its own numbers, so that the rest of the city stays as it is."""

    def __init__(self, store, seed, desks, at):
        self.store, self.desks, self.at = store, desks, at
        self.rng = random.Random(f"tables {seed}")

    def write(self, numbers):
        """`numbers` are those of cases of Port Alder that are here."""
        numbers = self.rng.sample(numbers, min(6, len(numbers))) or ["26-000000"]
        self._property_room(numbers)
        self._laboratory(numbers)
        joins = ("k.bright@portalder.example", "Kai Bright", "Detective", "")
        self._file(120, ("PAPD", "agency_administrator"), ("people", "person"), PEOPLE, [joins], "loaded", {"new": 1})
        joins = ("LKPD", "XX9000100", "Lockhaven PD", "Police", "America/Chicago", "555-0140")
        self._file(400, ("CTR", "center_coordinator"), ("agencies", "agency"), AGENCIES, [joins], "undone", {"new": 1})

    def _property_room(self, numbers):
        technician = ("PAPD", "evidence_technician")
        items = [
            (each, f"9{place}", "Casings", self.rng.randrange(2, 12), "9 mm", "From the sidewalk", "Shelf 12")
            for place, each in enumerate(numbers)
        ]
        items += [("26-999999", "1", "Casings", 3, "9 mm", "", "Shelf 12"), (numbers[0], "97", "Jar", 1, "", "", "")]
        found = [
            (len(items), "A", "Case Number", "26-999999", "error", "no_such", NO_CASE),
            (len(items) + 1, "C", "Type", "Jar", "error", "choice", UNKNOWN),
        ]
        counts = {"new": len(numbers)}
        self._file(3, technician, ("exhibits", "exhibit"), ITEMS, items, "checked", counts, found=found)
        gun = (numbers[0], "1", "Glock", "19", "9 mm", '"BX')
        self._file(30, technician, ("firearms", "firearm"), GUNS, [gun], "failed", {}, problem=CUT)

    def _laboratory(self, numbers):
        entries = [
            ("PAPD", each, "1", "2026-06-05 09:00", "2026-06-12 10:00", f"R{place}", "")
            for place, each in enumerate(numbers)
        ]
        late = [(2, "G", "Why Late", "", "error", "no_reason", NO_REASON)]
        counts, kind = {"unchanged": len(entries) - 1}, ("acquisitions", "acquisition")
        self._file(52, ("WCL", "examiner"), kind, ENTRIES, entries, "loaded", counts, found=late)

    def _file(self, hours, whose, what, header, rows, status, counts, found=(), problem=""):
        (code, role), (kind, target) = whose, what
        desk, at = self.desks[code], self.at - timedelta(hours=hours, minutes=self.rng.randrange(50))
        person = desk.having(role)[0].id
        text = io.StringIO()
        csv.writer(text).writerows([header, *rows])
        kept = vault.keep([text.getvalue().encode()], 10_000_000)
        file = self.store.add(
            StoredFile,
            sha256=kept.sha256,
            name=f"{kind}_{at:%Y-%m}.csv",
            kind=kept.kind,
            size=kept.size,
            stored_at=at,
            stored_by_id=person,
        )
        cells = [[str(cell) for cell in row] for row in rows]
        errors = sum(each[4] == "error" for each in found)
        every = {"rows": len(rows), "new": 0, "updated": 0, "unchanged": 0, "held": 0, "twice": 0, "review": 0}
        batch = self.store.add(
            ImportBatch,
            agency_id=desk.id,
            kind=kind,
            file_id=file,
            status=status,
            problem=problem,
            mapping=guessing.guess(target, list(header), cells).as_dict(),
            rows_total=len(rows),
            rows_done=len(rows),
            counts=every | counts | {"errors": errors, "findings": len(found)} if not problem else {},
            created_at=at,
            created_by_id=person,
            started_at=at + timedelta(minutes=2),
            finished_at=at + timedelta(minutes=2, seconds=3),
        )
        for each in found:
            self.store.add(ImportFinding, batch_id=batch, **dict(zip(FINDING, each, strict=True)))
