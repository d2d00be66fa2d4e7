"""Nothing leaves by one hand: reviewed, proposed, approved by another, carried out; a gun only when nothing stands
against it or two people say why it may go all the same.
"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from agencies import access
from agencies.models import AuditEvent, Notification, User
from evidence import queries
from evidence.actions import (
    custody,
    disposals,
    exhibits,
    handovers,
    holds,
    incidents,
    lab_requests,
    review_calls,
    traces,
)
from evidence.models import Disposal, Exhibit, LegalHold, ReviewCall
from evidence.retention import months_after
from evidence.tasks import tell_reviews
from tests import factories
from tests.evidence.intake import EARLIER, PISTOL, page, text
from tests.scenery import scene

GAPS = ["test_fire", "nibin", "trace"]


@scene
def case(city):
    return incidents.record(
        agency=city.papd, by=city.technician, case_number="26-1", kind="gun_recovery", occurred_at=EARLIER
    )


@scene
def gun(city, case):
    return exhibits.add(incident=case, by=city.technician, number="1", kind="firearm", collected_at=EARLIER,
                        firearm=PISTOL)  # fmt: skip


@scene
def bag(city, case):
    return exhibits.add(incident=case, by=city.technician, number="2", kind="other", collected_at=EARLIER)


def proposed(made, city, method="destroy"):
    return disposals.propose(exhibit=made, by=city.technician, method=method, reason="Sentence served")


def refused(words, action, **facts):
    with pytest.raises(access.Refused) as no, transaction.atomic():
        action(**facts)
    assert words in no.value.reason


def by_force(disposal, **values):
    """Past all actions, as somebody at the database would."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=disposal.pk).update(**values)


def test_an_exhibit_past_its_day_is_on_the_list_until_it_is_kept_or_goes(client, city, case, bag):
    client.force_login(city.technician)
    client.post(reverse("retention"), {"other": "24", "firearm": "120"})
    bag.refresh_from_db()
    day = queries.today_of(city.papd, EARLIER)
    assert bag.review_on == months_after(day, 24)
    new = exhibits.add(incident=case, by=city.technician, number="3", kind="other", collected_at=EARLIER)
    assert new.review_on == bag.review_on
    assert "Nothing is past its review" in text(page(client, city.technician, "disposals"))
    Exhibit.objects.filter(pk=bag.pk).update(review_on=day - timedelta(days=40))
    shown = text(page(client, city.technician, "disposals"))
    assert "Exhibit 2" in shown
    assert "days past" in shown
    assert "Exhibit 2" not in text(page(client, factories.member(city.gmpd, "evidence_technician"), "disposals"))
    client.force_login(city.technician)
    address = reverse("disposal_review", args=[bag.pk])
    assert "a day to come" in text(client.post(address, {"until": "2020-01-01", "reason": "Appeal"}))
    client.post(address, {"until": "2090-01-01", "reason": "Appeal"})
    assert AuditEvent.objects.get(verb="exhibit.kept").data == {"until": "2090-01-01", "reason": "Appeal"}
    assert "Nothing is past its review" in text(page(client, city.technician, "disposals"))


def test_who_keeps_an_exhibit_is_told_once_when_its_review_has_come_and_again_after_it_was_kept_on(
    client, city, case, bag, gun
):
    second = factories.member(city.papd, "evidence_technician")
    day = queries.today_of(city.papd, timezone.now())
    Exhibit.objects.update(review_on=day + timedelta(days=1))
    tell_reviews()
    assert not ReviewCall.objects.exists()
    Exhibit.objects.update(review_on=day)
    tell_reviews()
    tell_reviews()
    call = ReviewCall.objects.get()
    assert (str(call), AuditEvent.objects.get(verb="review.told").data) == ("2 exhibits", {"exhibits": 2})
    told = Notification.objects.filter(verb="review.due")
    assert {notice.user for notice in told} == {city.technician, second}
    client.force_login(second)
    assert client.get(reverse("notification", args=[told.get(user=second).pk])).url == reverse("disposals")
    assert told.to_mail().count() == 2
    disposals.keep(exhibit=bag, by=city.technician, until=day + timedelta(days=30), reason="Appeal")
    proposed(gun, city)
    Exhibit.objects.filter(pk=gun.pk).update(review_told_on=None)
    tell_reviews()
    assert ReviewCall.objects.count() == 1, "one is kept on, one is on its way out"
    with pytest.raises(access.Refused, match="The portal itself"):
        review_calls.tell(agency=city.papd, by=city.technician, now=timezone.now())
    review_calls.tell(agency=city.papd, by=User.objects.system(), now=timezone.now() + timedelta(days=31))
    assert ReviewCall.objects.order_by("pk").last().exhibits_count == 1
    assert not ReviewCall.objects.visible_to(city.detective).exists()
    assert not ReviewCall.objects.visible_to(factories.member(city.gmpd, "evidence_technician")).exists()


def test_an_agency_without_a_property_room_is_told_through_its_center(city, bag):
    Exhibit.objects.update(review_on=timezone.localdate() - timedelta(days=2))
    city.technician.memberships.update(ended_at=timezone.now(), ended_by=city.administrator)
    tell_reviews()
    assert {notice.user for notice in Notification.objects.filter(verb="review.due")} == {
        city.coordinator, city.analyst,
    }  # fmt: skip


def test_one_proposes_another_approves_and_the_chain_ends_with_how_it_went(client, city, bag):
    client.force_login(city.technician)
    review = reverse("disposal_review", args=[bag.pk])
    client.post(review, {"method": "destroy", "reason": "Sentence served"})
    made = Disposal.objects.get()
    told = {notice.user for notice in Notification.objects.filter(verb="disposal.proposed")}
    assert told == {city.supervisor, city.commander}
    refused("proposed already", disposals.propose, exhibit=bag, by=city.technician, method="use", reason="x")
    refused("Only supervisors and commanders", disposals.approve, disposal=made, by=city.technician)
    refused("Only supervisors and commanders", disposals.approve, disposal=made, by=city.gm_supervisor)
    refused("Only what was approved", disposals.carry_out, disposal=made, by=city.technician, witness="x")
    client.force_login(city.commander)
    client.post(reverse("disposal_approve", args=[made.pk]))
    assert Notification.objects.get(verb="disposal.approved").user == city.technician
    client.force_login(city.technician)
    address = reverse("disposal_carry_out", args=[made.pk])
    assert "The witness is somebody else" in text(client.post(address, {"witness": f"Tech. {city.technician.name}"}))
    refused("The witness is somebody else", disposals.carry_out, disposal=made, by=city.technician, witness="ito, tess")
    client.post(address, {"witness": "Sgt. Ana Roe"})
    bag.refresh_from_db()
    last = bag.custody.last()
    assert (last.purpose, last.to_whom, bag.disposed_by) == (
        "disposed",
        "Destroy, witness Sgt. Ana Roe",
        city.technician,
    )
    refused("was disposed of", custody.record, exhibit=bag, by=city.technician, purpose="stored", to_whom="X",
            at=timezone.now())  # fmt: skip
    refused("was disposed of", disposals.propose, exhibit=bag, by=city.technician, method="use", reason="x")
    client.force_login(city.technician)
    assert "Send to a laboratory" not in client.get(bag.get_absolute_url()).content.decode()
    assert "No exhibit" in client.get(reverse("lab_request_new", args=[bag.incident_id])).content.decode()
    asked = {"incident": bag.incident, "exhibits": [bag], "laboratory": city.lab, "asked": "entry"}
    when = {"needed_on": timezone.localdate(), "at": timezone.now()}
    refused("Leave it out", lab_requests.send, **asked, **when, by=city.technician)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories_leg(bag)
    shown = text(page(client, city.detective, "exhibit", bag.pk))
    assert "Disposed of" in shown
    assert "Hand over</a>" not in shown
    assert "Exhibit 2" in text(page(client, city.technician, "disposals", view="done"))


def factories_leg(made):
    made.custody.create(purpose="stored", to_whom="X", at=timezone.now(), recorded_at=timezone.now(),
                        recorded_by=made.created_by)  # fmt: skip


def test_a_gun_is_not_approved_for_destruction_while_anything_stands_against_it(client, city, gun):
    made = proposed(gun, city)
    assert queries.disposal_gaps(made) == GAPS
    refused("never test-fired and never entered into NIBIN and never traced", disposals.approve, disposal=made,
            by=city.commander)  # fmt: skip
    by_force(made, status="approved", approved_at=timezone.now(), approved_by=city.commander)
    traces.request(firearm=gun.firearm, by=city.technician)
    factories.acquisition(gun, city.lab, entered_at=factories.NOW, entered_by=city.examiner, reference="N1")
    assert queries.disposal_gaps(made) == []
    hold = holds.set_hold(exhibit=gun, by=city.technician, reason="Appeal")
    refused("on legal hold", disposals.approve, disposal=made, by=city.commander)
    by_force(made, status="approved", approved_at=timezone.now(), approved_by=city.commander)
    holds.lift(hold=hold, by=city.technician, reason="Appeal over")
    disposals.approve(disposal=made, by=city.commander)
    holds.set_hold(exhibit=gun, by=city.technician, reason="New trial")
    refused("set since the approval", disposals.carry_out, disposal=made, by=city.technician, witness="x")
    by_force(made, status="done", ended_at=timezone.now(), ended_by=city.technician)


def test_a_test_fire_of_another_gun_is_none_of_this_one(city, case, gun):
    made = proposed(gun, city)
    fired = exhibits.add(incident=case, by=city.technician, number="1-TF1", kind="test_fire", collected_at=EARLIER)
    if hasattr(fired, "fired_from"):
        other = exhibits.add(incident=case, by=city.technician, number="9", kind="firearm", collected_at=EARLIER)
        Exhibit.objects.filter(pk=fired.pk).update(fired_from=other)
        assert queries.disposal_gaps(made) == GAPS
        Exhibit.objects.filter(pk=fired.pk).update(fired_from=gun)
    assert queries.disposal_gaps(made) == ["nibin", "trace"]
    factories.acquisition(fired, city.lab, entered_at=factories.NOW, entered_by=city.examiner, reference="N1")
    assert queries.disposal_gaps(made) == ["trace"]


def test_two_different_people_may_let_it_go_all_the_same_and_the_database_asks_for_both(client, city, gun):
    made = proposed(gun, city)
    client.force_login(city.technician)
    address = reverse("disposal_waive", args=[made.pk])
    assert "Give the reason" in text(client.post(address, {"reason": ""}))
    client.post(address, {"reason": "Rusted solid"})
    refused("Somebody else has to say it", disposals.waive, disposal=made, by=city.technician, reason="Again")
    refused("Two different people", disposals.approve, disposal=made, by=city.commander)
    approval = {"status": "approved", "approved_at": timezone.now(), "approved_by": city.commander}
    same = {"seconded_at": timezone.now(), "seconded_by": city.technician, "seconded_because": "x"}
    by_force(made, **same)
    by_force(made, **approval)
    by_force(made, **approval, gaps="")
    refused("Say why", disposals.waive, disposal=made, by=city.commander, reason=" ")
    disposals.waive(disposal=made, by=city.commander, reason="Frame only, no barrel")
    by_force(made, **approval | {"approved_by": city.technician})
    disposals.approve(disposal=made, by=city.commander)
    made.refresh_from_db()
    assert made.gaps == "test_fire,nibin,trace"
    shown = text(page(client, city.commander, "disposal", made.pk))
    for words in ("Rusted solid", "Frame only, no barrel", "Never traced", "Approved"):
        assert words in shown, words
    by_force(made, proposed_by=city.detective)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.delete()


def test_a_gun_that_goes_back_to_its_owner_is_held_by_a_hold_alone(city, gun):
    assert queries.disposal_gaps(proposed(gun, city, "return")) == []


def test_what_is_sent_back_or_withdrawn_can_be_proposed_again(client, city, bag):
    made = proposed(bag, city)
    client.force_login(city.supervisor)
    client.post(reverse("disposal_send_back", args=[made.pk]), {"reason": "Ask the prosecutor"})
    assert Notification.objects.get(verb="disposal.sent_back").user == city.technician
    refused("sent back already", disposals.approve, disposal=made, by=city.commander)
    again = proposed(bag, city)
    client.force_login(city.technician)
    client.post(reverse("disposal_withdraw", args=[again.pk]), {"reason": "Wrong bag"})
    assert Disposal.objects.filter(status="withdrawn").exists()
    assert proposed(bag, city).status == "proposed"


def test_what_is_in_transit_is_not_proposed(city, bag):
    handovers.offer(exhibit=bag, by=city.technician, agency=city.papd, person=city.detective, purpose="other",
                    at=timezone.now())  # fmt: skip
    refused("in transit", disposals.propose, exhibit=bag, by=city.technician, method="use", reason="x")


def test_a_hold_is_set_by_who_keeps_it_or_a_prosecutor_of_the_case_and_lifted_by_who_set_it(client, city, case, bag):
    refused("set a legal hold", holds.set_hold, exhibit=bag, by=city.prosecutor, reason="Trial")
    access.share(case, city.da)
    client.force_login(city.prosecutor)
    client.post(reverse("hold_new", args=[bag.pk]), {"reason": "Trial in May"})
    hold = LegalHold.objects.get()
    assert hold.agency == city.da
    refused("Its people lift it", holds.lift, hold=hold, by=city.technician, reason="x")
    refused("set a legal hold", holds.set_hold, exhibit=bag, by=city.detective, reason="x")
    shown = text(page(client, city.technician, "exhibit", bag.pk))
    assert "Trial in May, set by Ruth Calloway" in shown
    client.force_login(city.prosecutor)
    client.post(reverse("hold_lift", args=[hold.pk]), {"reason": "Plea"})
    refused("lifted already", holds.lift, hold=hold, by=city.prosecutor, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        hold.delete()


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(8000, 1, 1)), st.integers(min_value=1, max_value=1200))
def test_so_many_months_after_a_day_is_in_that_month_and_on_that_day_where_it_has_one(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
