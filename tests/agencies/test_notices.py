"""What people are told: in the page, and by mail with a number and a link alone."""

import pytest
from django.core import mail
from django.utils import timezone
from kombu.exceptions import OperationalError

from agencies import queueing, tasks
from agencies.actions import memberships
from agencies.models import Notification, User
from agencies.notifications import notify
from tests import factories


@pytest.fixture
def told(city):
    record = factories.incident(city.papd, case_number="26-000777")
    return notify([city.detective], "import.finished", record, label="26-000777")[0]


def test_a_notice_is_mailed_once_with_a_number_and_a_link(told, city):
    tasks.mail_notifications()
    tasks.mail_notifications()
    (message,) = mail.outbox
    assert message.to == [city.detective.email]
    assert "26-000777" in message.body
    assert f"http://127.0.0.1:8000/notifications/{told.pk}/" in message.body


def test_t37_the_mail_names_nobody_and_tells_nothing_of_the_record(told, city):
    tasks.mail_notifications()
    text = mail.outbox[0].subject + mail.outbox[0].body
    for word in ("Okafor", "Port Alder", "casing", "shots"):
        assert word.lower() not in text.lower()


def test_t37_the_right_to_see_the_record_is_asked_again_when_the_mail_is_sent(told, city):
    memberships.end(membership=city.detective.memberships.get(), by=city.administrator)
    tasks.mail_notifications()
    told.refresh_from_db()
    assert told.mail_refused_at
    assert mail.outbox == []


def test_t09_a_closed_account_gets_no_mail(told, city):
    User.objects.filter(pk=city.detective.pk).update(is_active=False)
    tasks.mail_notifications()
    assert mail.outbox == []


def test_a_queue_that_is_gone_does_not_break_the_page_that_asked(monkeypatch, django_capture_on_commit_callbacks, db):
    def refuse(*args):
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.mail_notifications, "delay", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        queueing.later(tasks.mail_notifications)


def test_notices_are_read_one_by_one_or_all_at_once(client, told, city):
    client.force_login(city.detective)
    assert "26-000777" in client.get("/notifications/").content.decode()
    client.post(f"/notifications/{told.pk}/read/")
    told.refresh_from_db()
    assert told.read_at
    notify([city.detective], "import.finished", factories.incident(city.papd))
    client.post("/notifications/read/")
    assert not Notification.objects.unread().exists()


def test_t01_a_notice_of_somebody_else_is_not_there(client, told, city):
    client.force_login(city.supervisor)
    assert client.get(f"/notifications/{told.pk}/").status_code == 404
    assert client.post(f"/notifications/{told.pk}/read/").status_code == 404


def test_the_link_of_a_mail_leads_on_only_while_the_record_may_be_seen(client, told, city):
    client.force_login(city.detective)
    assert client.get(f"/notifications/{told.pk}/").status_code == 302
    told.user.memberships.update(ended_at=timezone.now(), ended_by=told.user)
    assert client.get(f"/notifications/{told.pk}/")["Location"] == "/sign-in/"


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_of_notices_costs_the_same_for_few_and_many(client, told, city, more, django_assert_num_queries):
    for _ in range(more):
        notify([city.detective], "import.finished", factories.incident(city.papd))
    client.force_login(city.detective)
    with django_assert_num_queries(5):
        client.get("/notifications/")


def test_older_notices_are_one_page_further(client, city):
    record = factories.incident(city.papd)
    for number in range(51):
        notify([city.detective], "import.finished", record, label=f"No. {number:02}.")
    client.force_login(city.detective)
    first = client.get("/notifications/").content.decode()
    assert "No. 50." in first
    assert "No. 00." not in first
    last = Notification.objects.order_by("id")[1].pk
    assert "No. 00." in client.get(f"/notifications/?after={last}").content.decode()


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "", "²"])
def test_a_strange_cursor_shows_the_first_page(client, told, city, after):
    client.force_login(city.detective)
    assert client.get("/notifications/", {"after": after}).status_code == 200
