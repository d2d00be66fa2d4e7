"""T9, T33, T37, T42: what is taken away is gone at once and everywhere; the log stays; mail says a number alone."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from agencies import access, audit, tasks
from agencies.actions import memberships, notices
from agencies.models import AuditEvent, Notification, User
from agencies.notifications import notify
from evidence.models import Incident, IncidentGrant
from leads.models import Lead, LeadGrant, LeadSearch
from tests.apiclient import Program
from tests.attacks.addresses import address


def test_t09_who_left_is_out_of_pages_programs_and_mail_at_once(ours):
    person = ours["detective"]
    page, program = Client(), Program(person)
    page.force_login(person)
    assert page.get(address("lead", ours)).status_code == 200
    assert program.get("leads/").status_code == 200
    notify([person], "lead.grew", ours.lead)
    memberships.end(membership=person.memberships.get(), by=ours["agency_administrator"])
    assert page.get(address("lead", ours)).status_code == 302
    assert program.get("leads/").status_code == 401
    gone = ours["detective"]
    assert not gone.has_perm("leads.view_lead", ours.lead)
    assert not gone.groups.exists()
    _mail_all()
    assert not [each for each in mail.outbox if person.email in each.to]


def _mail_all():
    tasks.mail_notifications()


@pytest.mark.parametrize("spoil", ["locked", "closed", "agency closed"])
def test_t09_an_account_that_is_shut_gets_nothing(ours, spoil):
    person = ours["detective"]
    page, program = Client(), Program(person)
    page.force_login(person)
    if spoil == "locked":
        User.objects.filter(pk=person.pk).update(locked_at=timezone.now(), is_shut=True)
    elif spoil == "closed":
        User.objects.filter(pk=person.pk).update(is_active=False)
    else:
        type(ours.police).objects.filter(pk=ours.police.pk).update(is_active=False)
    assert page.get(address("leads")).status_code == 302
    assert program.get("leads/").status_code == 401


def test_t09_a_lead_whose_sight_was_taken_away_is_gone_from_every_surface(ours):
    person = ours["prosecutor"]
    client = Client()
    client.force_login(person)
    assert ours.shows_in(client.get(address("leads")))
    notices.choose(person=person, chosen={"leads": "at_once"}, by=person)
    told = notify([person], "lead.grew", ours.lead, label="A lead")[0]
    for record in (ours.lead, ours.incident):
        record.grants.filter(group=ours.office.group_id).delete()
    for name, query in (("leads", {}), ("leads", {"view": "newest", "kind": "homicide"}), ("api_leads", {})):
        assert not ours.shows_in(client.get(address(name), query)), name
    assert client.get(address("lead", ours)).status_code == 404
    assert client.get(address("lead_file", ours)).status_code == 404
    assert client.get(address("notification", pk=told.pk)).url == address("notifications")
    assert f"§g{ours.office.group_id}" not in LeadSearch.objects.get(lead=ours.lead).doc
    _mail_all()
    assert not [each for each in mail.outbox if person.email in each.to and "grew" in each.body]
    assert Notification.objects.get(pk=told.pk).mail_refused_at


def test_t37_mail_names_a_number_and_nothing_of_the_case(ours):
    _mail_all()
    assert mail.outbox
    for each in mail.outbox:
        text = f"{each.subject} {each.body}".lower()
        for word in ("st ", "narrative", "offense", "doe", "summary", "99", "was seen"):
            assert f"{ours.marker.lower()} {word}" not in text
        assert "\n" not in each.subject
        assert len(each.to) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "update agencies_auditevent set verb = 'x'",
        "delete from agencies_auditevent",
        "truncate agencies_auditevent cascade",
        "update evidence_custodyevent set to_whom = 'x'",
        "delete from evidence_custodyevent",
    ],
)
def test_t33_the_log_and_the_chain_of_custody_take_no_change(ours, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_t33_everything_that_was_done_is_in_an_unbroken_log(ours):
    assert list(audit.broken_links()) == []
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"incident.recorded", "lead.opened", "obligation.assigned", "referral.made", "file.uploaded"} <= verbs


def test_t33_reading_a_trace_and_taking_a_file_are_on_record(ours):
    client = Client()
    client.force_login(ours["detective"])
    before = AuditEvent.objects.count()
    client.get(address("trace", ours))
    assert b"".join(client.get(address("lead_file", ours)).streaming_content) == b"camera"
    found = list(AuditEvent.objects.order_by("id").values_list("verb", flat=True)[before:])
    assert found == ["trace.seen", "file.downloaded"]


def test_t42_grants_go_with_their_record_and_name_groups_of_agencies_alone(ours):
    orphan = Incident.objects.create(
        agency=ours.police, case_number="26-1", case_key="261", kind="other", occurred_at=ours.now,
        created_by=ours["analyst"],
    )  # fmt: skip
    access.share(orphan, ours.police)
    orphan.delete()
    assert not IncidentGrant.objects.filter(content_object_id=orphan.pk).exists()
    for grant in (IncidentGrant, LeadGrant):
        assert not grant.objects.filter(group__agency=None).exists()
        assert grant.objects.count() < 20


def test_t42_a_stranger_and_a_closed_account_have_nothing(ours):
    shut = ours["detective"]
    shut.is_active = False
    for person in (AnonymousUser(), shut):
        assert access.standings(person) == ()
        assert not Lead.objects.visible_to(person).exists()
        assert not person.has_perm("leads.view_lead", ours.lead)
