"""The nightly round of the people list: flagged, dropped, purged; repeated, broken off, late; and what is left."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from agencies import audit
from agencies.access import Refused
from agencies.models import Notification
from leads import tasks
from leads.actions import certificates, disseminations, listed_facts, listed_rounds, listings
from leads.models import Assertion, Dissemination, ListedFact, ListedPerson
from tests.factories import NOW
from tests.leads import people
from tests.leads.people import TODAY, days
from tests.leads.working import system
from tests.scenery import scene

WHY = {"right": "investigation", "reason": "Secretword homicide"}


@scene
def desk(city, lead):
    return people.trained(city)


@scene
def entry(desk, lead):
    return people.listed(desk, lead, noncriminal="Secretword aunt")


def night(at, **values):
    """All rounds of one night; how many rows each did."""
    done = []
    while not done or done[-1]:
        done.append(listed_rounds.keep(by=system(), now=at, **values))
    return done


def told(verb):
    return sorted(Notification.objects.filter(verb=verb).values_list("user__name", flat=True))


def fresh(entry):
    return ListedPerson.objects.get(pk=entry.pk)


def test_a_review_is_told_of_two_weeks_ahead_once_and_again_after_the_next(desk, entry):
    assert night(days(75)) == [1, 0]
    assert told("listed.review_due") == []
    assert night(days(76)) == [2, 0]
    assert night(days(77)) == [1, 0]
    assert told("listed.review_due") == ["Cora Lane", "Dana Ruiz"]
    listings.review(entry=entry, note="Read anew", by=desk.analyst, now=days(80))
    night(days(158))
    assert len(told("listed.review_due")) == 4


def test_what_was_not_reviewed_in_time_is_dropped_on_the_day_after(entry):
    night(days(90))
    assert fresh(entry).status == "active"
    night(days(91))
    assert (fresh(entry).status, fresh(entry).removal, fresh(entry).removed_by) == ("removed", "not_reviewed", system())
    assert told("listed.removed") == ["Dana Ruiz"]


def test_a_proposal_that_nobody_approved_lapses_after_30_days(desk, lead):
    made = people.propose(desk, people.suspect(desk, lead))
    night(days(30))
    assert fresh(made).status == "candidate"
    night(days(31))
    assert (fresh(made).status, fresh(made).purge_on) == ("removed", days(61).date())


def test_an_entry_is_dropped_in_the_night_after_its_predicate_was_withdrawn(desk, entry):
    said = {"withdrawn_at": NOW, "withdrawn_by": desk.analyst, "withdrawn_why": "Recanted"}
    Assertion.objects.filter(entity=entry.person).update(**said)
    night(days(1))
    assert (fresh(entry).status, fresh(entry).removal) == ("removed", "predicate")


def test_a_juvenile_is_dropped_in_the_night_after_the_law_was_taken_back_whatever_was_measured_since(desk, lead):
    born = TODAY.replace(year=TODAY.year - 16)
    certificates.set_rule(center=desk.center, juvenile_law="Code 5", by=desk.coordinator, now=NOW)
    entry = people.listed(desk, lead, person=people.suspect(desk, lead, "Kit Lowe", born_on=born))
    night(days(1))
    assert fresh(entry).status == "active"
    # The last measuring of that day still counted it: the night does not look at the day alone.
    listed_facts.add(entry=entry, factor="shooting", on=TODAY, source="D 5", by=desk.analyst, now=days(2))
    certificates.set_rule(center=desk.center, juvenile_law="", by=desk.coordinator, now=days(2))
    assert night(days(2)) == [1, 0]
    assert (fresh(entry).status, fresh(entry).removal) == ("removed", "predicate")
    assert told("listed.removed") == ["Dana Ruiz"]


def test_an_entry_of_which_nothing_counts_is_dropped_in_the_night_though_it_was_measured_since_midnight(desk, entry):
    said = {"withdrawn_at": NOW, "withdrawn_by": desk.analyst, "withdrawn_why": "Recanted"}
    fact = listed_facts.add(entry=entry, factor="shooting", on=TODAY, source="D 5", by=desk.analyst, now=NOW)
    Assertion.objects.filter(entity=entry.person).update(**said)
    listed_facts.withdraw(fact=fact, by=desk.analyst, now=days(1))
    night(days(1))
    assert (fresh(entry).status, fresh(entry).removal) == ("removed", "predicate")


def test_an_entry_is_dropped_when_everything_that_counted_is_too_old(desk, entry):
    for done in range(1, 9):
        listings.review(entry=entry, note="Read anew", by=desk.analyst, now=days(85 * done))
    night(days(720))
    assert fresh(entry).status == "active"
    night(days(731))
    assert fresh(entry).removal == "predicate"


def test_the_score_is_measured_anew_each_night(entry):
    night(days(175))
    before = fresh(entry).score
    assert (before, fresh(entry).status) == (39, "removed")  # dropped before it was measured: not reviewed
    ListedPerson.objects.filter(pk=entry.pk).update(
        status="active", removed_at=None, removed_by=None, removal="", review_due=days(300).date()
    )
    night(days(175))
    assert (fresh(entry).score, fresh(entry).score_as_of) == (20, days(175).date())


def purged(desk, entry):
    disseminations.open_(entry=entry, how="opened", by=desk.detective, now=NOW, **WHY)
    listed_facts.add(entry=entry, factor="shooting", on=TODAY, source="Secretword 5", by=desk.analyst, now=NOW)
    listings.remove(entry=entry, removal="desisted", note="Secretword", by=desk.analyst, now=NOW)
    night(days(30))
    return fresh(entry)


def everything():
    """All that the tables of the list hold, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select t::text from leads_listedperson t union all select t::text from leads_listedfact t
               union all select t::text from leads_dissemination t
               union all select t.data::text from agencies_auditevent t where t.verb like 'listed.%'
               union all select t::text from agencies_notification t"""
        )
        return "\n".join(row[0] for row in cursor.fetchall())


def test_what_is_purged_leaves_its_number_its_days_its_rule_and_who_got_it_and_nothing_else(desk, entry):
    assert "Secretword" in everything()
    left = purged(desk, entry)
    assert (left.status, left.rule, left.purged_at, left.person) == ("purged", "removed", days(30), None)
    assert (left.score, left.score_inputs, ListedFact.objects.count()) == (0, {}, 0)
    assert "Secretword" not in everything()
    assert "Quill" not in everything()
    assert "two sources" not in everything()
    row = Dissemination.objects.get()
    assert (row.person, row.agency, row.how, row.at, row.reason) == (desk.detective, desk.papd, "opened", NOW, "")
    assert told("listed.purged") == ["Chidi Okafor"]


def test_who_got_something_of_an_entry_hears_that_it_was_removed(desk, entry):
    disseminations.open_(entry=entry, how="opened", by=desk.detective, now=NOW, **WHY)
    listings.remove(entry=entry, removal="unfounded", note="", by=desk.analyst, now=NOW)
    assert told("listed.removed") == ["Chidi Okafor"]


def test_what_was_purged_does_not_change_any_more(desk, entry):
    left = purged(desk, entry)
    for values in ({"note": "x"}, {"status": "active"}, {"purged_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ListedPerson.objects.filter(pk=left.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dissemination.objects.update(reason="x")


def test_an_entry_goes_five_years_after_its_last_validation(desk, entry):
    for done in range(1, 4):
        listings.review(entry=entry, note="Anew", by=desk.analyst, now=days(85 * done), validated=done == 2)
    ListedPerson.objects.filter(pk=entry.pk).update(reviewed_on=days(1900).date(), review_due=days(1996).date())
    listed_facts.add(
        entry=entry, factor="shooting", on=days(1900).date(), source="D 5", by=desk.analyst, now=days(1901)
    )
    night(days(170 + 1825))
    assert fresh(entry).status == "active"
    night(days(170 + 1826))
    assert (fresh(entry).status, fresh(entry).rule) == ("purged", "retention")


def test_an_order_of_a_court_keeps_an_entry_from_purging_and_not_from_being_dropped(desk, entry):
    listings.hold(entry=entry, order="Order 5", by=desk.coordinator, now=NOW)
    with pytest.raises(Refused, match="set already"):
        listings.hold(entry=entry, order="Order 6", by=desk.coordinator)
    night(days(91))
    night(days(400))
    assert (fresh(entry).status, fresh(entry).person_id) == ("removed", entry.person_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListedPerson.objects.filter(pk=entry.pk).update(status="purged")
    with pytest.raises(Refused, match="Only the center's supervisors"):
        listings.lift(entry=entry, by=desk.analyst)
    listings.lift(entry=entry, by=desk.coordinator)
    night(days(401))
    assert fresh(entry).status == "purged"


def test_a_round_that_is_repeated_does_nothing_more(desk, entry):
    night(days(91))
    heard = Notification.objects.count()
    assert night(days(91)) == [0]
    assert Notification.objects.count() == heard


def test_a_day_of_downtime_is_made_up_batch_by_batch(desk, lead):
    made = [people.listed(desk, lead, name) for name in ("Al Orr", "Bo Poe", "Cy Roe")]
    assert night(days(95), limit=2) == [3, 1, 0]
    assert {fresh(each).status for each in made} == {"removed"}


def test_a_round_that_is_killed_in_the_middle_leaves_nothing_half_done(desk, entry, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(audit, "record_many", lambda *args, **values: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            listed_rounds.keep(by=system(), now=days(91))
    assert (fresh(entry).status, told("listed.removed")) == ("active", [])
    night(days(91))
    assert told("listed.removed") == ["Dana Ruiz"]


def test_the_day_begins_where_the_center_is(entry):
    late = days(91).replace(hour=0, minute=30)
    night(late - timedelta(hours=1))
    assert fresh(entry).status == "active"
    night(late)
    assert fresh(entry).status == "removed"


def test_only_the_portal_itself_keeps_the_round_and_its_task_calls_until_nothing_is_left(desk, entry, monkeypatch):
    with pytest.raises(Refused, match="each night"):
        listed_rounds.keep(by=desk.coordinator)
    calls = iter([2, 1, 0])
    monkeypatch.setattr(listed_rounds, "keep", lambda by: next(calls))
    tasks.keep_people_list()
    assert list(calls) == []
