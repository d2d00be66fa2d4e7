"""A chain of custody that somebody changed behind the portal's back is found, with the exhibit and the row."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from evidence.actions import custody, exhibits, incidents

EARLIER = timezone.now().replace(microsecond=0) - timedelta(days=1)


@pytest.fixture
def exhibit(city):
    made = incidents.record(
        agency=city.papd, by=city.technician, case_number="26-024310", kind="homicide", occurred_at=EARLIER
    )
    item = exhibits.add(incident=made, by=city.technician, number="1", kind="casing_group", collected_at=EARLIER)
    exhibits.add(incident=made, by=city.technician, number="2", kind="casing_group", collected_at=EARLIER)
    for place in ("Property room", "Locker 4"):
        custody.record(exhibit=item, by=city.technician, purpose="stored", to_whom=place, at=timezone.now())
    return item


def verify():
    out = StringIO()
    try:
        call_command("verify_custody", stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


def tamper(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(sql, params)
        cursor.execute("set local session_replication_role = origin")


def test_chains_that_nobody_touched_hold(exhibit):
    assert verify() == "Every chain of custody holds.\n"


def test_a_row_whose_content_was_changed_is_named(exhibit):
    tamper("update evidence_custodyevent set to_whom = 'Nobody' where exhibit_id = %s and position = 2", exhibit.pk)
    said = verify()
    assert f"Case 26-024310, exhibit 1 (id {exhibit.pk}), row 2: its content was changed." in said
    assert "1 custody rows do not hold" in said


def test_a_row_that_was_taken_out_is_noticed_at_the_one_behind_it(exhibit):
    tamper("delete from evidence_custodyevent where exhibit_id = %s and position = 2", exhibit.pk)
    assert "row 3: a row before it is missing." in verify()


def test_a_row_that_was_made_to_look_right_by_itself_breaks_the_next(exhibit):
    tamper(
        """update evidence_custodyevent c set to_whom = 'Nobody' where exhibit_id = %s and position = 2""", exhibit.pk
    )
    tamper(
        "update evidence_custodyevent c set hash = evidence_custody_hash(c.previous_hash, c) where exhibit_id = %s",
        exhibit.pk,
    )
    said = verify()
    assert "row 3: it does not follow from the row before." in said
    assert "row 2" not in said
