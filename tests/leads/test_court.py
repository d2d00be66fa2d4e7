"""A case in court: charges of the table, statutes of an office, proceedings, and what supersedes what."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import Notification
from agencies.roles import Role
from leads.actions import charges, hearings, proceedings, statutes
from leads.models import Charge, Proceeding, Statute
from tests.apiclient import Program
from tests.factories import member
from tests.leads.courts import CHARGED, LATER, SOON, TODAY, address, case_of, charge_of, page, step
from tests.scenery import scene


@scene
def case(city):
    return case_of(city)


@scene
def charge(city, case):
    return charge_of(city, case)


@pytest.fixture
def office(client, city):
    client.force_login(city.prosecutor)
    return client


# --- charges -------------------------------------------------------------------------------------------------------


def test_a_charge_has_the_exposure_of_the_day_of_its_offense(office, city, case, charge):
    assert (charge.title, charge.max_months, charge.in_table) == ("Felon in possession of a firearm", 120, True)
    later = {"statute": "18 U.S.C. § 922(g)(1)", "counts": 2, "offense_on": "2022-06-25", "charged_on": "2026-01-05"}
    office.post(address("charge_new", case), later)
    assert Charge.objects.latest("pk").max_months == 180
    told = page(office, case)
    assert "Up to 10 years. Check before relying on it." in told
    assert "Up to 15 years. Check before relying on it." in told


def test_a_statute_that_is_not_in_the_table_is_kept_as_typed_and_says_so(office, case):
    given = {"statute": "XX Penal 22.1", "counts": 1, "charged_on": "2026-01-05", "offense_class": "felony 2"}
    refused = office.post(address("charge_new", case), given).content.decode()
    assert "this statute is not in the table on that day" in refused
    assert "<datalist" in refused
    office.post(address("charge_new", case), given | {"title": "Assault"})
    made = Charge.objects.get()
    assert (made.in_table, made.max_months, made.offense_class) == (False, None, "felony 2")
    assert "Not in the table" in page(office, case)


def test_an_office_keeps_statutes_of_its_own_which_hold_for_it_alone(client, office, city, case):
    given = {"office": city.da.pk, "citation": "XX Penal 22.1", "title": "Assault", "jurisdiction": "state",
             "elements": "used a gun\n\nmeant to hurt ", "max_months": 96, "since_on": "2024-01-01"}  # fmt: skip
    assert office.post(reverse("statute_new"), given).url == reverse("statutes")
    made = Statute.objects.get()
    assert (made.key, made.elements) == ("xxpenal221", ["used a gun", "meant to hurt"])
    again = office.post(reverse("statute_new"), given).content.decode()
    assert "stands in the table from that day already" in again
    upside = given | {"until_on": "2023-01-01", "min_months": 120, "since_on": "2024-02-01"}
    refused = office.post(reverse("statute_new"), upside).content.decode()
    assert "Check both." in refused
    add = {"statute": "xx penal 22.1", "counts": 1, "charged_on": CHARGED, "by": city.prosecutor, "referral": case}
    kept = charges.add(**add)
    assert (kept.title, kept.max_months, kept.to_check) == ("Assault", 96, False)
    with pytest.raises(Refused):
        charges.add(**add, offense_on=date(2023, 12, 31))

    other = member(city.usao, Role.PROSECUTOR)
    client.force_login(other)
    assert "XX Penal 22.1" not in client.get(reverse("statutes")).content.decode()
    assert client.post(address("statute_end", made)).status_code == 404
    with pytest.raises(Refused):
        statutes.end(statute=made, by=other)
    client.force_login(city.prosecutor)
    client.post(address("statute_end", made))
    kept.refresh_from_db()
    assert kept.max_months == 96, "what was charged by it keeps what it said"
    with pytest.raises(Refused):
        charges.add(**add)


# --- proceedings ---------------------------------------------------------------------------------------------------


def test_what_comes_next_is_the_first_day_that_is_set(city, case):
    step(case, city, "trial", LATER)
    step(case, city, "arraignment", TODAY, starts_at=time(9, 30), court="Room 2")
    case.refresh_from_db()
    assert (case.next_on, case.next_what) == (TODAY, "Arraignment")
    assert Notification.objects.filter(user=city.detective, verb="referral.planned").count() == 2
    proceedings.hold(proceeding=Proceeding.objects.get(kind="arraignment"), custody="detained", by=city.prosecutor)
    case.refresh_from_db()
    assert (case.next_on, case.next_what) == (LATER, "Trial")


def test_what_is_filed_is_done_and_a_day_that_is_over_was_held(city, case):
    filed = step(case, city, "indictment", CHARGED, starts_at=time(9, 0))
    held = step(case, city, "bail", TODAY - timedelta(days=1))
    today = step(case, city, "hearing", TODAY)
    assert (filed.status, filed.starts_at, held.status, today.status) == ("held", None, "held", "set")
    with pytest.raises(Refused):
        step(case, city, "complaint", SOON)
    assert filed.number == "WX-1"


def test_a_continuance_goes_on_as_the_same_thing_on_a_later_day(office, city, case):
    first = step(case, city, "trial", SOON, court="Room 2")
    early = office.post(address("proceeding_put_off", first), {"on": TODAY.isoformat(), "why": "Defense"})
    assert "Choose a day after the one it was set for." in early.content.decode()
    office.post(address("proceeding_put_off", first), {"on": LATER.isoformat(), "why": "The defense asked for time"})
    first.refresh_from_db()
    assert (first.status, first.result) == ("continued", "The defense asked for time")
    assert (first.continued_as.on, first.continued_as.kind, first.continued_as.court) == (LATER, "trial", "Room 2")
    assert "Put off" in page(office, case)
    assert office.post(address("proceeding_put_off", first), {"on": "2030-01-01", "why": "x"}).status_code == 403


def test_a_day_is_taken_off_with_a_reason_and_held_with_what_was_decided(office, city, case):
    one, two = step(case, city, "hearing", SOON, what="Motions"), step(case, city, "bail", TODAY)
    assert "Say why" in office.post(address("proceeding_take_off", one), {"why": ""}).content.decode()
    office.post(address("proceeding_take_off", one), {"why": "Withdrawn"})
    office.post(address("proceeding_hold", two), {"custody": "detained", "result": "Danger"})
    assert list(Proceeding.objects.order_by("pk").values_list("status", "result", "custody")) == [
        ("off", "Withdrawn", ""), ("held", "Danger", "detained"),
    ]  # fmt: skip
    case.refresh_from_db()
    assert case.next_on is None
    assert "Detained, Danger" in page(office, case)


def test_the_line_of_what_comes_next_moves_the_day_that_was_set(city, case):
    plan = {"referral": case, "by": city.prosecutor, "court_number": "WX-1"}
    hearings.plan(next_on=SOON, next_what="Arraignment", **plan)
    hearings.plan(next_on=LATER, next_what="Arraignment", **plan)
    assert list(Proceeding.objects.order_by("pk").values_list("kind", "status", "on")) == [
        ("arraignment", "continued", SOON), ("arraignment", "set", LATER),
    ]  # fmt: skip
    hearings.plan(next_on=LATER, next_what="Plea and motions", **plan)
    hearings.plan(**plan)
    last = Proceeding.objects.latest("pk")
    assert (last.status, last.what, Proceeding.objects.count()) == ("off", "Plea and motions", 2)
    case.refresh_from_db()
    assert (case.next_on, case.next_what) == (None, "")


def test_a_superseding_indictment_replaces_the_charges_and_keeps_the_old_ones_visible(office, city, case, charge):
    other = charges.add(referral=case, statute="18 USC 922(k)", counts=1, charged_on=CHARGED, by=city.prosecutor)
    given = {"kind": "superseding", "on": TODAY.isoformat(), "again": [charge.pk]}
    office.post(address("proceeding_new", case), given)
    made = Proceeding.objects.get()
    assert set(made.supersedes.all()) == {charge, other}
    fresh = Charge.objects.standing().get()
    assert (fresh.statute, fresh.offense_on, fresh.charged_on) == (charge.statute, charge.offense_on, TODAY)
    told = page(office, case)
    assert told.count("Superseded</span>") == 2
    assert "18 USC 922(k)" in told
    assert office.get(address("charge_dispose", charge)).status_code == 403
    with pytest.raises(Refused, match="replaced this charge"):
        charges.dispose(charge=charge, disposition="no_bill", disposed_on=TODAY, by=city.prosecutor)
    with pytest.raises(Refused, match="Only charges that stand"):
        step(case, city, "superseding", TODAY, again=[other])


def test_a_superseding_indictment_from_before_an_offense_is_refused_on_its_day(office, city, case, charge):
    early = charge.offense_on - timedelta(days=1)
    given = {"kind": "superseding", "on": early.isoformat(), "again": [charge.pk]}
    sentence = "The offense of a charge that is charged again lies after this day. Check the date."
    assert sentence in office.post(address("proceeding_new", case), given).content.decode()
    answer = Program(city.prosecutor).post(f"referrals/{case.pk}/proceedings/", given)
    assert (answer.status_code, answer.json()) == (400, {"on": [sentence]})
    with pytest.raises(Refused, match="lies after this day"):
        step(case, city, "superseding", early, again=[charge])
    assert not Proceeding.objects.exists()
    assert step(case, city, "superseding", early).status == "held", "what is not charged again has its own day"


def test_a_day_that_is_set_is_not_set_twice_by_the_line_of_what_comes_next(city, case):
    first, trial = step(case, city, "arraignment", SOON), step(case, city, "trial", LATER)
    hearings.plan(referral=case, next_on=LATER, next_what="Trial", by=city.prosecutor)
    assert list(Proceeding.objects.order_by("on").values_list("pk", "status")) == [(first.pk, "set"), (trial.pk, "set")]


def test_a_day_still_ahead_is_not_held_yet(office, city, case):
    ahead = step(case, city, "trial", TODAY + timedelta(days=1))
    assert office.get(address("proceeding_hold", ahead)).status_code == 403
    assert address("proceeding_hold", ahead) not in page(office, case)
    with pytest.raises(Refused, match="still to come"):
        proceedings.hold(proceeding=ahead, by=city.prosecutor)
    assert (
        proceedings.hold(proceeding=ahead, by=city.prosecutor, now=timezone.now() + timedelta(days=1)).status == "held"
    )


def test_a_case_that_is_declined_has_no_day_in_court_any_more(office, city, case):
    step(case, city, "trial", SOON)
    decision = office.get(address("referral_decide", case)).context["form"]
    given = {"status": "declined", "reason": "weak_evidence", "next_on": decision["next_on"].value() or "x"}
    given["next_what"] = decision["next_what"].value()
    office.post(address("referral_decide", case), given)
    case.refresh_from_db()
    assert (case.status, case.next_on, Proceeding.objects.get().status) == ("declined", None, "off")


def test_a_day_in_court_that_is_over_is_not_put_off_by_giving_the_next_one(office, city, case):
    hearings.plan(referral=case, next_on=TODAY, next_what="Arraignment", by=city.prosecutor)
    over, path = TODAY - timedelta(days=1), address("referral_hearing", case)
    case.proceedings.update(on=over)
    type(case).objects.update(next_on=over)
    new = {"next_on": SOON.isoformat(), "next_what": "Plea hearing"}
    for given in (new, {"next_on": "", "next_what": ""}):
        assert "is past. Say under In court whether it was held" in office.post(path, given).content.decode()
    assert office.post(path, {"next_on": over.isoformat(), "next_what": "Plea"}).status_code == 302
    assert [each.status for each in case.proceedings.all()] == ["set"]
    proceedings.hold(proceeding=case.proceedings.get(), by=city.prosecutor)
    assert office.post(path, new).status_code == 302
    said = [(each.status, str(each)) for each in case.proceedings.order_by("on")]
    assert said == [("held", "Plea"), ("set", "Plea hearing")]
