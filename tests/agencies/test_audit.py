from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from agencies import audit
from agencies.models import AuditEvent, AuditLink, User
from tests.beside import Beside


def chained():
    """The chain is made when a transaction commits, which a test's own never does."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def behind_the_triggers(statement):
    chained()
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("set session_replication_role = origin")


def test_events_are_chained_in_the_order_they_were_written(city):
    audit.record("lead.seen", city.papd, by=city.analyst, reason="test")
    audit.record("lead.seen", city.papd, by=city.analyst)
    chained()
    links = list(AuditLink.objects.order_by("position").values_list("position", "event_id"))
    assert links == list(enumerate(AuditEvent.objects.order_by("id").values_list("id", flat=True), 1))
    assert audit.broken_links() == []


@pytest.mark.parametrize("table", ["agencies_auditevent", "agencies_auditlink"])
@pytest.mark.parametrize("change", ["update {} set {} = 'x'", "delete from {}", "truncate {} cascade"])
def test_the_database_refuses_to_change_the_log(city, table, change):
    audit.record("lead.seen", city.papd, by=city.analyst)
    chained()
    column = "verb" if table == "agencies_auditevent" else "hash"
    with pytest.raises(Error, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table, column))


FORGED = """insert into agencies_auditevent (at, verb, by_id, object_type, data)
            select at, 'forged', by_id, object_type, data from agencies_auditevent limit 1"""


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("update agencies_auditevent set verb = 'quiet' where id = {}", "was changed after it was written"),
        ("delete from agencies_auditevent where id = {}", "was taken out"),
        ("delete from agencies_auditlink where event_id = {}", "was slipped in"),
        (
            "delete from agencies_auditlink where event_id = {0}; delete from agencies_auditevent where id = {0}",
            "does not follow: links 2 to 2 are missing before it",
        ),
        (FORGED, "was slipped in"),
    ],
)
def test_a_row_changed_behind_the_triggers_is_found(city, statement, problem):
    for _ in range(3):
        audit.record("lead.seen", city.papd, by=city.analyst)
    second = AuditEvent.objects.order_by("id")[1]
    behind_the_triggers(statement.format(second.pk))
    assert problem in dict(audit.broken_links()).values()
    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_audit", stderr=StringIO())


def test_of_a_log_that_is_whole_no_row_is_fetched_and_of_a_broken_one_only_what_is_wrong(city):
    """The log of years is longer than the memory of the program that reads it."""
    fetched = []

    def count(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        fetched.append(max(0, context["cursor"].rowcount))
        return result

    for _ in range(5):
        audit.record("lead.seen", city.papd, by=city.analyst)
    chained()
    with connection.execute_wrapper(count):
        assert audit.broken_links() == []
    assert sum(fetched) == 0
    behind_the_triggers("update agencies_auditevent set verb = 'quiet'")
    assert len(audit.broken_links(limit=3)) == 3
    assert len(audit.broken_links()) == 5


def test_an_end_that_was_cut_off_is_found_by_the_hash_that_was_kept(city):
    for _ in range(3):
        audit.record("lead.seen", city.papd, by=city.analyst)
    chained()
    kept, said = audit.last_link(), StringIO()
    call_command("verify_audit", kept=kept.hash, stdout=said)
    assert kept.hash in said.getvalue()
    ends = "delete from agencies_auditlink where event_id = {0}; delete from agencies_auditevent where id = {0}"
    behind_the_triggers(ends.format(kept.event_id))
    assert audit.broken_links() == []
    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_audit", kept=kept.hash, stderr=StringIO())


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_deed_that_is_still_going_on():
    """A file of 300 MB is read, mail is sent, two hundred leads are loaded in one transaction each."""
    by = User.objects.get(is_system=True)
    with transaction.atomic():
        audit.record("long", None, by=by)
        Beside(lambda: audit.record("short", None, by=by)).ended()
    verbs = AuditEvent.objects.order_by("link__position").values_list("verb", flat=True)
    assert list(verbs) == ["short", "long"]
    assert audit.broken_links() == []


def test_deeds_on_many_records_are_written_in_batches(city):
    audit.record_many("obligation.escalated", type(city.papd), list(range(2500)), by=city.analyst)
    events = AuditEvent.objects.filter(verb="obligation.escalated")
    assert sorted(len(event.data["ids"]) for event in events) == [500, 1000, 1000]
