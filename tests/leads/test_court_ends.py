"""How a case in court ends, what the database holds of it, who records it, and the same for programs."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent, Notification
from agencies.roles import Role
from leads.actions import charges, proceedings, referrals
from leads.models import Charge, Proceeding, Revocation
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


# --- outcomes ------------------------------------------------------------------------------------------------------


def test_all_charges_of_a_case_end_on_one_short_page(office, city, case, charge):
    other = charges.add(referral=case, statute="18 USC 922(k)", counts=1, charged_on=CHARGED, by=city.prosecutor)
    before = Notification.objects.filter(user=city.detective, verb="referral.disposed").count()
    assert "Record the outcome" in page(office, case)
    given = {
        "disposed_on": TODAY.isoformat(), "sentenced_by_court": "Judge Ellery", "forfeits_firearms": "on",
        f"disposition_{charge.pk}": "guilty_plea", f"prison_months_{charge.pk}": "60",
        f"disposition_{other.pk}": "dismissed_by_prosecutor",
    }  # fmt: skip
    answer = office.post(address("referral_outcome", case), given)
    assert answer.url == case.get_absolute_url()
    charge.refresh_from_db()
    other.refresh_from_db()
    assert (charge.prison_months, charge.sentenced_on, charge.forfeits_firearms) == (60, TODAY, True)
    assert (other.disposition, other.sentenced_by_court) == ("dismissed_by_prosecutor", "")
    assert Notification.objects.filter(user=city.detective, verb="referral.disposed").count() == before + 1
    assert "60 months prison, firearms forfeited" in page(office, case)


def test_what_does_not_fit_of_an_outcome_is_said_at_its_line_and_nothing_is_written(office, case, charge):
    given = {"disposed_on": TODAY.isoformat()}
    nothing = office.post(address("referral_outcome", case), given).content.decode()
    assert "Say of one charge at least how it ended." in nothing
    innocent = given | {f"disposition_{charge.pk}": "not_guilty", f"prison_months_{charge.pk}": "12"}
    assert "Leave it empty here." in office.post(address("referral_outcome", case), innocent).content.decode()
    open_end = given | {f"prison_months_{charge.pk}": "12"}
    assert "Choose how it ended." in office.post(address("referral_outcome", case), open_end).content.decode()
    early = {"disposed_on": "2025-12-31", f"disposition_{charge.pk}": "no_bill"}
    assert "before the day of the charge" in office.post(address("referral_outcome", case), early).content.decode()
    charge.refresh_from_db()
    assert charge.is_open


def test_a_case_with_a_pending_charge_is_not_declined_as_nobody_could_say_how_it_ended_then(office, city, case, charge):
    given = {"status": "declined", "reason": "weak_evidence"}
    wants = "Record the outcome first, such as dismissed by the prosecutor."
    assert wants in office.post(address("referral_decide", case), given).content.decode()
    program = Program(city.prosecutor)
    assert wants in str(program.post(f"referrals/{case.pk}/decide/", **given).json())
    with pytest.raises(Refused, match="are pending"):
        referrals.decide(referral=case, by=city.prosecutor, **given)
    charges.dispose(charge=charge, disposition="dismissed_by_prosecutor", disposed_on=TODAY, by=city.prosecutor)
    assert referrals.decide(referral=case, by=city.prosecutor, **given).status == "declined"


def test_the_whole_sentence_of_a_charge_is_recorded_and_corrected(office, city, case, charge):
    given = {
        "disposition": "guilty_trial", "disposed_on": "2026-02-01", "prison_months": 120, "consecutive_months": 60,
        "suspended_months": 12, "probation_months": 24, "fine": 500, "restitution": 12000, "forfeits_firearms": "on",
        "special_conditions": "No contact", "sentenced_on": "2026-03-01", "sentenced_by_court": "Judge Ellery",
    }  # fmt: skip
    office.post(address("charge_dispose", charge), given)
    told = page(office, case)
    for words in ("120 months prison", "60 months of it mandatory and consecutive", "fine $500",
                  "restitution $12,000", "No contact", "1 Mar 2026, Judge Ellery"):  # fmt: skip
        assert words in told, words
    assert "Guideline range" not in office.get(address("charge_dispose", charge)).content.decode(), "of a state office"
    for wrong, sentence in (
        ({"consecutive_months": 121}, "part of the prison months"),
        ({"sentenced_on": "2026-01-31"}, "before the plea or verdict"),
        ({"disposition": "diverted"}, "Leave it empty here."),
    ):
        answer = office.post(address("charge_dispose", charge), given | wrong).content.decode()
        assert sentence in answer, wrong
    office.post(address("charge_dispose", charge), {"disposition": "deferred", "disposed_on": "2026-02-01"})
    charge.refresh_from_db()
    assert {name: getattr(charge, name) for name in Charge.NOTHING} == Charge.NOTHING
    last = AuditEvent.objects.filter(verb="charge.disposed").latest("pk").data
    assert (last["before"]["fine"], last["sentence"]) == (500, {})


@pytest.mark.parametrize("part", ["consecutive_months", "suspended_months"])
def test_a_part_of_no_prison_is_refused_with_words_also_where_it_is_nothing(office, city, charge, part):
    given = {"disposition": "guilty_plea", "disposed_on": TODAY.isoformat(), part: "0"}
    sentence = "This is a part of the prison months: give these too, or leave it empty."
    assert sentence in office.post(address("charge_dispose", charge), given).content.decode()
    answer = Program(city.prosecutor).post(f"charges/{charge.pk}/dispose/", given)
    assert (answer.status_code, answer.json()) == (400, {part: [sentence]})


def test_a_federal_sentence_has_its_guideline_range(client, city, case):
    federal = member(city.usao, Role.PROSECUTOR)
    given = {"agency": city.papd, "office": city.usao, "defendant": "Pat Doe", "summary": "The same."}
    other = referrals.make(lead=case.lead, by=city.detective, **given)
    referrals.decide(referral=other, status="accepted", by=federal)
    made = charges.add(referral=other, statute="18 USC 924(c)", counts=1, charged_on=CHARGED, by=federal)
    client.force_login(federal)
    body = {"disposition": "guilty_plea", "disposed_on": "2026-02-01", "prison_months": 84, "supervised_months": 36,
            "range_low": 78, "departure": "assistance", "is_armed_career": "on"}  # fmt: skip
    assert "Give both ends" in client.post(address("charge_dispose", made), body).content.decode()
    client.post(address("charge_dispose", made), body | {"range_high": 97})
    told = page(client, other)
    assert "guideline range 78 to 97 months, below, for assistance to the government, armed career criminal" in told


def test_a_revocation_is_an_outcome_of_its_own_and_stands_once(office, city, case):
    given = {"of": "probation", "revoked_on": CHARGED.isoformat(), "months": 14, "court": "County Court"}
    office.post(address("referral_revoke", case), given)
    assert "Probation revoked 5 Jan 2026, 14 months, County Court" in page(office, case)
    assert office.post(address("referral_revoke", case), given).status_code == 403
    (made,) = Revocation.objects.visible_to(city.detective)
    assert reverse("revocation_correct", args=[made.pk]) in page(office, case)
    assert 'value="14"' in office.get(reverse("revocation_correct", args=[made.pk])).content.decode()
    assert "Supervision was revoked" not in page(office, case)
    assert not Revocation.objects.visible_to(city.gm_detective).exists()


def test_a_revocation_is_corrected_and_what_it_said_stays_in_the_log(office, city, case):
    said = {"of": "probation", "revoked_on": CHARGED, "months": 14, "court": "County Court"}
    made = proceedings.revoke(referral=case, by=city.prosecutor, **said)
    right = said | {"months": 4, "revoked_on": CHARGED.isoformat()}
    office.post(reverse("revocation_correct", args=[made.pk]), right)
    assert "Probation revoked 5 Jan 2026, 4 months, County Court" in page(office, case)
    logged = AuditEvent.objects.get(verb="revocation.corrected")
    assert (logged.data["before"]["months"], logged.data["after"]["months"]) == ("14", "4")
    wrong = office.post(reverse("revocation_correct", args=[made.pk]), right | {"court": ""})
    assert wrong.status_code == 200
    with pytest.raises(Refused):
        proceedings.correct_revocation(revocation=made, by=city.detective, **said)
    assert Revocation.objects.get().months == 4


# --- what holds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"disposition": "not_guilty", "fine": 5},
        {"disposition": "guilty_plea", "prison_months": 5, "consecutive_months": 6},
        {"disposition": "guilty_plea", "suspended_months": 6},
        {"disposition": "guilty_plea", "range_low": 6},
        {"disposition": "guilty_plea", "range_low": 6, "range_high": 5},
        {"disposition": "guilty_plea", "sentenced_on": CHARGED - timedelta(days=1)},
        {"disposition": "banished"},
    ],
)
def test_the_database_holds_what_a_sentence_is(charge, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.filter(pk=charge.pk).update(disposed_on=CHARGED, **wrong)
    Charge.objects.filter(pk=charge.pk).update(disposed_on=CHARGED, disposition="juvenile_adjudicated", prison_months=3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "held"},
        {"kind": "indictment"},
        {"custody": "detained"},
        {"kind": "party"},
        {"status": "off", "ended_at": timezone.now(), "result": ""},
    ],
)
def test_the_database_holds_what_a_proceeding_is(city, case, wrong):
    made = step(case, city, "trial", SOON)
    by = {"ended_by": city.prosecutor} if "ended_at" in wrong else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Proceeding.objects.filter(pk=made.pk).update(**wrong, **by)


def test_what_is_over_stays_as_it_was(city, case, charge):
    step(case, city, "superseding", TODAY)
    filed = Proceeding.objects.get()
    for sql, pk in (
        ("update leads_proceeding set court = 'x' where id = %s", filed.pk),
        ("delete from leads_proceeding where id = %s", filed.pk),
        ("update leads_charge set title = 'x' where id = %s", charge.pk),
        ("delete from leads_charge where id = %s", charge.pk),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [pk])


@pytest.mark.parametrize("who", ["detective", "supervisor", "analyst", "gm_detective", "outsider"])
def test_nobody_but_the_office_records_what_happens_in_court(client, city, case, charge, who):
    set_for = step(case, city, "trial", SOON)
    client.force_login(getattr(city, who))
    for name in ("proceeding_new", "referral_outcome", "referral_revoke"):
        assert client.get(address(name, case)).status_code in (403, 404), name
    assert client.get(address("proceeding_hold", set_for)).status_code in (403, 404)
    if who in ("detective", "supervisor"):
        told = page(client, case)
        assert "18 USC 922(g)(1)" in told
        assert address("proceeding_new", case) not in told
        with pytest.raises(Refused):
            proceedings.take_off(proceeding=set_for, why="x", by=getattr(city, who))


# --- programs ------------------------------------------------------------------------------------------------------


def test_the_verbs_of_the_pages_are_there_for_programs(city, case, charge):
    program, path = Program(city.prosecutor), f"referrals/{case.pk}/"
    made = program.post(path + "proceedings/", {"kind": "trial", "on": SOON.isoformat(), "starts_at": "09:30"})
    assert (made.status_code, made.json()["next_what"]) == (201, "Trial")
    pk = made.json()["proceedings"][0]["id"]
    wrong = program.post(f"proceedings/{pk}/put-off/", {"on": SOON.isoformat(), "why": "x"})
    assert wrong.json() == {"on": ["Choose a day after the one it was set for."]}
    moved = program.post(f"proceedings/{pk}/put-off/", {"on": LATER.isoformat(), "why": "x"}).json()
    second = moved["proceedings"][1]
    assert (moved["next_on"], second["continued_from"]) == (LATER.isoformat(), pk)
    early = program.post(f"proceedings/{second['id']}/hold/", {"result": "Jury sworn"})
    assert (early.status_code, "still to come" in early.json()["detail"]) == (403, True)
    today = program.post(path + "proceedings/", {"kind": "bail", "on": TODAY.isoformat()}).json()["proceedings"][0]
    held = program.post(f"proceedings/{today['id']}/hold/", {"result": "Released"}).json()
    assert held["next_on"] == LATER.isoformat()
    assert program.post(f"proceedings/{today['id']}/take-off/", {"why": "x"}).status_code == 403
    taken = program.post(f"proceedings/{second['id']}/take-off/", {"why": "x"}).json()
    assert taken["next_on"] is None
    late = program.post(path + "proceedings/", {"kind": "complaint", "on": LATER.isoformat()})
    assert late.json() == {"on": ["What is filed has been filed: give a day that has begun."]}

    line = {"charge": charge.pk, "disposition": "guilty_plea", "disposed_on": "2026-02-01", "prison_months": 9}
    twice = program.post(path + "outcome/", {"ended": [line, line]})
    assert twice.json() == {"ended": ["Each charge ends once."]}
    ended = program.post(path + "outcome/", {"ended": [line | {"fine": 100}]}).json()["charges"][0]
    assert (ended["disposition"], ended["fine"], ended["max_months"]) == ("guilty_plea", 100, 120)
    body = {"of": "parole", "revoked_on": "2026-02-01", "months": 6, "court": "Board"}
    assert program.post(path + "revocation/", body).json()["revocation"]["months"] == 6
    again = {"kind": "superseding", "on": TODAY.isoformat(), "again": [charge.pk]}
    assert program.post(path + "proceedings/", again).status_code == 403, "it ended"
    assert Program(city.gm_detective).post(path + "outcome/", {"ended": [line]}).status_code == 404


def test_statutes_and_statuses_are_there_for_programs(city):
    program = Program(city.prosecutor)
    body = {"office": city.da.pk, "citation": "XX Penal 1", "title": "Theft", "jurisdiction": "state", "max_months": 12}
    made = program.post("statutes/", body)
    assert made.status_code == 201
    assert program.post("statutes/", body).json()["citation"][0].startswith("This statute stands in the table")
    rows = program.get("statutes/").json()
    assert (rows[0]["citation"], rows[0]["to_check"], rows[1]["id"]) == ("XX Penal 1", False, None)
    assert program.post(f"statutes/{made.json()['id']}/end/").status_code == 200
    assert program.post(f"statutes/{made.json()['id']}/end/").status_code == 403
    assert program.get("court-statuses/").json() == []
    assert Program(city.detective).post("statutes/", body).status_code == 403
