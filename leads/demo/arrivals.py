"""A file the city loaded, as its import left it, with a few findings to look at."""

import csv
import io
from datetime import timedelta

from evidence import vault
from evidence.imports.casenumbers import case_key
from evidence.imports.mapping import Mapping, Source
from evidence.models import ImportBatch, ImportFinding, StoredFile
from leads.demo.scenes import TZ

HEADER = ("INCIDENT_NO", "DATE_", "TIME", "OFF_DESC", "LOC", "DISTRICT")
FIELDS = ("case_number", "occurred_on", "occurred_time", "offense_text", "address", "district")
MAPPING = Mapping("incident", {field: Source([column]) for field, column in zip(FIELDS, HEADER, strict=True)}).as_dict()
SINCE_DAYS, UNTIL_DAYS = 60, 25
FINDING = ("column_letter", "column_name", "value", "level", "code", "message")
FINDINGS = (
    ("A", "INCIDENT_NO", "2600.0", "review", "cut_number", "Looks cut by a spreadsheet. Kept on the review list."),
    ("E", "LOC", "", "note", "no_place", "No address. The incident is kept without a place."),
    ("B", "DATE_", "13/26/2026", "error", "bad_date", "No month 13. Expected month/day/year."),
    ("D", "OFF_DESC", "=HYPERLINK(", "error", "formula", "A formula. Replace it by its value."),
)


class Arrival:
    """The batch has to be there before its incidents, its file after them: so it is planned and then written."""

    def __init__(self, store, desks, at):
        self.store, self.desk, self.at = store, desks["PAPD"], at
        self.loaded_at = at - timedelta(days=UNTIL_DAYS - 2, hours=3)
        self.id = None

    def covers(self, scene):
        return scene.code == "PAPD" and timedelta(days=UNTIL_DAYS) < self.at - scene.at < timedelta(days=SINCE_DAYS)

    def write(self, scenes):
        """One loaded batch from the Port Alder register."""
        technician = self.desk.having("evidence_technician")[0].id
        rows = len(scenes) + 2
        self.id = self.store.add(
            ImportBatch,
            agency_id=self.desk.id,
            kind="incidents",
            file_id=self._file(scenes, technician),
            mapping=MAPPING,
            status="loaded",
            rows_total=rows,
            rows_done=rows,
            counts=_counts(rows, len(scenes)),
            created_at=self.loaded_at,
            created_by_id=technician,
            started_at=self.loaded_at + timedelta(minutes=3),
            finished_at=self.loaded_at + timedelta(minutes=3, seconds=2),
        )
        for place, finding in enumerate(FINDINGS):
            values = dict(zip(FINDING, finding, strict=True))
            self.store.add(ImportFinding, batch_id=self.id, row=rows - place // 2, **values)
        return self.id

    def _file(self, scenes, technician):
        kept = vault.keep([self._content(scenes)], 10_000_000)
        return self.store.add(
            StoredFile,
            sha256=kept.sha256,
            name=f"incidents_{self.loaded_at:%Y-%m}.csv",
            kind=kept.kind,
            size=kept.size,
            stored_at=self.loaded_at,
            stored_by_id=technician,
        )

    def _content(self, scenes):
        text = io.StringIO()
        lines = csv.writer(text)
        lines.writerow(HEADER)
        for scene in scenes:
            wall = scene.at.astimezone(TZ)
            date = f"{wall.month}/{wall.day}/{wall.year}"
            lines.writerow((scene.number, date, f"{wall:%H:%M}", scene.kind.label, scene.place.address, scene.district))
        lines.writerow(("2600.0", "13/26/2026", "01:00", "=HYPERLINK(1)", "", ""))
        lines.writerow((case_key("26-000000"), "", "", "", "", ""))
        return text.getvalue().encode()


def _counts(rows, new):
    errors = sum(finding[FINDING.index("level")] == "error" for finding in FINDINGS)
    counts = {"rows": rows, "new": new, "updated": 0, "unchanged": 0, "review": 1}
    return counts | {"errors": errors, "victims": 0}
