"""No lead goes out before two different people reviewed it, or before somebody says why it goes all the same."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.access import Refused
from agencies.models import AuditEvent, Notification
from evidence.actions import correlations
from evidence.imports.notices import Notice, NoticeEvent, as_dict, from_dict
from evidence.models import CorrelationReview
from leads.actions import desk, notices
from leads.models import HeldNotice, Lead, LeadEvent, Obligation
from leads.tasks import release_reviewed
from tests import factories
from tests.evidence.records_city import loaded, undone
from tests.leads.test_notices_import import run
from tests.leads.working import BOTH, load, notice

EARLIER = timezone.now() - timedelta(days=400)
HEAD = "Lead Number,Notice Date,Site,Agency,Case Number,Reviewer 1,Reviewer 2\n"
ROWS = """26-077,07/14/2026,{site},Port Alder PD,26-018844,{names}
26-077,07/14/2026,{site},Glenmoor PD,26-004417,{names}
"""


@pytest.fixture
def cases(city):
    return [
        factories.incident(city.papd, case_number="26-018844"),
        factories.incident(city.gmpd, case_number="26-004417"),
    ]


@pytest.fixture
def review(city, cases):
    """The site works in the portal; this candidate waits for reviewer 2."""
    entry = factories.acquisition(factories.exhibit(cases[0]), city.lab)
    return CorrelationReview.objects.create(
        acquisition=entry, site=city.lab, due_at=EARLIER, status="second", lead_number="26-077", candidate="26-004417",
        first_at=EARLIER, first_by=city.examiner,
    )  # fmt: skip


def held(city):
    return load(city, notice(*BOTH, number="26-077"))


def refused(words, action, **facts):
    with pytest.raises(Refused) as no, transaction.atomic():
        action(**facts)
    assert words in no.value.reason


@pytest.mark.usefixtures("promises")
def test_a_lead_of_a_site_in_the_portal_opens_when_reviewer_2_releases_it_and_its_clocks_begin_then(
    city, review, client
):
    assert [code for _row, _number, code in held(city).held] == ["second"]
    assert held(city).as_counts()["new"] == 0
    waiting = HeldNotice.objects.get()
    assert (waiting.number, waiting.site, waiting.status) == ("WCL-26-077", city.lab, "waiting")
    assert not Lead.objects.exists()
    assert not Notification.objects.filter(verb="lead.sent").exists()
    release_reviewed()
    assert not Lead.objects.exists(), "reviewer 2 has not looked yet"
    other = factories.member(city.lab, "examiner", name="Ines Calder")
    correlations.decide(review=review, by=other, release=True, note="")
    before = timezone.now()
    release_reviewed()
    release_reviewed()
    lead = Lead.objects.get()
    assert (lead.number, lead.site, lead.events_count) == ("WCL-26-077", city.lab, 2)
    owed = Obligation.objects.filter(lead=lead)
    assert {part.agency for part in owed} == {city.papd, city.gmpd}
    assert all(before <= part.sent_at <= timezone.now() for part in owed)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.review, waiting.decided_by.is_system) == ("released", review, True)
    deeds = AuditEvent.objects.filter(verb__startswith="notice.").order_by("pk")
    assert [each.verb for each in deeds] == ["notice.held", "notice.released"]
    client.force_login(city.analyst)
    assert "Reviewed by Ed Marsh and Ines Calder" in client.get(lead.get_absolute_url()).content.decode()
    factories.incident(city.papd, case_number="26-9")
    grown = load(city, notice(("PAPD", "26-9"), number="26-077"))
    assert grown.grown == ["WCL-26-077"], "what has gone out grows"


@pytest.mark.usefixtures("promises")
def test_the_coordinator_or_a_supervisor_of_the_laboratory_lets_one_go_with_a_reason_that_stays(city, review, client):
    held(city)
    waiting = HeldNotice.objects.get()
    boss = factories.member(city.lab, "supervisor")
    for person in (city.analyst, city.examiner, city.supervisor, city.outsider):
        refused("Only the center's coordinator", notices.release, held=waiting, by=person, reason="Urgent")
    refused("Say why", notices.decline, held=waiting, by=city.coordinator, reason=" ")
    address = reverse("held_notice", args=[waiting.pk])
    for person, status in ((city.supervisor, 404), (city.gm_detective, 403), (city.analyst, 200), (boss, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status, person
    assert client.get(reverse("held_notices")).content.decode().count("WCL-26-077") == 1
    assert "Say why" in client.post(address, {"release": "yes", "reason": " "}).content.decode()
    client.post(address, {"release": "yes", "reason": "Homicide last night, examiner 2 on leave"})
    waiting.refresh_from_db()
    assert (waiting.status, waiting.decided_by, waiting.review) == ("released", boss, None)
    lead = Lead.objects.get()
    assert lead.obligations.count() == 2
    client.force_login(city.analyst)
    told = client.get(lead.get_absolute_url()).content.decode()
    assert "Homicide last night, examiner 2 on leave" in told
    assert client.get(reverse("held_notices"), {"status": "released"}).content.decode().count("WCL-26-077") == 1
    refused("decided already", notices.decline, held=waiting, by=city.coordinator, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldNotice.objects.update(reason="")


def test_what_is_declined_tells_nobody_and_the_notice_may_come_again(city, review):
    held(city)
    notices.decline(held=HeldNotice.objects.get(), by=city.coordinator, reason="Breech face marks differ")
    assert not Lead.objects.exists()
    held(city)
    assert sorted(HeldNotice.objects.values_list("status", flat=True)) == ["declined", "waiting"]


@pytest.mark.usefixtures("promises", "review")
@pytest.mark.parametrize(("first", "says"), [(True, "waits under Triage"), (False, "Its agencies are told")])
def test_who_releases_reads_whether_anybody_is_told_by_that(city, client, first, says):
    desk.choose(center=city.center, first=first, by=city.coordinator)
    held(city)
    client.force_login(city.coordinator)
    address = reverse("held_notice", args=[HeldNotice.objects.get().pk])
    page = client.post(address, {"release": "yes", "reason": "Examiner 2 on leave"}, follow=True).content.decode()
    assert says in page
    assert Lead.objects.get().obligations.exists() != first


def test_of_a_notice_that_is_held_is_said_before_it_is_loaded_whom_and_what_the_center_does_not_know(city, review):
    text = HEAD + ROWS.format(site=city.lab.name, names=",").replace("26-018844", "")
    text = text.replace("Glenmoor PD,26-004417", "Glenmore PD,26-9")
    found = run(city.lab, text, city.analyst, load=False).findings.filter(level="review")
    assert sorted(found.values_list("row", "code")) == [(2, "held"), (2, "no_case"), (3, "stranger"), (3, "waits")]


def test_reviewers_in_a_file_are_kept_and_shown_and_one_person_as_both_is_found(city, cases, client):
    text = HEAD + ROWS.format(site="Far Lab", names="B. Lowe,C. Adeyemi")
    batch = run(city.center, text, city.analyst)
    lead = Lead.objects.get()
    assert (batch.status, lead.reviewer_1, lead.reviewer_2) == ("loaded", "B. Lowe", "C. Adeyemi")
    client.force_login(city.analyst)
    told = client.get(lead.get_absolute_url()).content.decode()
    assert "Reviewed by B. Lowe and C. Adeyemi, as the notice says" in told
    text = HEAD + ROWS.format(site="Far Lab", names="B. Lowe, b.  LOWE").replace("26-077", "26-078")
    batch = run(city.center, text, city.analyst)
    codes = set(batch.findings.filter(level="review").values_list("code", "column_name"))
    assert {("one_reviewer", "Reviewer 2"), ("held", "Lead Number")} <= codes
    assert (Lead.objects.count(), HeldNotice.objects.get().why) == (1, "same")
    assert LeadEvent.objects.count() == 2


TEXT = st.text(max_size=8)
EVENTS = st.builds(
    NoticeEvent, row_number=st.integers(2, 9), case_number=TEXT, agency=TEXT, confirmed=st.sampled_from([None, True]),
    occurred_at=st.none() | st.datetimes(timezones=st.just(timezone.get_fixed_timezone(-300))),
)  # fmt: skip


@settings(max_examples=40)
@given(st.builds(Notice, lead_number=TEXT, lead_key=TEXT, notice_date=st.none() | st.dates(), site=TEXT,
                 events=st.lists(EVENTS, max_size=3), reviewer_1=TEXT, reviewer_2=TEXT))  # fmt: skip
def test_a_notice_that_is_kept_is_the_same_when_it_is_taken_in(made):
    assert from_dict(as_dict(made)) == made


def test_the_file_that_brought_a_held_notice_is_undone_by_declining_it_unless_it_was_decided(city, review):
    rows = HEAD + ROWS.format(site="WCL", names=",")
    batch = loaded("leads", city.center, rows, by=city.analyst)
    kept = HeldNotice.objects.get()
    assert undone(batch, city.analyst).status == "undone"
    kept.refresh_from_db()
    assert (kept.status, kept.decided_by, kept.reason) == (
        "declined",
        city.analyst,
        "The file that brought it was undone.",
    )

    batch = loaded("leads", city.center, rows, by=city.analyst)
    notices.release(held=HeldNotice.objects.waiting().get(), by=city.coordinator, reason="The site is short of people.")
    batch = undone(batch, city.analyst)
    assert batch.status == "loaded"
    assert batch.findings.get(level="undo").message == "This notice was released or declined since."
