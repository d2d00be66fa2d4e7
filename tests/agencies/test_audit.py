import pytest
from django.db import Error, connection, transaction

from agencies import audit
from agencies.models import AuditEvent


def test_events_are_numbered_and_chained(city):
    audit.record("lead.seen", city.papd, by=city.analyst, reason="test")
    audit.record("lead.seen", city.papd, by=city.analyst)
    first, second = AuditEvent.objects.order_by("id")[:2]
    assert second.id == first.id + 1
    assert second.previous_hash == first.hash
    assert list(audit.broken_links()) == []


@pytest.mark.parametrize("statement", ["update agencies_auditevent set verb = 'x'", "delete from agencies_auditevent"])
def test_the_database_refuses_to_change_an_event(city, statement):
    audit.record("lead.seen", city.papd, by=city.analyst)
    with pytest.raises(Error, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("update agencies_auditevent set verb = 'quiet' where id = 2", "was changed after it was written"),
        ("delete from agencies_auditevent where id = 2", "rows 2 to 2 are missing"),
    ],
)
def test_a_row_changed_behind_the_triggers_is_found(city, statement, problem):
    for _ in range(3):
        audit.record("lead.seen", city.papd, by=city.analyst)
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("set session_replication_role = origin")
    assert problem in dict(audit.broken_links()).values()


def test_deeds_on_many_records_are_written_in_batches(city):
    audit.record_many("obligation.escalated", type(city.papd), list(range(2500)), by=city.analyst)
    events = AuditEvent.objects.filter(verb="obligation.escalated")
    assert sorted(len(event.data["ids"]) for event in events) == [500, 1000, 1000]
