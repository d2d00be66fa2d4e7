"""Who may become what: nobody gives a role to themself, takes one without asking, or guesses a password."""

import pytest
from django.utils import timezone

from agencies import access, mailing
from agencies.actions import invitations, memberships, passwords, tokens
from agencies.models import AuditEvent, Invitation, Membership, SignInAttempt, User
from agencies.roles import Role
from tests import factories
from tests.scenery import scene

PASSWORD = "correct horse battery"
NEW = "staple river lantern"


@scene
def person(city):
    return with_password(city.detective)


def with_password(person):
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def invitation(city, **values):
    given = {"agency": city.papd, "email": "new@agency.invalid", "name": "New", "role": Role.DETECTIVE}
    return invitations.invite(**(given | {"by": city.administrator} | values))


def link_of(made):
    return mailing.invitation_link(made).removeprefix("http://127.0.0.1:8000")


def test_t07_who_left_is_not_taken_back_without_their_consent(client, city):
    person = factories.member(city.papd)
    left = person.memberships.get()
    memberships.end(membership=left, by=city.administrator)
    factories.member(city.gmpd, user=person)
    User.objects.filter(pk=person.pk).update(locked_at=timezone.now())
    client.force_login(city.administrator)
    answer = client.post(f"/people/{left.pk}/role/", {"role": Role.ANALYST})
    assert "not a member of the agency any more" in answer.content.decode() or answer.status_code == 200
    assert client.post(f"/people/{left.pk}/release/").status_code == 403
    assert User.objects.get(pk=person.pk).locked_at
    assert not Membership.objects.active().filter(user=person, agency=city.papd).exists()
    with pytest.raises(access.Refused, match="Invite them"):
        memberships.grant(person=person, agency=city.papd, role=Role.ANALYST, by=city.administrator)


def test_t07_nobody_invites_themself(client, city):
    client.force_login(city.administrator)
    own = city.administrator.email.upper()
    values = {"email": own, "name": "Me", "agency": city.papd.pk, "role": Role.SUPERVISOR}
    assert "to yourself" in client.post("/people/invite/", values).content.decode()
    with pytest.raises(access.Refused, match="to yourself"):
        invitation(city, email=f" {own} ", role=Role.SUPERVISOR)


def test_t07_an_invitation_to_oneself_that_exists_cannot_be_accepted(city):
    made = invitation(city, role=Role.SUPERVISOR)
    Invitation.objects.update(email=city.administrator.email)
    with pytest.raises(access.Refused, match="to yourself"):
        invitations.accept(invitation=made, by=User.objects.system(), person=city.administrator)


def test_an_administrator_who_is_invited_as_auditor_reads_why_that_cannot_be(client, city):
    administrator = with_password(city.administrator)
    link = link_of(
        invitation(city, agency=city.center, email=administrator.email, role=Role.AUDITOR, by=city.coordinator)
    )
    answer = client.post(link, {"password": PASSWORD, "acknowledged": "on"})
    assert answer.status_code == 200
    assert "One person cannot administer accounts and read the audit log" in answer.content.decode()
    assert not SignInAttempt.objects.exists()
    assert "_auth_user_id" not in client.session


def test_a_refusal_to_somebody_who_is_nobody_yet_is_recorded_by_the_system(client, city, monkeypatch):
    administrator = with_password(city.administrator)
    link = link_of(
        invitation(city, agency=city.center, email=administrator.email, role=Role.AUDITOR, by=city.coordinator)
    )
    monkeypatch.setattr("agencies.forms.JoinAgainForm.clean", lambda form: None)
    assert client.post(link, {"password": PASSWORD, "acknowledged": "on"}).status_code == 403
    assert AuditEvent.objects.get(verb="refused").by.is_system


def test_t07_the_last_administrator_who_can_sign_in_cannot_be_ended(city):
    second = factories.member(city.papd, Role.AGENCY_ADMINISTRATOR)
    User.objects.filter(pk=second.pk).update(locked_at=timezone.now())
    with pytest.raises(access.Refused, match="last administrator"):
        memberships.end(membership=city.administrator.memberships.get(), by=User.objects.system())


def test_t31_guessing_the_present_password_of_an_open_session_locks_the_account(client, person):
    client.force_login(person)
    for _ in range(5):
        client.post("/password/", {"present": "wrong", "new_password": NEW, "again": NEW})
    person.refresh_from_db()
    assert person.locked_at
    assert (
        client.post("/password/", {"present": PASSWORD, "new_password": NEW, "again": NEW})["Location"] == "/sign-in/"
    )


def test_a_field_left_empty_is_no_wrong_password(client, person):
    client.force_login(person)
    client.post("/password/", {"present": "", "new_password": NEW, "again": NEW})
    client.post("/password/", {"present": PASSWORD, "new_password": NEW, "again": "other"})
    client.post("/session/lock/")
    for _ in range(5):
        client.post("/lock/", {"password": ""})
    assert not SignInAttempt.objects.exists()
    assert client.post("/lock/", {"password": PASSWORD}).status_code == 302


def test_a_changed_password_forgives_the_wrong_tries_before_it(city, person):
    SignInAttempt.objects.create(email=person.email.lower())
    passwords.change(password=NEW, by=person)
    assert not SignInAttempt.objects.exists()


def test_opening_the_address_of_the_lock_locks_nothing(client, person):
    client.force_login(person)
    assert client.get("/lock/?next=/notifications/")["Location"] == "/notifications/"
    assert client.get("/notifications/").status_code == 200
    assert not AuditEvent.objects.filter(verb="session.locked").exists()


def test_who_leaves_the_desk_locks_the_session_and_comes_back_to_the_same_page(client, person):
    client.force_login(person)
    assert 'name="next" value="/notifications/?after=9"' in client.get("/notifications/?after=9").content.decode()
    answer = client.post("/session/lock/", {"next": "/notifications/?after=9"})
    assert answer["Location"] == "/lock/?next=%2Fnotifications%2F%3Fafter%3D9"
    assert client.get("/notifications/").status_code == 302
    assert client.post("/session/lock/", {"next": "//evil.example"})["Location"].startswith("/lock/")


def test_invitations_beyond_the_first_page_can_be_reached(client, city):
    for number in range(52):
        invitation(city, email=f"p{number:02}@agency.invalid", name=f"Guest {number:02}")
    client.force_login(city.administrator)
    first = client.get("/people/").content.decode()
    assert "50 or more invited" in first
    assert "Guest 01" not in first
    before = Invitation.objects.get(name="Guest 02").pk
    assert f"?invited_before={before}" in first
    assert "Guest 01" in client.get(f"/people/?invited_before={before}").content.decode()


def test_a_second_invitation_taken_at_the_same_moment_says_what_to_do(city):
    first, second = invitation(city), invitation(city, role=Role.SUPERVISOR)
    given = {"by": User.objects.system(), "name": "New", "password": PASSWORD}
    invitations.accept(invitation=first, **given)
    with pytest.raises(access.Refused, match="open the link again"):
        invitations.accept(invitation=second, **given)
    assert Invitation.objects.get(pk=second.pk).accepted_at is None


def test_a_token_is_revoked_by_the_portal_itself(city):
    token, _ = tokens.make(name="Records system", days=30, by=city.detective)
    tokens.revoke(token=token, by=User.objects.system())
    assert AuditEvent.objects.get(verb="token.revoked").agency == city.papd
