"""Who works on a record keeps others who work on it waiting, and nobody else; and no two ever wait for each other."""

import pytest
from django.db import connection, transaction

from agencies import audit
from agencies.actions import agencies, calendars, passwords
from agencies.models import Agency, AuditEvent, User
from agencies.notifications import notify
from tests import factories
from tests.beside import Beside, somebody_waits_for_us

pytestmark = pytest.mark.django_db(transaction=True)


def test_whoever_tells_a_person_something_does_not_wait_while_their_password_is_made():
    city = factories.City()
    with transaction.atomic():
        passwords.change(password="three quiet rivers", by=city.detective)
        Beside(lambda: notify([city.detective], "lead.sent", city.papd)).ended()
    assert city.detective.notifications.count() == 1


def tells(person):
    notify([person], "lead.sent", person)


def acts(person):
    audit.record("tested.own", None, by=person)


def acts_on_many(person):
    audit.record_many("tested.many", User, list(range(3000)), by=person)


def writes_by_itself(person):
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into agencies_notification (user_id, verb, object_type, object_id, label, created_at)"
            " select %s, 'lead.sent', 'agencies.user', 1, '', now() from generate_series(1, 10)",
            [person.pk],
        )


@pytest.mark.parametrize("deed", [tells, acts, acts_on_many, writes_by_itself])
def test_who_waits_for_a_row_at_the_end_of_a_deed_does_not_hold_the_end_of_the_log(deed):
    """What is written after the audit row is checked before the chain goes on: else each would wait for the other."""
    person, by = factories.City().detective, User.objects.get(is_system=True)

    def record_and_more():
        audit.record("tested.first", None, by=by)
        deed(person)

    with transaction.atomic():
        # As who deletes the row or gives it another key does.
        User.objects.select_for_update(no_key=False).get(pk=person.pk)
        other = Beside(transaction.atomic(record_and_more))
        assert somebody_waits_for_us()
        audit.record("tested.second", None, by=by)
    other.ended()
    verbs = AuditEvent.objects.filter(verb__startswith="tested").order_by("link__position")
    assert list(verbs.values_list("verb", flat=True))[:2] == ["tested.second", "tested.first"]
    assert audit.broken_links() == []


def test_what_is_done_at_the_end_of_a_deed_beside_the_chain_only_looks():
    """A row that a deferred trigger writes might have its keys checked after the links: see docs/adr/0002."""
    with connection.cursor() as cursor:
        cursor.execute("select tgname from pg_trigger where tginitdeferred and not tgisinternal")
        found = {name for (name,) in cursor.fetchall()}
    promises = {"lead_links_two_events", "lead_keeps_two_events", "event_has_obligation"}
    promises |= {"casing_exhibit_within_count", "casing_marks_within_count", "sent_is_owed"}
    assert found == {"audit_link", "audit_link_last"} | promises


def test_hours_that_somebody_joins_at_the_moment_are_not_changed_under_them():
    city, by = factories.City(), User.objects.get(is_system=True)
    ours = {"days": "1", "opens": 480, "closes": 960, "federal_holidays": False, "always": False}
    calendars.set_hours(agency=city.papd, by=by, **ours)
    with transaction.atomic():
        new = {"name": "New PD", "code": "NEW", "kind": "police", "zone": "America/Chicago"}
        agencies.create(calendar="Hours of PAPD", by=by, **new)
        other = Beside(lambda: calendars.set_hours(agency=city.papd, by=by, **ours | {"days": "7"}))
        assert somebody_waits_for_us()
    other.ended()
    days = Agency.objects.filter(code__in=["NEW", "PAPD"]).order_by("code").values_list("calendar__days", flat=True)
    assert list(days) == ["1", "7"]
