"""The people list under 28 CFR Part 23: who is put on it, on what grounds, by whom; and what the database holds."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from agencies.access import Refused
from agencies.models import AuditEvent
from leads.actions import certificates, listed_facts, listings
from leads.models import Assertion, LeadEvent, ListedFact, ListedPerson
from leads.queries import listed as queries
from tests.factories import NOW
from tests.leads import people
from tests.leads.people import TODAY, days
from tests.scenery import scene

Status = ListedPerson.Status


@scene
def desk(city, lead):
    return people.trained(city)


@scene
def entry(desk, lead):
    return people.listed(desk, lead)


def score(entry, today=TODAY):
    entry = ListedPerson.objects.select_related("agency", "person").get(pk=entry.pk)
    return queries.measured([entry], entry.agency, today)[entry.pk]


def test_an_entry_is_proposed_by_one_and_approved_by_another(desk, lead):
    entry = people.propose(desk, people.suspect(desk, lead), by=desk.coordinator)
    with pytest.raises(Refused, match="Somebody else than the one who proposed"):
        listings.approve(entry=entry, by=desk.coordinator, now=NOW)
    with pytest.raises(Refused, match="Only the center's supervisors"):
        listings.approve(entry=entry, by=desk.analyst, now=NOW)
    assert (entry.status, entry.review_due, entry.purge_on) == ("candidate", days(30).date(), days(1826).date())


def test_an_approved_entry_is_reviewed_after_90_days_and_says_what_its_score_was_made_of(entry):
    assert (entry.status, entry.review_due) == ("active", days(90).date())
    assert (entry.score, entry.score_version, entry.score_as_of) == (39, 1, TODAY)
    assert [row[0] for row in entry.score_inputs["counted"]] == ["presumptive"]


def test_nobody_proposes_who_was_not_trained(city, lead):
    who = people.suspect(city, lead)
    with pytest.raises(Refused, match="trained on 28 CFR Part 23"):
        people.propose(city, who)
    people.certify(city.analyst, city.center, city.administrator)
    assert people.propose(city, who).status == Status.CANDIDATE


@pytest.mark.parametrize("role", ["witness", "victim"])
def test_a_victim_or_a_witness_is_not_proposed_for_being_one(desk, lead, role):
    who = people.person(desk)
    people.said(desk, who, lead.events.first(), role)
    with pytest.raises(Refused, match="ever listed for being one"):
        people.propose(desk, who, fact=("shooting", TODAY, "Arrest 26-77"))
    assert queries.candidates(desk.analyst, "Quill") == []
    people.said(desk, who, lead.events.last(), "suspect")
    assert queries.candidates(desk.analyst, "Quill") == [who]


def test_who_is_a_victim_alone_by_now_is_not_approved_whatever_the_proposal_said(desk, lead):
    who = people.suspect(desk, lead)
    people.said(desk, who, lead.events.first(), role="victim", source="Report 8")
    made = people.propose(desk, who, fact=("shooting", TODAY, "Docket 9"))
    said = {"withdrawn_at": NOW, "withdrawn_by": desk.analyst, "withdrawn_why": "Recanted"}
    Assertion.objects.filter(entity_id=who.pk, role="suspect").update(**said)
    with pytest.raises(Refused, match="as a victim or a witness alone"):
        listings.approve(entry=made, by=desk.coordinator, now=NOW)


@pytest.mark.parametrize("weak", [{"reliability": "E"}, {"reliability": "F"}, {"validity": 4}, {"validity": 6}])
def test_what_a_weak_source_says_does_not_count(desk, lead, weak):
    who = people.person(desk)
    people.said(desk, who, lead.events.first(), **weak)
    with pytest.raises(Refused, match="Nothing on record that counts"):
        people.propose(desk, who)


def test_a_documented_event_is_reason_enough_and_stays_with_its_source(desk, lead):
    who = people.person(desk)
    people.said(desk, who, lead.events.first(), "named")
    entry = people.propose(desk, who, fact=("shooting", TODAY - timedelta(180), "Arrest 26-77"))
    assert entry.score == 40
    assert entry.facts.get().source == "Arrest 26-77"


@pytest.mark.parametrize(("born_on", "sentence"), [(None, "date of birth"), (date(2009, 1, 1), "A juvenile is not")])
def test_a_juvenile_is_refused_and_so_is_who_may_be_one(desk, lead, born_on, sentence):
    who = people.suspect(desk, lead, born_on=born_on)
    with pytest.raises(Refused, match=sentence):
        people.propose(desk, who)


def test_a_juvenile_is_listed_where_the_center_names_the_law_and_counts_what_happened_then(desk, lead):
    who = people.suspect(desk, lead, born_on=date(2009, 1, 1))
    certificates.set_rule(center=desk.center, juvenile_law="State Code 12-3", by=desk.coordinator)
    entry = listings.approve(entry=people.propose(desk, who), by=desk.coordinator, now=NOW)
    assert entry.score == 39
    certificates.set_rule(center=desk.center, juvenile_law="", by=desk.coordinator)
    assert score(entry).tenths == 0
    with pytest.raises(Refused, match="Only the center's coordinator"):
        certificates.set_rule(center=desk.center, juvenile_law="x", by=desk.analyst)


def test_an_unknown_source_that_says_the_doubtful_is_no_reasonable_suspicion(desk, lead):
    who = people.suspect(desk, lead)
    with pytest.raises(Refused, match="no reasonable suspicion"):
        people.propose(desk, who, source_reliability="unknown", content_validity="doubtful")


def test_one_person_stands_on_a_list_once(desk, lead, entry):
    with pytest.raises(Refused, match="already"):
        people.propose(desk, entry.person)
    listings.remove(entry=entry, removal="desisted", note="", by=desk.analyst, now=NOW)
    assert people.propose(desk, entry.person).status == Status.CANDIDATE


def test_what_is_withdrawn_or_eliminated_stops_counting_at_once(desk, lead, entry):
    assert score(entry).tenths == 39
    LeadEvent.every.filter(lead=lead).update(confirmed_at=NOW, confirmed_by=desk.examiner, report="F-1")
    assert score(entry).tenths == 98
    LeadEvent.every.filter(lead=lead).update(withdrawn_at=NOW, withdrawn_by=desk.examiner)
    assert score(entry).tenths == 0
    LeadEvent.every.filter(lead=lead).update(withdrawn_at=None, withdrawn_by=None)
    said = {"withdrawn_at": NOW, "withdrawn_by": desk.analyst, "withdrawn_why": "Recanted"}
    Assertion.objects.filter(entity=entry.person).update(**said)
    assert score(entry).tenths == 0


def test_a_documented_event_counts_once_until_it_is_withdrawn(desk, entry):
    given = {"factor": "shooting", "on": TODAY, "source": "Docket 5", "by": desk.analyst, "now": NOW}
    fact = listed_facts.add(entry=entry, **given)
    with pytest.raises(Refused, match="on record already"):
        listed_facts.add(entry=entry, **given)
    assert score(entry).tenths == 119
    listed_facts.withdraw(fact=fact, by=desk.analyst, now=NOW)
    entry.refresh_from_db()
    assert score(entry).tenths == entry.score == 39
    with pytest.raises(Refused, match="withdrawn already"):
        listed_facts.withdraw(fact=fact, by=desk.analyst)


def test_being_shot_is_shown_beside_the_score(desk, lead, entry):
    people.said(desk, entry.person, lead.events.last(), "victim")
    found = score(entry)
    assert (found.tenths, [part.factor for part in found.beside]) == (39, ["victim"])


def test_a_review_says_why_and_only_a_validation_moves_the_day_of_purging(desk, entry):
    listings.review(entry=entry, note="Read anew", by=desk.analyst, now=days(80))
    entry.refresh_from_db()
    assert (entry.review_due, entry.purge_on) == (days(170).date(), days(1826).date())
    listings.review(
        entry=entry, note="Against the files", validated=True, review_due=days(400).date(), by=desk.analyst,
        now=days(90),
    )  # fmt: skip
    entry.refresh_from_db()
    assert (entry.review_due, entry.purge_on) == (days(400).date(), days(90 + 1826).date())
    with pytest.raises(Refused, match="within a year"):
        listings.review(entry=entry, note="x", review_due=days(500).date(), by=desk.analyst, now=days(91))


def test_an_entry_of_which_nothing_counts_is_not_kept_by_a_review(desk, lead, entry):
    LeadEvent.every.filter(lead=lead).update(withdrawn_at=NOW, withdrawn_by=desk.examiner)
    with pytest.raises(Refused, match="Remove the entry"):
        listings.review(entry=entry, note="x", by=desk.analyst, now=NOW)


def test_who_is_on_the_list_moves_between_its_statuses_and_comes_back_from_removal_by_a_new_proposal(desk, entry):
    for status in ("custody", "monitored", "referred", "active"):
        entry = listings.move(entry=entry, status=status, note="", by=desk.analyst)
    with pytest.raises(Refused, match="another status"):
        listings.move(entry=entry, status="active", note="", by=desk.analyst)
    with pytest.raises(Refused, match="another status"):
        listings.move(entry=entry, status="purged", note="", by=desk.analyst)
    listings.remove(entry=entry, removal="desisted", note="", by=desk.analyst, now=NOW)
    with pytest.raises(Refused, match="Only who is on the list"):
        listings.move(entry=entry, status="active", note="", by=desk.analyst)


def test_the_log_holds_nothing_of_what_an_entry_says(desk, lead, entry):
    listings.review(entry=entry, note="Secretword", by=desk.analyst, now=NOW)
    listed_facts.add(entry=entry, factor="shooting", on=TODAY, source="Secretword", by=desk.analyst, now=NOW)
    listings.remove(entry=entry, removal="court", note="Secretword", by=desk.analyst, now=NOW)
    rows = AuditEvent.objects.filter(object_type="leads.listedperson")
    assert [row.verb for row in rows.order_by("pk")] == [
        f"listed.{verb}" for verb in ("proposed", "approved", "reviewed", "fact_added", "removed")
    ]
    assert not any("Secretword" in str(row.data) or "Quill" in str(row.data) for row in rows)


BROKEN = [
    {"purge_on": TODAY + timedelta(1827)},
    {"review_due": TODAY + timedelta(366)},
    {"reviewed_on": TODAY - timedelta(1)},
    {"criminal_predicate": ""},
    {"reasonable_suspicion_basis": ""},
    {"person": None},
    {"status": "unheard"},
    {"status": "purged"},
    {"status": "removed"},
    {"approved_at": None},
    {"entered_on": TODAY - timedelta(1)},
    {"hold": "Order 5"},
]


@pytest.mark.parametrize("values", BROKEN, ids=lambda values: "".join(values))
def test_the_database_holds_what_the_regulation_asks(entry, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        ListedPerson.objects.filter(pk=entry.pk).update(**values)


def test_the_database_holds_that_two_people_agree(desk, entry):
    with pytest.raises(IntegrityError), transaction.atomic():
        ListedPerson.objects.filter(pk=entry.pk).update(approved_by=entry.proposed_by)


@pytest.mark.parametrize("sql", ["delete from leads_listedperson", "update leads_listedfact set source = 'x'",
                                 "delete from leads_listedfact"])  # fmt: skip
def test_nothing_of_an_entry_is_deleted_or_rewritten_before_it_is_purged(desk, entry, sql):
    listed_facts.add(entry=entry, factor="shooting", on=TODAY, source="Docket 5", by=desk.analyst, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert ListedFact.objects.get().source == "Docket 5"


def test_a_person_who_was_merged_is_measured_by_all_that_is_said_of_them_and_listed_once(desk, lead, entry):
    other = people.person(desk, "Marlow Quill")
    people.said(desk, other, lead.events.last())
    type(other).objects.filter(pk=other.pk).update(standing_id=entry.person.standing_id)
    assert len(score(entry).parts) == 2
    other.refresh_from_db()
    with pytest.raises(Refused, match="already"):
        people.propose(desk, other)


def test_a_training_is_recorded_by_an_administrator_for_somebody_else_and_counts_for_two_years(city):
    membership = city.papd.memberships.get(user=city.detective)
    made = certificates.record(membership=membership, completed_on=TODAY, by=city.administrator, now=NOW)
    assert made.expires_at.astimezone(NOW.tzinfo).date() == TODAY + timedelta(731)
    own = city.papd.memberships.get(user=city.administrator)
    with pytest.raises(Refused, match="another administrator"):
        certificates.record(membership=own, completed_on=TODAY, by=city.administrator, now=NOW)
    with pytest.raises(Refused, match="Only an administrator"):
        certificates.record(membership=membership, completed_on=TODAY, by=city.supervisor, now=NOW)
    with pytest.raises(Refused, match="this one is over"):
        certificates.record(membership=membership, completed_on=date(2024, 7, 1), by=city.administrator, now=NOW)
    certificates.end(certificate=made, by=city.administrator)
    assert not type(made).objects.in_force().exists()
