"""What a file brought is taken back to the byte, or, where something was built on it, not at all and with the rows."""

from datetime import date

import pytest
from django.db import connection

from agencies import access
from agencies.models import AuditEvent
from evidence.actions import custody, exhibits, incidents, undoings
from evidence.imports.findings import ImportProblem
from evidence.models import CustodyEvent, Exhibit, Firearm, ImportBatch, Incident, RetentionRule
from tests.evidence.records_city import found, lines, loaded, undone
from tests.factories import NOW, exhibit, incident
from tests.scenery import scene

pytestmark = pytest.mark.usefixtures("stored_files")

# What a load may leave behind: its own file, what was told of it, the log of what was done, and the marks on days whose
# figures are to be counted anew.
OWN = (
    "agencies_audit", "evidence_import", "evidence_storedfile", "agencies_notification", "django_session",
    "leads_staleday",
)  # fmt: skip


def tables(names=()):
    """{table: its rows as text} of all that a file may bring or change, or of some tables."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        names = names or [name for (name,) in cursor.fetchall() if not name.startswith(OWN)]
        found = {}
        for name in sorted(names):
            cursor.execute(f'select t::text from "{name}" t order by 1')  # noqa: S608
            found[name] = [row for (row,) in cursor.fetchall()]
    return found


GUNS = lines("""
case_number | exhibit | make  | serial   | collected        | storage
26-000111   | 1       | Glock | BXR-0417 | 2026-06-04 01:30 | Shelf 4
26-000111   | 2       | Ruger | 318-4412 |                  |
26-000112   | 7       | SCCY  |          |                  | Bin 9
""")


@scene
def cases(city):
    made = [incident(city.papd, case_number=f"26-00011{number}") for number in (1, 2)]
    gun = exhibit(made[1], number="7", kind="firearm", storage="Bin 1")
    Firearm.objects.create(exhibit=gun, make="Taurus", model="G2C")
    return made


def test_an_undone_file_leaves_every_table_as_it_was_and_the_log_says_so(city, cases):
    RetentionRule.objects.create(agency=city.papd, kind="firearm", months=20)
    before = tables()
    batch = loaded("firearms", city.papd, GUNS, by=city.technician)
    assert Exhibit.objects.get(number="1").review_on == date(2028, 2, 4), "as if it were typed in"
    Exhibit.objects.exclude(number="7").update(review_told_on=date(2028, 2, 4))
    assert (batch.counts["new"], batch.counts["updated"]) == (2, 1)
    assert tables() != before
    ids = sorted(Exhibit.objects.exclude(number="7").values_list("pk", flat=True))
    batch = undone(batch, city.technician)
    assert (batch.status, batch.problem) == ("undone", "")
    assert tables() == before
    taken = AuditEvent.objects.get(verb="exhibit.taken_back")
    assert (taken.data["ids"], taken.by, taken.agency) == (ids, city.technician, city.papd)
    assert AuditEvent.objects.filter(verb__in=["exhibit.put_back", "firearm.put_back", "import.undone"]).count() == 3
    again = loaded("firearms", city.papd, GUNS, by=city.technician)
    assert again.counts["new"] == 2, "the same file can be loaded again"


def test_what_was_built_on_since_is_named_by_row_and_nothing_is_taken_back(city, cases):
    batch = loaded("firearms", city.papd, GUNS, by=city.technician)
    first, second = (Exhibit.objects.get(number=number) for number in "12")
    custody.record(exhibit=first, by=city.technician, purpose="stored", to_whom="Property room", at=NOW)
    exhibits.correct(exhibit=second, by=city.technician, seen=second.version, description="Scratched")
    before = tables()
    batch = undone(batch, city.technician)
    assert batch.status == "loaded"
    assert batch.problem == undoings.BUILT_ON
    said = batch.findings.filter(level="undo").values_list("row", "message")
    assert sorted(said) == [(2, "A hand-over was added to this exhibit since."), (3, "This exhibit was changed since.")]
    assert tables() == before
    assert CustodyEvent.objects.count() == 1


def test_a_later_file_keeps_an_earlier_one_from_being_undone_until_it_is_undone_itself(city, cases):
    before = tables()
    first = loaded("firearms", city.papd, GUNS, by=city.technician)
    second = loaded("firearms", city.papd, GUNS.replace("SCCY", "Hi-Point"), by=city.technician)
    assert undone(first, city.technician).status == "loaded"
    assert undone(second, city.technician).status == "undone", found(second, "undo")
    assert undone(ImportBatch.objects.get(pk=first.pk), city.technician).status == "undone"
    assert not found(first, "undo")
    assert tables() == before


def test_a_file_from_before_the_portal_kept_what_was_there_says_that_it_cannot_be_undone(city, cases):
    batch = loaded("firearms", city.papd, GUNS, by=city.technician)
    batch.changes.all().delete()
    with pytest.raises(ImportProblem, match="before the portal kept"):
        undoings.start(batch=batch, by=city.technician)


def test_incidents_with_their_victims_and_a_rule_of_hyphens_are_taken_back_and_put_back(city):
    head = "case_number,date,time,location,sex,age,fatal\n"
    first = head + "26-000111,2026-06-03,23:10,900 BLOCK QUARRY ST,M,25,0\n26-000112,2026-06-04,01:20,,M,40,0\n"
    loaded("incidents", city.papd, first, by=city.technician)
    before = tables()
    second = head + (
        "26-000111,2026-06-03,23:15,1 LOCK ST,F,31,1\n26-000111,2026-06-03,23:15,1 LOCK ST,M,26,0\n"
        "53-16,2026-06-05,01:00,,M,20,0\n531-6,2026-06-06,01:00,,M,22,0\n"
    )
    batch = loaded("incidents", city.papd, second, by=city.technician)
    assert (batch.counts["new"], batch.counts["updated"]) == (2, 1)
    later = loaded("incidents", city.papd, head + "53-161,2026-06-07,01:00,,M,20,0\n", by=city.technician)
    assert undone(batch, city.technician).status == "loaded", "a case was loaded since under the rule"
    assert undone(later, city.technician).status == "undone"
    assert undone(batch, city.technician).status == "undone"
    assert tables() == before


def test_an_incident_that_somebody_corrected_added_to_or_shared_since_stays_with_its_row(city):
    text = "case_number,date,time\n26-000111,2026-06-03,23:10\n26-000112,2026-06-04,01:20\n26-000113,2026-06-04,01:20\n"
    batch = loaded("incidents", city.papd, text, by=city.technician)
    first, second, third = Incident.objects.order_by("case_number")
    incidents.correct(incident=first, by=city.technician, seen=first.updated_at, address="900 Quarry St")
    exhibit(second)
    access.share(third, city.lab)
    batch = undone(batch, city.technician)
    assert batch.status == "loaded"
    assert sorted(batch.findings.filter(level="undo").values_list("row", "message")) == [
        (2, "This incident was changed since."),
        (3, "An exhibit was added to this incident since."),
        (4, "Another agency's sight was added to this incident since."),
    ]
