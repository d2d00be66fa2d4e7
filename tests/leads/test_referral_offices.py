"""A person's case before several offices: of whom, which events, and what one office learns of another."""

import pytest
from django.urls import reverse

from agencies.access import Refused
from agencies.models import Agency, Notification
from agencies.widgets import Folded
from leads.actions import referrals
from leads.forms.referring import in_groups
from leads.models import Lead, LeadEvent, Referral
from leads.queries import caselists
from leads.queries import referrals as near
from tests.apiclient import Program
from tests.factories import NOW, member
from tests.leads import casework
from tests.leads.casework import BORN, named, refer
from tests.leads.pages import lead
from tests.scenery import scene


@scene
def usa(city):
    return casework.federal(city)


@scene
def gun(city):
    return lead(city, "WCL-2026-00001")


@pytest.fixture
def page(client):
    def text(user, name, pk, **data):
        client.force_login(user)
        return client.get(reverse(name, args=[pk]), **data).content.decode()

    return text


def test_one_form_puts_a_person_and_ticked_events_before_two_offices(client, city, gun, usa):
    other = casework.same_gun(city, gun, "WCL-2026-00002")
    who, events = named(city, gun), [gun.events.first().pk, other.events.last().pk]
    client.force_login(city.detective)
    given = {"agency": city.papd.pk, "office": [city.da.pk, city.usao.pk], "person": who.pk, "events": events}
    said = client.post(reverse("referral_new", args=[gun.pk]), given | {"summary": "Named by two."}, follow=True)
    assert "District Attorney, Wexley and U.S. Attorney, Northern District" in said.content.decode()
    state, federal = Referral.objects.order_by("office__code")
    assert (state.venue, federal.venue) == ("state", "federal")
    assert state.screening == federal.screening
    for case in (state, federal):
        assert (case.person, case.defendant, case.born_on) == (who, "Doe, Pat", BORN)
        assert set(case.asserted.values_list("event", flat=True)) == set(events)
    assert set(Lead.objects.visible_to(usa)) == {gun, other}


def test_what_another_agency_referred_is_told_by_no_refusal_and_the_office_has_one_person(client, city, gun, page):
    """Two agencies refer one defendant to one office: the second hears what it would hear without the first."""
    other = member(city.gmpd)
    first = refer(city, gun, city.da, agency=city.gmpd, by=other)
    client.force_login(city.detective)
    given = {"agency": city.papd.pk, "office": city.da.pk, "defendant": "Pat Doe", "summary": "With the gun."}
    said = client.post(reverse("referral_new", args=[gun.pk]), given, follow=True)
    assert "The case is before District Attorney, Wexley. They decide within 30 days." in said.content.decode()
    second = Referral.objects.get(agency=city.papd)
    assert (second.screening, second.defendant) == (first.screening, "Pat Doe")
    assert city.gmpd.name not in page(city.detective, "referral", second.pk).split("<main")[1].split("Events")[0]
    assert first.get_absolute_url() not in page(city.detective, "referral", second.pk)
    assert first.get_absolute_url() in page(city.prosecutor, "referral", second.pk)
    assert caselists.counts(city.prosecutor, now=NOW)["people"] == 1
    with pytest.raises(Refused, match="already"):
        refer(city, gun, city.da)


def test_only_what_was_ticked_is_asserted_and_the_page_says_so(page, city, gun):
    none = refer(city, gun, city.da)
    one = refer(city, gun, city.da, defendant="Robin Roe", events=[gun.events.first()])
    assert "No single event of this gun is asserted about Pat Doe" in page(city.prosecutor, "referral", none.pk)
    text = page(city.prosecutor, "referral", one.pk)
    table = text.split('aria-label="Table of events asserted"')[1].split("</table>")[0]
    assert gun.events.first().case_number in table
    assert gun.events.last().case_number not in table
    assert "<b>UNCONFIRMED</b>" in table
    assert "A link between events is a link of a gun, not of a person." in text


def test_an_asserted_event_that_was_withdrawn_is_still_there_and_says_so(page, city, gun):
    case = refer(city, gun, city.da, events=list(gun.events.all()))
    LeadEvent.objects.filter(pk=gun.events.first().pk).update(withdrawn_at=NOW, withdrawn_by=city.analyst)
    assert "<b>WITHDRAWN</b> from the line" in page(city.prosecutor, "referral", case.pk)


def test_events_of_another_gun_or_of_leads_the_agency_does_not_see_are_refused(city, gun):
    other = lead(city, "WCL-2026-00003")
    with pytest.raises(Refused, match="Choose events of this gun"):
        refer(city, gun, city.da, events=[other.events.first()])
    assert not near.events_for(gun, [city.outsider_agency]).exists()


def test_a_witness_a_victim_and_somebody_of_another_lead_cannot_be_referred(city, gun):
    for role in ("witness", "victim"):
        who = named(city, gun, f"Doe, {role}", role)
        with pytest.raises(Refused, match="Choose a person who is named on this lead"):
            refer(city, gun, city.da, person=who)
    with pytest.raises(Refused, match="Choose a person who is named on this lead"):
        refer(city, gun, city.da, person=named(city, lead(city, "WCL-2026-00003")))


@pytest.mark.parametrize("venue", ["juvenile", "revocation"])
def test_a_case_may_be_of_a_juvenile_or_revoke_supervision(page, city, gun, venue):
    case = refer(city, gun, city.da, venue=venue)
    assert f"{case.get_venue_display()}: District Attorney, Wexley" in page(city.prosecutor, "referral", case.pk)


def test_a_state_office_takes_no_federal_case(city, gun):
    with pytest.raises(Refused, match="takes a federal case"):
        refer(city, gun, city.da, venue="federal")
    with pytest.raises(Refused, match="takes no case of the state"):
        refer(city, gun, city.usao, venue="state")


def test_a_case_needs_a_name_or_a_record(client, city, gun):
    client.force_login(city.detective)
    given = {"agency": city.papd.pk, "office": city.da.pk, "summary": "Found with it."}
    gun.events.update(kind="shots_fired_confirmed")
    page = client.get(reverse("referral_new", args=[gun.pk])).content.decode()
    assert "shots fired (link UNCONFIRMED)" in page, "that the shots are confirmed is no word on the link"
    assert "where no record is chosen" not in page, "there is none to choose"
    assert (
        "Give the name as on the arrest report."
        in client.post(reverse("referral_new", args=[gun.pk]), given).content.decode()
    )


class TestOfficesBesideEachOther:
    SECRET = "The informant met him on Quarry Street."

    @pytest.fixture
    def two(self, city, gun, usa):
        made = refer(city, gun, city.da, summary=self.SECRET, born_on=BORN)
        other = casework.lead(city, "WCL-2026-00009")
        return made, refer(city, other, city.usao, born_on=BORN, defendant="DOE, PAT", summary="Theirs")

    def test_the_other_office_learns_state_since_when_and_a_contact_and_no_more(self, page, city, two, usa):
        state, federal = two
        referrals.decide(referral=state, status="accepted", note=self.SECRET, court_number="WX-77", by=city.prosecutor)
        text = page(usa, "referral", federal.pk)
        assert "State: District Attorney, Wexley" in text
        assert "Accepted" in text
        assert "Ruth Calloway" in text
        for hidden in (self.SECRET, "WX-77", state.get_absolute_url(), state.lead.number):
            assert hidden not in text
        assert page(usa, "referral", state.pk).count(self.SECRET) == 0

    def test_the_agency_that_referred_neither_learns_of_a_case_that_is_not_its_own(self, page, city, gun, usa):
        mine = refer(city, gun, city.da, born_on=BORN)
        theirs = {"agency": city.gmpd, "by": city.gm_detective, "born_on": BORN}
        refer(city, gun, city.usao, **theirs)
        assert "U.S. Attorney" not in page(city.detective, "referral", mine.pk)
        assert "U.S. Attorney" in page(city.prosecutor, "referral", mine.pk)

    def test_both_offices_hear_once_that_the_other_has_a_case(self, city, two, usa):
        told = Notification.objects.filter(verb="referral.beside")
        assert [(each.user, each.object_id) for each in told] == [(city.prosecutor, two[0].pk)]

    def test_offices_asked_together_are_told_once_each(self, city, gun, usa):
        case = {"agency": city.papd, "defendant": "Pat Doe", "summary": "With it.", "by": city.detective}
        referrals.make_each(lead=gun, offices=[city.da, city.usao], **case)
        assert not Notification.objects.filter(verb="referral.beside").exists()
        assert Notification.objects.filter(verb="referral.made").count() == 2

    def test_another_person_of_the_same_gun_shows_while_the_case_is_open_and_unnamed(self, page, city, gun, usa):
        other = casework.same_gun(city, gun, "WCL-2026-00004")
        mine = refer(city, gun, city.usao, defendant="Robin Roe")
        theirs = refer(city, other, city.da, defendant="Pat Doe")
        text = page(usa, "referral", mine.pk)
        assert "Another person, the same presumed gun" in text
        assert "Pat Doe" not in text
        referrals.decide(referral=theirs, status="declined", reason="duplicate", by=city.prosecutor)
        assert "Another person" not in page(usa, "referral", mine.pk)

    def test_a_name_alone_on_another_gun_brings_nobody_together(self, page, city, gun, usa):
        mine = refer(city, gun, city.usao)
        refer(city, lead(city, "WCL-2026-00005"), city.da)
        assert "District Attorney, Wexley" not in page(usa, "referral", mine.pk)

    def test_records_that_are_the_same_bring_cases_together(self, city, gun, usa):
        other = lead(city, "WCL-2026-00006")
        mine = refer(city, gun, city.da, person=named(city, gun, born_on=None))
        twin = named(city, other, "Doe, Patrick", born_on=None)
        theirs = refer(city, other, city.usao, person=twin)
        assert theirs not in near.near_to(mine)
        casework.assertions.Entity.objects.filter(pk=twin.pk).update(standing=mine.person)
        assert theirs in near.near_to(Referral.objects.get(pk=mine.pk))

    def test_one_person_before_two_offices_is_one_in_the_list_and_another_is_another(self, city, gun, two):
        counted = caselists.counts(city.detective, now=NOW)
        assert (counted["review"], counted["people"]) == (2, 1)
        for name, person in (("Robin Roe", None), ("Kit Lane", None), ("", named(city, gun, "Moe, Al"))):
            refer(city, gun, city.da, defendant=name, person=person)
        counted = caselists.counts(city.detective, now=NOW)
        assert (counted["review"], counted["people"]) == (5, 4)


def test_a_program_refers_a_person_with_the_events_asserted(city, gun):
    who, event = named(city, gun), gun.events.first()
    body = {"lead": gun.pk, "agency": city.papd.pk, "office": city.da.pk, "summary": "With it.", "venue": "juvenile"}
    assert Program(city.detective).post("referrals/", body).json() == {
        "defendant": ["Give the name as on the arrest report."]
    }
    made = Program(city.detective).post("referrals/", body | {"person": who.pk, "events": [event.pk]})
    assert made.status_code == 201
    said = {name: made.json()[name] for name in ("person", "venue", "events", "defendant")}
    assert said == {"person": who.pk, "venue": "juvenile", "events": [event.pk], "defendant": "Doe, Pat"}


def test_the_events_of_a_long_line_fold_into_groups_and_the_newest_stay_in_sight():
    def event(pk, lead):
        return LeadEvent(pk=pk, lead=lead, case_number=f"26-{pk}", agency_text="PAPD")

    this, other = (Lead(pk=pk, number=f"WCL-{pk}", agency=Agency(zone="UTC")) for pk in (1, 2))
    short = [event(pk, this) for pk in range(1, 9)]
    assert [value for value, _label in in_groups(short, this)] == [each.pk for each in short]
    found = in_groups([event(1, other), *(event(pk, this) for pk in range(2, 14))], this)
    assert [value for value, _label in found[:8]] == list(range(6, 14))
    assert [label for label, _events in found[8:]] == ["Earlier on this lead: 4 events", "Lead WCL-2: 1 event"]
    assert [value for _label, events in found[8:] for value, _words in events] == [2, 3, 4, 5, 1]
    drawn = Folded(choices=found).render("events", ["5"], {"id": "id_events"})
    assert drawn.count("<details open>") == 1
    assert drawn.count("<details>") == 1
    assert drawn.count("checkbox") == 13
