"""A chain of custody that somebody changed behind the portal's back is found, with the exhibit and the row."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from agencies import access
from agencies.models import AuditEvent, Notification
from evidence import tasks
from evidence.actions import custody, exhibits, incidents
from tests.scenery import scene

EARLIER = timezone.now().replace(microsecond=0) - timedelta(days=1)


@scene
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
    assert "row 2: it was sealed anew." in said


def test_an_end_that_was_cut_off_or_written_anew_is_known_by_the_log(exhibit):
    tamper("update evidence_custodyevent set to_whom = 'Nobody' where exhibit_id = %s and position = 3", exhibit.pk)
    tamper("update evidence_custodyevent c set hash = evidence_custody_hash(c.previous_hash, c) where position = 3")
    assert "row 3: it was sealed anew." in verify()
    tamper("delete from evidence_custodyevent where exhibit_id = %s and position = 3", exhibit.pk)
    assert f"exhibit 1 (id {exhibit.pk}), row 0: the log knows a last row that was taken out." in verify()


def test_the_nightly_check_records_what_does_not_hold_and_tells_those_who_keep_and_audit_the_agency_once(city, exhibit):
    tamper("update evidence_custodyevent set seal_seen = 'X' where exhibit_id = %s and position = 2", exhibit.pk)
    for _ in range(2):
        tasks.verify_custody()
    told = Notification.objects.filter(verb="custody.broken")
    assert {notice.user for notice in told} == {city.administrator, city.auditor}
    assert [notice.label for notice in told] == ["26-024310, exhibit 1, row 2"] * 2
    found = AuditEvent.objects.filter(verb="custody.broken", object_id=exhibit.pk)
    assert [event.data for event in found] == [{"row": 2, "wrong": "its content was changed"}] * 2
    with pytest.raises(access.Refused):
        custody.verify(by=city.technician)


def test_rows_of_before_keep_the_hash_they_were_sealed_with(exhibit):
    """What a row of the first version holds beyond its hash is nothing, so it cannot be made one of them."""
    tamper("update evidence_custodyevent set hash_version = 1 where exhibit_id = %s", exhibit.pk)
    assert "row 1: its content was changed." in verify()
    tamper(
        """with recursive chain as (
             select c.id, c.position, evidence_custody_hash('', c) as own, '' as previous from evidence_custodyevent c
              where exhibit_id = %s and position = 1
             union all
             select n.id, n.position, evidence_custody_hash(k.own, n), k.own from chain k
               join evidence_custodyevent n on n.exhibit_id = %s and n.position = k.position + 1)
           update evidence_custodyevent c set hash = k.own, previous_hash = k.previous
             from chain k where k.id = c.id""",
        exhibit.pk, exhibit.pk,
    )  # fmt: skip
    tamper("update agencies_auditevent set data = data - 'hash'")
    assert verify() == "Every chain of custody holds.\n"
    custody.record(exhibit=exhibit, by=exhibit.created_by, purpose="stored", to_whom="Locker 5", at=timezone.now())
    assert exhibit.custody.last().hash_version == 2
    assert verify() == "Every chain of custody holds.\n"
