"""What waits for the mail server: nothing is lost, nothing stops the rest, nothing is sent inside a transaction."""

import re
from datetime import timedelta
from io import StringIO
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from agencies import keys, mailing, tasks
from agencies.access import Refused
from agencies.actions import invitations, outbox, passwords
from agencies.models import AuditEvent, Letter, Notification, User
from agencies.notifications import notify
from agencies.roles import Role
from tests import factories


@pytest.fixture
def server(monkeypatch):
    """The mail server; what is put into `says` under an address is raised when a mail for it comes."""
    real = EmailBackend.send_messages

    class Server(EmailBackend):
        opened, says, shut = 0, {}, None

        def open(self):
            if Server.shut:
                raise Server.shut
            Server.opened += 1
            return True

        def send_messages(self, messages):
            if error := Server.says.get(messages[0].to[0]):
                raise error
            return real(self, messages)

    Server.says = {}
    monkeypatch.setattr(mailing, "get_connection", Server)
    return Server


def tell(*people):
    record = factories.incident(people[0].memberships.first().agency)
    return notify(people, "import.finished", record)


def received():
    return [message.to[0] for message in mail.outbox]


def invite(city, **values):
    given = {"agency": city.papd, "email": "new@agency.invalid", "name": "New", "role": Role.DETECTIVE}
    return invitations.invite(**(given | values), by=city.administrator)


@pytest.mark.parametrize(
    "error",
    [
        SMTPRecipientsRefused({"x": (550, b"no such user")}),
        SMTPDataError(552, b"refused"),
        SMTPNotSupportedError("not in ASCII"),
        ValueError("a line break in the subject"),
    ],
    ids=repr,
)
def test_what_the_server_will_never_take_is_refused_and_stops_nobody(city, server, error):
    tell(city.detective, city.supervisor)
    server.says[city.detective.email] = error
    tasks.mail_notifications()
    assert received() == [city.supervisor.email]
    assert Notification.objects.get(user=city.detective).mail_refused_at
    assert not Notification.objects.to_mail().exists()


@pytest.mark.parametrize(
    "error",
    [SMTPRecipientsRefused({"x": (450, b"greylisted")}), SMTPDataError(451, b"later"), SMTPServerDisconnected("gone")],
    ids=repr,
)
def test_what_the_server_puts_off_is_tried_again_later_and_stops_nobody(city, server, error):
    tell(city.detective, city.supervisor)
    server.says[city.detective.email] = error
    tasks.mail_notifications()
    tasks.mail_notifications()
    assert received() == [city.supervisor.email]
    server.says.clear()
    Notification.objects.to_mail().update(mail_claimed_at=timezone.now() - timedelta(minutes=11))
    tasks.mail_notifications()
    assert received() == [city.supervisor.email, city.detective.email]


def test_a_server_that_is_gone_loses_nothing(city, server):
    tell(city.detective)
    invite(city)
    server.shut = OSError("no route")
    tasks.mail_notifications()
    tasks.mail_letters()
    assert received() == []
    server.shut = None
    tasks.mail_notifications()
    tasks.mail_letters()
    assert received() == [city.detective.email, "new@agency.invalid"]


def test_many_mails_go_over_few_connections(city, server):
    for _ in range(outbox.LOT + 2):
        tell(city.detective)
    tasks.mail_notifications()
    assert (len(received()), server.opened) == (outbox.LOT + 2, 2)


def test_a_worker_that_is_killed_repeats_one_lot_at_most_and_only_after_its_lease(city, server):
    for _ in range(outbox.LOT + 2):
        tell(city.detective)
    taken = outbox.claim(model=Notification, by=User.objects.system())
    mailing.deliver(taken)  # and here it is killed
    tasks.mail_notifications()
    assert len(received()) == outbox.LOT + 2
    Notification.objects.to_mail().update(mail_claimed_at=timezone.now() - timedelta(minutes=11))
    tasks.mail_notifications()
    assert len(received()) == 2 * outbox.LOT + 2


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_server_is_spoken_to(server, monkeypatch):
    city = factories.City()
    open_ones = []
    monkeypatch.setattr(server, "send_messages", lambda self, messages: open_ones.append(connection.in_atomic_block))
    monkeypatch.setattr(tasks.mail_letters, "delay", tasks.mail_letters)
    tell(city.detective)
    tasks.mail_notifications()
    invite(city)
    passwords.ask(email=city.detective.email, by=User.objects.system())
    assert open_ones == [False, False, False]
    assert not transaction.get_connection().in_atomic_block


def test_a_queue_that_was_lost_loses_no_invitation_and_no_password_link(city):
    invite(city)
    passwords.ask(email=city.detective.email, by=User.objects.system())
    assert received() == []
    tasks.mail_letters()  # by the clock
    assert received() == ["new@agency.invalid", city.detective.email]
    verbs = list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))[-2:]
    assert verbs == ["invitation.mailed", "password.link_mailed"]


def test_a_mail_that_is_sent_twice_kills_no_link(city, client):
    made = invite(city)
    tasks.mail_letters()
    Letter.objects.update(mailed_at=None, mail_claimed_at=None)
    tasks.mail_letters()
    first, second = (re.search(r"/invitation/\S+", message.body).group() for message in mail.outbox)
    assert first == second
    assert client.get(first).status_code == 200
    invitations.renew(invitation=made, by=city.administrator)
    assert client.get(first).status_code == 404


def test_an_invitation_that_was_withdrawn_is_not_mailed(city):
    invitations.withdraw(invitation=invite(city), by=city.administrator)
    tasks.mail_letters()
    assert received() == []
    assert AuditEvent.objects.filter(verb="invitation.not_mailed", agency=city.papd).exists()


def test_asking_often_for_a_password_sends_one_mail(city):
    for _ in range(3):
        passwords.ask(email=city.detective.email, by=User.objects.system())
    tasks.mail_letters()
    assert received() == [city.detective.email]


def test_the_command_prints_the_link_that_is_mailed(city, client):
    said = StringIO()
    call_command("invite", "chief@agency.invalid", "--name=Chief", "--agency=PAPD", stdout=said)
    tasks.mail_letters()
    printed = re.search(r"http\S+", said.getvalue()).group()
    assert len(mail.outbox) == 1
    assert printed in mail.outbox[0].body
    assert client.get(printed.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_link_is_still_known_after_the_key_of_the_portal_was_changed(city, settings):
    made = invite(city)
    before = mailing.invitation_link(made)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another one", [settings.SECRET_KEY]
    assert mailing.invitation_link(made) == before
    settings.SECRET_KEY_FALLBACKS = []
    assert mailing.invitation_link(made) is None


def test_t30_the_row_of_an_invitation_tells_its_secret_to_nobody_without_the_key(city):
    made = invite(city)
    assert keys.hashed(made.nonce) != made.secret_hash
    assert made.nonce not in mailing.invitation_link(made)


def test_nobody_but_the_portal_takes_mail_from_the_outbox(city):
    with pytest.raises(Refused, match="by the portal itself"):
        outbox.claim(model=Letter, by=city.coordinator)


def test_what_was_mailed_is_read_by_the_auditors_of_the_recipient(city):
    tell(city.detective)
    tasks.mail_notifications()
    assert AuditEvent.objects.get(verb="notice.mailed").agency == city.papd
