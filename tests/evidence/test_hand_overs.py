"""A hand-over has two parties: what one gives is in transit until the other says that it arrived."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies import access
from agencies.models import AuditEvent, Notification
from agencies.roles import Role
from evidence import labels, queries
from evidence.actions import acquisitions, custody, exhibits, handovers, incidents
from evidence.models import Acquisition, CustodyEvent, Exhibit, HandOver, Place
from tests import factories
from tests.beside import Beside, somebody_waits_for_us
from tests.evidence.intake import page, text
from tests.scenery import scene

NOW = timezone.now().replace(microsecond=0)
EARLIER = NOW - timedelta(days=1)


@scene
def case(city):
    return incidents.record(
        agency=city.papd, by=city.technician, case_number="26-1", kind="homicide", occurred_at=EARLIER
    )


def item(case, number="1", **facts):
    facts = {"kind": "casing_group", "collected_at": EARLIER, "caliber": "9 mm"} | facts
    return exhibits.add(incident=case, by=case.created_by, number=number, **facts)


def offered(made, by, agency, **facts):
    facts = {"purpose": "investigation", "at": NOW, "seal": "S-1", "condition": "Sealed"} | facts
    return handovers.offer(exhibit=made, by=by, agency=agency, **facts)


def refused(words, action, **facts):
    with pytest.raises(access.Refused) as no, transaction.atomic():
        action(**facts)
    assert words in no.value.reason


def test_what_is_given_is_in_transit_until_the_receiver_confirms_and_then_in_the_chain_with_both(client, city, case):
    made = item(case)
    given = offered(made, city.technician, city.papd, person=city.detective)
    assert made.custody.count() == 1
    assert [each.user for each in Notification.objects.filter(verb="hand_over.offered")] == [city.detective]
    for name, *args in [("exhibit", made.pk), ("incident", case.pk), ("exhibits",), ("hand_overs",)]:
        assert "In transit" in text(page(client, city.detective, name, *args)), name
    shown = text(page(client, city.detective, "hand_overs"))
    assert "1 exhibit to confirm" in shown
    assert "All in transit" not in shown, "that is for those who keep the evidence"
    assert 'Waits for me <span class="n">1</span>' in shown
    assert 'I gave <span class="n">1</span>' in text(page(client, city.technician, "hand_overs", view="given"))
    refused("handed this over yourself", handovers.confirm, hand_over=given, by=city.technician)
    refused("They confirm or refuse it", handovers.confirm, hand_over=given, by=city.analyst)
    handovers.confirm(hand_over=given, by=city.detective)
    leg = made.custody.last()
    assert (leg.from_person, leg.to_person, leg.to_agency) == (city.technician, city.detective, city.papd)
    assert (leg.seal, leg.seal_seen, leg.hand_over, leg.hash_version) == ("S-1", "S-1", given, 2)
    made.refresh_from_db()
    assert (made.holder, made.held_by) == (city.detective, city.papd)
    assert Notification.objects.get(verb="hand_over.confirmed").user == city.technician
    assert {"hand_over.offered", "hand_over.confirmed"} <= set(AuditEvent.objects.values_list("verb", flat=True))
    assert "confirmed by the receiver" in text(page(client, city.detective, "exhibit", made.pk))
    assert list(queries.broken_custody()) == []


def test_an_exhibit_says_where_it_is_and_where_it_was(client, city, case):
    made = item(case)
    Exhibit.objects.filter(pk=made.pk).update(storage="Shelf 4", review_on=NOW.date(), held_by=city.papd)

    def shown(name, *args, **query):
        return text(page(client, city.technician, name, *args, **query))

    def scanned():
        client.force_login(city.technician)
        return client.get(reverse("bench_look"), {"code": labels.address(made)}).json()["text"]

    assert "<dt>Lies in</dt><dd>Shelf 4</dd>" in shown("exhibit", made.pk)
    given = offered(made, city.technician, city.papd, person=city.detective)
    told = shown("exhibit", made.pk)
    assert "Lies in" not in told
    assert f"<dt>On its way</dt><dd>to {city.detective}, Port Alder PD since " in told
    assert "<dt>Was in</dt><dd>Shelf 4</dd>" in told
    assert "On its way to Port Alder PD" in shown("disposals")
    handovers.confirm(hand_over=given, by=city.detective)
    told = shown("exhibit", made.pk)
    assert "Lies in" not in told
    assert f"<dt>With</dt><dd>{city.detective}, Port Alder PD since" in told
    assert "<dt>Was in</dt><dd>Shelf 4</dd>" in told
    assert f"With {city.detective}" in shown("disposals")
    assert f"With {city.detective}" in shown("disposal_review", made.pk)
    assert f"With {city.detective}" in scanned()
    custody.record(exhibit=made, by=city.technician, purpose="stored", to_whom="Bay 2", storage="Bay 2",
                   at=timezone.now())  # fmt: skip
    assert "Lies in Bay 2. With Port Alder PD" in scanned()
    assert "Was in" not in shown("exhibit", made.pk)


def test_who_holds_an_exhibit_gives_it_on_and_nobody_else_without_the_right(client, city, case):
    made = item(case)
    refused("Only who holds", handovers.offer, **_to(made, city.detective, city.papd))
    handovers.confirm(hand_over=offered(made, city.technician, city.papd, person=city.detective), by=city.detective)
    back = handovers.offer(**_to(made, city.detective, city.papd, at=timezone.now()))
    refused("in transit", handovers.offer, **_to(made, city.detective, city.papd))
    refused("in transit", custody.record, exhibit=made, by=city.technician, purpose="stored", to_whom="X", at=NOW)
    handovers.confirm(hand_over=back, by=city.technician)
    assert [leg.to_whom for leg in made.custody.all()][1:] == [str(city.detective), str(city.technician)]
    refused("Only who holds", handovers.offer, **_to(made, city.detective, city.papd))


def _to(made, by, agency, **facts):
    return {"exhibit": made, "by": by, "agency": agency, "purpose": "other", "at": NOW} | facts


def test_a_seal_that_differs_is_asked_about_and_stands_in_the_chain(client, city, case):
    made = item(case)
    given = offered(made, city.technician, city.papd, person=city.detective)
    client.force_login(city.detective)
    address = reverse("hand_over", args=[given.pk])
    other = {"seal_seen": "S-9", "condition_seen": "Bag torn"}
    assert "The seal that was given is S-1; you saw S-9." in text(client.post(address, other))
    assert client.post(address, other | {"note": "Courier resealed it"}).url == reverse("hand_overs")
    leg = made.custody.last()
    assert (leg.seal, leg.seal_seen, leg.condition_seen, leg.note) == ("S-1", "S-9", "Bag torn", "Courier resealed it")
    shown = text(page(client, city.technician, "exhibit", made.pk))
    assert "seal seen S-9, another than was given, seen as Bag torn" in shown


def test_what_is_refused_or_withdrawn_stays_where_it_was_and_can_be_given_again(client, city, case):
    made = item(case)
    given = offered(made, city.technician, city.papd, person=city.detective)
    client.force_login(city.detective)
    address = reverse("hand_over_refuse", args=[given.pk])
    assert "Give the why" not in text(client.post(address, {"reason": ""}))
    assert not Notification.objects.filter(verb="hand_over.refused").exists()
    client.post(address, {"reason": "Seal broken"})
    given.refresh_from_db()
    assert (given.status, given.reason, given.answered_by) == ("refused", "Seal broken", city.detective)
    assert Notification.objects.get(verb="hand_over.refused").user == city.technician
    again = offered(made, city.technician, city.papd, person=city.detective)
    assert page(client, city.detective, "hand_over_withdraw", again.pk).status_code == 403
    client.force_login(city.technician)
    client.post(reverse("hand_over_withdraw", args=[again.pk]), {"reason": "Wrong item"})
    assert Notification.objects.get(verb="hand_over.withdrawn").user == city.detective
    refused("withdrawn already", handovers.confirm, hand_over=again, by=city.detective)
    assert made.custody.count() == 1
    shown = text(page(client, city.technician, "exhibit", made.pk))
    assert "refused by Det. Chidi Okafor: Seal broken" in shown
    assert "1 row, newest first" in shown


def test_the_database_holds_one_open_offer_two_parties_and_one_answer(city, case):
    made = item(case)
    given = offered(made, city.technician, city.papd, person=city.detective)
    twice = HandOver(
        **{field.attname: getattr(given, field.attname) for field in HandOver._meta.fields if not field.primary_key}
    )
    own = HandOver.objects.filter(pk=given.pk)
    answer = {"answered_at": NOW, "answered_by": city.technician}
    for wrong in (
        lambda: twice.save(force_insert=True),
        lambda: own.update(status="confirmed", **answer),
        lambda: own.update(status="refused", reason="", answered_at=NOW, answered_by=city.detective),
        lambda: own.update(status="withdrawn"),
        lambda: own.update(seal="S-2"),
        lambda: own.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    handovers.refuse(hand_over=given, by=city.detective, reason="No")
    with pytest.raises(IntegrityError), transaction.atomic():
        own.update(status="offered", answered_at=None, answered_by=None)


def test_a_laboratory_sees_what_is_on_its_way_to_it_and_its_clock_begins_with_the_confirmation(client, city, case):
    made, second = item(case), item(case, "2")
    sent = {"purpose": "to_laboratory"}
    given = offered(made, city.technician, city.lab, **sent)
    other = offered(second, city.technician, city.lab, **sent)
    assert {each.user for each in Notification.objects.filter(verb="hand_over.offered")} == {city.examiner}
    client.force_login(city.examiner)
    assert 'Waits for me <span class="n">2</span>' in text(client.get(reverse("hand_overs")))
    client.post(reverse("hand_over", args=[given.pk]), {"seal_seen": "S-1"})
    clock = Acquisition.objects.get()
    assert (clock.exhibit, clock.site, clock.received_by) == (made, city.lab, city.examiner)
    assert made.custody.last().purpose == CustodyEvent.Purpose.RECEIVED
    acquisitions.receive(exhibit=second, site=city.lab, received_at=timezone.now(), by=city.examiner, seal="S-1")
    other.refresh_from_db()
    assert (other.status, other.leg.to_agency, other.leg.seal_seen) == ("confirmed", city.lab, "S-1")
    refused("Its people hand it over", handovers.offer, **_to(made, city.technician, city.papd))
    back = handovers.offer(**_to(made, city.examiner, city.papd, purpose="returned", at=timezone.now()))
    handovers.confirm(hand_over=back, by=city.technician)
    assert Exhibit.objects.get(pk=made.pk).held_by == city.papd
    assert list(queries.broken_custody()) == []


def test_the_giver_does_not_confirm_for_the_site_either(city, case):
    made = item(case)
    offered(made, city.technician, city.lab, purpose="to_laboratory")
    refused(
        "Somebody of the other side confirms", acquisitions.receive, exhibit=made, site=city.lab, received_at=NOW,
        by=city.technician,
    )  # fmt: skip
    assert not Acquisition.objects.exists()


def test_an_exhibit_goes_only_to_agencies_on_its_case(city, case):
    made = item(case)
    refused("does not take part", handovers.offer, **_to(made, city.technician, city.gmpd))
    refused(
        "does not work with evidence", handovers.offer, **_to(made, city.technician, city.papd, person=city.examiner)
    )
    access.share(case, city.gmpd)
    given = handovers.offer(**_to(made, city.technician, city.gmpd, person=city.gm_detective))
    refused("They confirm", handovers.confirm, hand_over=given, by=city.supervisor)
    handovers.confirm(hand_over=given, by=city.gm_detective)
    assert Exhibit.objects.get().held_by == city.gmpd


def test_several_are_confirmed_together_and_what_may_not_be_is_named(client, city, case):
    given = [offered(item(case, str(n)), city.technician, city.papd, person=city.detective) for n in (1, 2, 3)]
    own = factories.member(city.papd, Role.DETECTIVE)
    not_mine = offered(item(case, "4"), city.technician, city.papd, person=own)
    handovers.withdraw(hand_over=given[2], by=city.technician)
    client.force_login(city.detective)
    ticked = {"hand_over": [*(each.pk for each in given), not_mine.pk, 2**40, "x"]}
    answer = text(client.post(reverse("hand_overs_confirm"), ticked, follow=True))
    assert "2 exhibits confirmed." in answer
    assert "Case 26-1, exhibit 3: This hand-over is withdrawn already." in answer
    assert "Case 26-1, exhibit 4: This is for" in answer
    assert HandOver.objects.filter(status="confirmed").count() == 2


def test_outside_the_portal_a_paper_is_signed_and_said(client, city, case):
    made = item(case)
    client.force_login(city.technician)
    at = NOW.astimezone(city.papd.working_calendar.tz).strftime("%Y-%m-%dT%H:%M")
    leg = {"how": "outside", "to_whom": "Clerk, Wexley County Court", "purpose": "to_court", "at": at}
    address = reverse("custody_new", args=[made.pk])
    assert "signs on paper" in text(client.post(address, leg))
    client.post(address, leg | {"paper": "Court receipt 114"})
    assert made.custody.last().paper == "Court receipt 114"
    assert "signed on paper: Court receipt 114" in text(page(client, city.detective, "exhibit", made.pk))
    assert Exhibit.objects.get().held_by is None


def test_a_confirmation_can_put_the_exhibit_into_a_place_and_a_locker_is_handed_to_by_its_code(client, city, case):
    made = item(case)
    locker = Place.objects.create(agency=city.papd, kind="locker", code="LK-3", created_by=city.technician)
    handovers.confirm(hand_over=offered(made, city.technician, city.papd, person=city.detective), by=city.detective)
    client.force_login(city.detective)
    at = timezone.now().astimezone(city.papd.working_calendar.tz).strftime("%Y-%m-%dT%H:%M:%S.%f")
    answer = client.post(reverse("custody_new", args=[made.pk]), {"how": "place", "place": "lk-3", "at": at})
    given = HandOver.objects.open().get()
    assert (answer.status_code, given.to_place, given.to_agency) == (302, locker, city.papd)
    handovers.confirm(hand_over=given, by=city.technician)
    made.refresh_from_db()
    assert (made.place, made.storage, made.holder) == (locker, "LK-3", None)


def test_the_list_costs_as_many_queries_for_three_rows_as_for_one(client, city, case, django_assert_num_queries):
    offered(item(case), city.technician, city.papd, person=city.detective)
    page(client, city.detective, "hand_overs")
    for numbers in ("23", "45"):
        with django_assert_num_queries(6):
            client.get(reverse("hand_overs"))
        for number in numbers:
            offered(item(case, number), city.technician, city.papd, person=city.detective)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_act_at_the_same_moment_the_second_waits_and_is_told(city, case):
    """Two confirm one hand-over, then two give one exhibit: one row and one offer come of it."""
    made = item(case)
    given = offered(made, city.technician, city.papd, person=city.detective)
    colleague = factories.member(city.papd, Role.EVIDENCE_TECHNICIAN)
    with transaction.atomic():
        handovers.confirm(hand_over=given, by=city.detective)
        second = Beside(lambda: handovers.confirm(hand_over=given, by=colleague))
        assert somebody_waits_for_us()
    with pytest.raises(access.Refused, match="confirmed already"):
        second.ended()
    assert made.custody.count() == 2
    with transaction.atomic():
        handovers.offer(**_to(made, city.detective, city.papd, at=timezone.now()))
        second = Beside(lambda: handovers.offer(**_to(made, colleague, city.papd, at=timezone.now())))
        assert somebody_waits_for_us()
    with pytest.raises(access.Refused, match="in transit"):
        second.ended()
    assert HandOver.objects.open().count() == 1
    assert list(queries.broken_custody()) == []
