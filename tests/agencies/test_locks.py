"""Who works on a record keeps others who work on it waiting, and nobody else; and no two ever wait for each other."""

import threading
import time

import pytest
from django.db import connection, transaction

from agencies import audit
from agencies.actions import agencies, calendars, passwords
from agencies.models import Agency, AuditEvent, User
from agencies.notifications import notify
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "select count(*) from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))"


def beside(deed):
    """Run a deed in a transaction of another connection; its thread, whose `errors` tell what became of it."""
    errors = []

    def run():
        try:
            with transaction.atomic():
                deed()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.errors = errors
    thread.start()
    return thread


def somebody_waits_for_us():
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.01)
    return False


def test_whoever_tells_a_person_something_does_not_wait_while_their_password_is_made():
    city = factories.City()
    with transaction.atomic():
        passwords.change(password="three quiet rivers", by=city.detective)
        other = beside(lambda: notify([city.detective], "lead.sent", city.papd))
        other.join(10)
        assert not other.is_alive()
    assert other.errors == []
    assert city.detective.notifications.count() == 1


def test_who_waits_for_a_row_at_the_end_of_a_deed_does_not_hold_the_end_of_the_log():
    """What is written after the audit row is checked before the chain goes on: else each would wait for the other."""
    city, by = factories.City(), User.objects.get(is_system=True)

    def record_then_tell():
        audit.record("tested.first", None, by=by)
        notify([city.detective], "lead.sent", city.papd)

    with transaction.atomic():
        # As who deletes the row or gives it another key does.
        User.objects.select_for_update(no_key=False).get(pk=city.detective.pk)
        other = beside(record_then_tell)
        assert somebody_waits_for_us()
        audit.record("tested.second", None, by=by)
    other.join(10)
    assert other.errors == []
    verbs = AuditEvent.objects.filter(verb__startswith="tested").order_by("link__position")
    assert list(verbs.values_list("verb", flat=True)) == ["tested.second", "tested.first"]
    assert audit.broken_links() == []


def test_hours_that_somebody_joins_at_the_moment_are_not_changed_under_them():
    city, by = factories.City(), User.objects.get(is_system=True)
    ours = {"days": "1", "opens": 480, "closes": 960, "federal_holidays": False, "always": False}
    calendars.set_hours(agency=city.papd, by=by, **ours)
    with transaction.atomic():
        new = {"name": "New PD", "code": "NEW", "kind": "police", "zone": "America/Chicago"}
        agencies.create(calendar="Hours of PAPD", by=by, **new)
        other = beside(lambda: calendars.set_hours(agency=city.papd, by=by, **ours | {"days": "7"}))
        assert somebody_waits_for_us()
    other.join(10)
    assert other.errors == []
    days = Agency.objects.filter(code__in=["NEW", "PAPD"]).order_by("code").values_list("calendar__days", flat=True)
    assert list(days) == ["1", "7"]
