"""Each person chooses what is mailed and when; duties are mailed whatever they choose."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from agencies import kinds_of_notice as kinds
from agencies import mailing, tasks
from agencies.access import Refused
from agencies.actions import notices, outbox
from agencies.calendars import WorkingCalendar
from agencies.models import AuditEvent, NoticeChoice, Notification, User
from agencies.notifications import SENTENCES, notify
from tests import factories

OFFICE, ALWAYS = WorkingCalendar("America/Chicago"), WorkingCalendar("America/Chicago", always=True)
# A Wednesday: 10:00, and 23:00 of the same day in Chicago.
DAY, NIGHT = datetime(2026, 7, 15, 15, tzinfo=UTC), datetime(2026, 7, 16, 4, tzinfo=UTC)


def tell(verb, *people, label="26-1"):
    record = factories.incident(people[0].memberships.first().agency)
    return notify(people, verb, record, label=label, now=DAY)


def send(now):
    """What a worker does at a moment."""
    system = User.objects.system()
    while rows := outbox.claim(model=Notification, by=system, now=now):
        outbox.settle(model=Notification, rows=rows, done=mailing.deliver(rows), by=system, now=now)


def got(person):
    return [each for each in mail.outbox if each.to == [person.email]]


def test_every_verb_has_a_kind_of_its_own_and_what_others_wait_for_is_a_duty():
    for verb in SENTENCES:
        assert any(verb.startswith(start) for kind in kinds.KINDS.values() for start in kind.starts), verb
    duties = {verb for verb in SENTENCES if kinds.KINDS[kinds.kind_of(verb)].is_duty}
    wanted = ("obligation.", "escalation.", "hand_over.")
    assert {verb for verb in SENTENCES if verb.startswith(wanted)} <= duties
    assert {"lead.sent", "referral.made", "action.given", "action.overdue"} <= duties
    assert not {"lead.confirmed", "referral.accepted", "action.done", "feedback.arrest", "meeting.planned"} & duties
    assert kinds.kind_of("something.new") == "duty"
    assert all(kind.default in kinds.choices_of(name) for name, kind in kinds.KINDS.items())


@given(st.integers(0, 60 * 24 * 30), st.integers(0, 60 * 24 * 5), st.sampled_from((OFFICE, ALWAYS)))
def test_a_digest_goes_by_day_after_the_day_it_was_told_on_and_working_hours_are_kept(start, later, calendar):
    told = DAY + timedelta(minutes=start)
    now = told + timedelta(minutes=later)
    assert kinds.goes_at("at_once", told, now, calendar) == now
    assert kinds.goes_at("page", told, now, calendar) is None
    digest = kinds.goes_at("digest", told, now, calendar)
    wall = calendar.local(digest)
    assert wall.date() > calendar.local(told).date()
    assert 7 <= wall.hour < 16
    hours = kinds.goes_at("hours", told, now, calendar)
    assert hours >= now
    slow = now
    while not calendar.always and not (calendar.local(slow).weekday() < 5 and 8 <= calendar.local(slow).hour < 16):
        slow += timedelta(minutes=1)
    assert hours - slow < timedelta(minutes=1)


def test_mail_waits_for_working_hours_or_comes_once_a_day_or_not_at_all(city):
    notices.choose(person=city.detective, chosen={"files": "hours"}, by=city.detective)
    notices.choose(person=city.supervisor, chosen={"files": "digest"}, by=city.supervisor)
    notices.choose(person=city.commander, chosen={"files": "page"}, by=city.commander)
    for n in range(12):
        tell("import.finished", city.detective, city.supervisor, city.commander, city.technician, label=f"26-{n}")
    send(NIGHT)
    assert [len(got(each)) for each in (city.detective, city.supervisor, city.commander, city.technician)] == [
        0,
        0,
        0,
        12,
    ]
    send(NIGHT + timedelta(hours=1))
    assert len(mail.outbox) == 12
    send(NIGHT + timedelta(hours=10))
    send(NIGHT + timedelta(hours=11))
    assert len(got(city.detective)) == 12
    (digest,) = got(city.supervisor)
    assert digest.subject == "12 notices since yesterday"
    assert all(f"The file you loaded is done: 26-{n}\n" in digest.body for n in range(12))
    assert got(city.commander) == []
    assert Notification.objects.filter(user=city.commander, mail_refused_at__isnull=False).count() == 12
    assert not Notification.objects.to_mail().exists()


def test_t37_a_digest_asks_again_for_each_line_whether_it_may_be_told(city):
    notices.choose(person=city.detective, chosen={"files": "digest"}, by=city.detective)
    (kept,), (gone,) = (
        tell("import.finished", city.detective, label="26-1"),
        tell("import.finished", city.detective, label="26-2"),
    )
    send(NIGHT)
    Notification.objects.filter(pk=gone.pk).update(object_id=2**40)
    send(NIGHT + timedelta(days=1))
    (digest,) = got(city.detective)
    assert "26-1" in digest.body
    assert "26-2" not in digest.body
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert gone.mail_refused_at
    assert kept.mailed_at


def test_a_choice_is_made_on_the_page_and_holds_for_what_waits_already(client, city):
    client.force_login(city.detective)
    notices.choose(person=city.detective, chosen={"files": "digest"}, by=city.detective)
    tell("import.finished", city.detective)
    send(NIGHT)
    page = reverse("notice_choices")
    assert "A duty: always mailed" in client.get(page).content.decode()
    values = {name: kind.default for name, kind in kinds.KINDS.items()}
    refused = client.post(page, values | {"duty": "page"})
    assert refused.status_code == 200
    assert NoticeChoice.objects.get().how == "digest"
    client.post(page, values)
    send(NIGHT)
    assert len(got(city.detective)) == 1
    assert AuditEvent.objects.filter(verb="notices.chosen", by=city.detective).count() == 2
    with pytest.raises(Refused, match="Each person chooses"):
        notices.choose(person=city.detective, chosen={"files": "page"}, by=city.administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeChoice.objects.create(user=city.detective, kind="custody", how="page", chosen_at=timezone.now())


def test_t37_the_link_of_a_mail_ends_that_kind_to_that_person_and_nothing_else(client, city):
    tell("import.finished", city.detective)
    tell("hand_over.offered", city.detective)
    tasks.mail_notifications()
    duty, other = sorted((each.body for each in got(city.detective)), key=len)
    assert "No more mail" not in duty
    link = re.search(r"/notifications/off/\S+", other).group()
    assert client.get(link).status_code == 200
    assert not NoticeChoice.objects.exists()
    assert "No more mail of this kind" in client.post(link).content.decode()
    choice = NoticeChoice.objects.get()
    assert (choice.user, choice.kind, choice.how) == (city.detective, "files", "page")
    assert client.post(link[:-3] + "xx/").status_code == 404
    tell("import.finished", city.detective)
    tasks.mail_notifications()
    assert len(got(city.detective)) == 2
