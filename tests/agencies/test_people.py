"""Invitations, roles, units and accounts: who may give what to whom, and what ends with it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from agencies import access, mailing, policies, tasks
from agencies.actions import invitations, memberships, people, units
from agencies.actions._enrolment import keep_groups
from agencies.models import AuditEvent, Invitation, Membership, User
from agencies.roles import Permission, Role
from tests import factories

PASSWORD = "correct horse battery"


def verbs():
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))


def invite(city, **values):
    values = {"agency": city.papd, "email": "New.Person@agency.invalid", "name": "New Person"} | values
    return invitations.invite(
        role=values.pop("role", Role.DETECTIVE), by=values.pop("by", city.administrator), **values
    )


def link_of(invitation):
    return mailing.invitation_link(invitation).removeprefix("http://127.0.0.1:8000")


def test_an_invited_person_chooses_a_name_and_a_password_and_is_in(client, city):
    link = link_of(invite(city, unit=city.homicide))
    assert "Port Alder PD" in client.get(link).content.decode()
    answer = client.post(
        link, {"name": "New Person", "title": "Det.", "new_password": PASSWORD, "again": PASSWORD, "acknowledged": "on"}
    )
    assert answer["Location"] == "/"
    person = User.objects.get(email="new.person@agency.invalid")
    assert client.session["_auth_user_id"] == str(person.pk)
    membership = person.memberships.get()
    assert (membership.agency, membership.unit, membership.role) == (city.papd, city.homicide, Role.DETECTIVE)
    assert list(person.groups.all()) == [city.papd.group]
    assert Invitation.objects.get().accepted_by == person
    assert AuditEvent.objects.get(verb="sign_in").agency == city.papd


def test_the_mail_of_an_invitation_holds_the_link_and_no_name(city):
    invite(city)
    tasks.mail_letters()
    (message,) = mail.outbox
    assert message.to == ["new.person@agency.invalid"]
    assert re.search(r"http://127\.0\.0\.1:8000/invitation/[\w-]{43}/", message.body)
    assert "New Person" not in message.body


def test_t30_the_secret_of_an_invitation_is_kept_only_as_a_hash(city):
    secret = link_of(invite(city)).split("/")[-2]
    assert secret not in str(Invitation.objects.values().get())
    assert secret not in str(list(AuditEvent.objects.values()))


def test_an_invitation_works_once(client, city):
    link = link_of(invite(city))
    new = {"name": "New Person", "new_password": PASSWORD, "again": PASSWORD, "acknowledged": "on"}
    client.post(link, new)
    client.post("/sign-out/")
    assert client.get(link).status_code == 404
    assert client.post(link, new).status_code == 404


@pytest.mark.parametrize("spoil", ["old", "withdrawn", "sent again", "inviter gone", "agency gone"])
def test_an_invitation_that_is_over_says_whom_to_ask(client, city, spoil):
    invitation = invite(city)
    link = link_of(invitation)
    if spoil == "old":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif spoil == "withdrawn":
        invitations.withdraw(invitation=invitation, by=city.administrator)
    elif spoil == "sent again":
        invitations.renew(invitation=invitation, by=city.administrator)
    elif spoil == "inviter gone":
        Membership.objects.filter(user=city.administrator).update(ended_at=timezone.now(), ended_by=city.administrator)
    else:
        city.papd.is_active = False
        city.papd.save(update_fields=["is_active"])
    answer = client.get(link)
    assert answer.status_code == 404
    assert "Ask the administrator" in answer.content.decode()


def test_an_invitation_to_somebody_with_an_account_asks_their_password_not_a_new_one(client, city):
    city.gm_detective.set_password(PASSWORD)
    city.gm_detective.save(update_fields=["password"])
    link = link_of(invite(city, email=city.gm_detective.email.upper()))
    assert "new_password" not in client.get(link).content.decode()
    refused = client.post(link, {"password": "wrong", "new_password": "taken over!!", "again": "taken over!!"})
    assert refused.status_code == 200
    assert client.post(link, {"password": PASSWORD, "acknowledged": "on"})["Location"] == "/"
    assert city.gm_detective.memberships.count() == 2


def test_t31_inviting_tells_nothing_about_who_has_an_account(client, city):
    client.force_login(city.administrator)
    for email in (city.gm_detective.email, "nobody@agency.invalid"):
        answer = client.post(
            "/people/invite/", {"email": email, "name": "N", "agency": city.papd.pk, "role": Role.DETECTIVE}
        )
        assert answer["Location"] == "/people/"


@pytest.mark.parametrize("role", [Role.CENTER_COORDINATOR, Role.AUDITOR])
def test_t07_an_agency_administrator_cannot_give_rights_beyond_the_agency(client, city, role):
    client.force_login(city.administrator)
    answer = client.post("/people/invite/", {"email": "x@y.invalid", "name": "X", "agency": city.papd.pk, "role": role})
    assert "exists in a center only" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_t07_an_administrator_of_the_center_does_not_appoint_coordinators(city):
    administrator = factories.member(city.center, Role.AGENCY_ADMINISTRATOR)
    assert policies.give_role(administrator, city.center, Role.CENTER_COORDINATOR).startswith("Only a coordinator")
    assert policies.give_role(city.coordinator, city.center, Role.CENTER_COORDINATOR) is None


def test_t07_nobody_invites_into_an_agency_they_do_not_administer(client, city):
    client.force_login(city.administrator)
    answer = client.post(
        "/people/invite/", {"email": "x@y.invalid", "name": "X", "agency": city.gmpd.pk, "role": Role.DETECTIVE}
    )
    assert answer.status_code == 200
    with pytest.raises(access.Refused, match="Only an administrator"):
        invite(city, agency=city.gmpd)
    assert not Invitation.objects.exists()


def test_t07_nobody_gives_a_role_to_themself(city):
    with pytest.raises(access.Refused, match="to yourself"):
        memberships.grant(person=city.administrator, agency=city.papd, role=Role.SUPERVISOR, by=city.administrator)


def test_t07_who_administers_accounts_does_not_read_the_audit_log(city):
    with pytest.raises(access.Refused, match="One person cannot"):
        memberships.grant(person=city.auditor, agency=city.center, role=Role.AGENCY_ADMINISTRATOR, by=city.coordinator)


def test_t07_the_last_administrator_cannot_be_ended(city):
    own = city.administrator.memberships.get()
    with pytest.raises(access.Refused, match="last administrator"):
        memberships.end(membership=own, by=city.administrator)
    second = factories.member(city.papd, Role.AGENCY_ADMINISTRATOR)
    memberships.end(membership=own, by=second)
    assert not access.is_member(User.objects.get(pk=city.administrator.pk))


def test_t07_an_administrator_reaches_no_account_of_another_agency(client, city):
    client.force_login(city.administrator)
    other = city.gm_detective.memberships.get()
    for action in ("", "end/", "lock/", "release/", "unit/", "role/"):
        send = client.post if action else client.get
        assert send(f"/people/{other.pk}/{action}").status_code == 404


def test_t07_an_account_shared_with_another_agency_is_not_locked_by_one_of_them(city):
    both = factories.member(city.gmpd, Role.DETECTIVE, user=city.detective)
    with pytest.raises(access.Refused, match="another agency as well"):
        people.lock(person=both, by=city.administrator)


def test_a_locked_person_is_out_at_the_next_page_and_back_after_release(client, city):
    client.force_login(city.detective)
    people.lock(person=city.detective, by=city.administrator)
    assert client.get("/notifications/")["Location"] == "/sign-in/"
    people.release(person=city.detective, by=city.administrator)
    client.force_login(city.detective)
    assert client.get("/notifications/").status_code == 200


def test_nobody_releases_their_own_account(city):
    User.objects.filter(pk=city.administrator.pk).update(locked_at=timezone.now())
    with pytest.raises(access.Refused, match="Another administrator"):
        people.release(person=city.administrator, by=city.administrator)


def test_t09_ending_a_role_takes_rights_group_and_sessions_at_once(client, city):
    seen = factories.incident(city.papd)
    client.force_login(city.detective)
    memberships.end(membership=city.detective.memberships.get(), by=city.administrator)
    person = User.objects.get(pk=city.detective.pk)
    assert not person.groups.exists()
    assert not person.has_perm("evidence.view_incident", seen)
    assert not type(seen).objects.visible_to(person).exists()
    assert client.get("/notifications/")["Location"] == "/sign-in/"


def test_groups_follow_the_roles_that_see_cases(city):
    person = factories.member(city.papd, Role.RESEARCHER)
    keep_groups(person)
    assert not person.groups.exists()
    memberships.grant(person=person, agency=city.papd, role=Role.DETECTIVE, by=city.administrator)
    assert list(person.groups.all()) == [city.papd.group]


def test_a_role_is_given_once(city):
    with pytest.raises(access.Refused, match="already"):
        memberships.grant(person=city.detective, agency=city.papd, role=Role.DETECTIVE, by=city.administrator)


def test_a_unit_of_another_agency_cannot_be_given(city):
    foreign = factories.unit(city.gmpd)
    with pytest.raises(access.Refused, match="not one of the agency"):
        memberships.place(membership=city.detective.memberships.get(), unit=foreign, by=city.administrator)
    with pytest.raises(access.Refused, match="not one of the agency"):
        invite(city, unit=foreign)


def test_the_pages_of_people_work_for_their_administrator(client, city):
    client.force_login(city.administrator)
    invite(city)
    page = client.get("/people/?q=okafor").content.decode()
    assert "Chidi Okafor" in page
    assert "Ilse Varga" not in page
    member = city.detective.memberships.get()
    assert "End this role" in client.get(f"/people/{member.pk}/").content.decode()
    client.post(f"/people/{member.pk}/unit/", {"unit": ""})
    client.post(f"/people/{member.pk}/role/", {"role": Role.ANALYST})
    assert city.detective.memberships.filter(unit=None, ended_at=None).count() == 2
    answer = client.post(f"/people/{member.pk}/role/", {"role": Role.ANALYST})
    assert "has this role already" in answer.content.decode()
    client.post(f"/people/{member.pk}/lock/")
    client.post(f"/people/{member.pk}/release/")
    client.post(f"/people/{member.pk}/end/")
    made = ["membership.placed", "membership.granted", "person.locked", "person.released", "membership.ended"]
    assert verbs()[-5:] == made
    pending = Invitation.objects.get()
    client.post(f"/people/invitations/{pending.pk}/send/")
    client.post(f"/people/invitations/{pending.pk}/withdraw/")
    assert verbs()[-2:] == ["invitation.renewed", "invitation.withdrawn"]


def test_the_list_of_people_pages_by_name(client, city):
    for number in range(60):
        factories.member(city.papd, name=f"Zed {number:02}")
    client.force_login(city.administrator)
    first = client.get("/people/?q=zed").content.decode()
    older = re.search(r"after=([\w-]+)", first).group(1)
    second = client.get(f"/people/?q=zed&after={older}").content.decode()
    assert "Zed 49" in first
    assert "Zed 50" not in first
    assert "Zed 50" in second
    assert "Zed 49" not in second


@pytest.mark.parametrize("people_more", [0, 2])
def test_the_list_of_people_costs_the_same_for_few_and_many(client, city, django_assert_num_queries, people_more):
    for _ in range(people_more):
        factories.member(city.papd)
    client.force_login(city.administrator)
    with django_assert_num_queries(6):
        client.get("/people/")


def test_units_are_added_renamed_and_closed_by_their_administrator(client, city):
    client.force_login(city.administrator)
    client.post("/units/", {"name": "Robbery"})
    assert "of this name already" in client.post("/units/", {"name": "robbery"}).content.decode()
    unit = city.papd.units.get(name="Robbery")
    client.post(f"/units/{unit.pk}/", {"name": "Robbery and Assault"})
    unit.refresh_from_db()
    assert (unit.name, unit.is_active) == ("Robbery and Assault", False)
    assert client.get(f"/units/{factories.unit(city.gmpd).pk}/").status_code == 404
    with pytest.raises(access.Refused):
        units.add(agency=city.gmpd, name="Ours", by=city.administrator)


def test_who_may_not_manage_people_is_told_so_and_the_refusal_is_recorded(client, city):
    client.force_login(city.detective)
    answer = client.get("/people/")
    assert answer.status_code == 403
    assert "Your role does not include: invite people" in answer.content.decode()
    event = AuditEvent.objects.get(verb="refused")
    assert (event.by, event.agency, event.data["policy"]) == (city.detective, city.papd, Permission.AGENCY_MANAGE.value)
