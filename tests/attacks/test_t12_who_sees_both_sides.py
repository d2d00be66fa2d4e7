"""T5, T12, T18, T34: what two agencies of one center share tells neither what is the other's alone, and a right over
one's own part is none over the other's.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import access
from agencies.models import AuditEvent
from agencies.roles import Role
from evidence.actions import (
    attachments,
    detections,
    disposals,
    exhibits,
    handovers,
    holds,
    incidents,
    lab_requests,
    moves,
    testfires,
    triage,
)
from evidence.models import Exhibit, Firearm
from tests import factories
from tests.attacks.sides import PISTOL
from tests.evidence.photos import attached, jpeg


@pytest.fixture
def partner(ours):
    """Another department of the same center, with a case of its own and its own technician."""
    agency = factories.agency(f"{ours.code}2", parent=ours.center, mark=2)
    ours.partner, ours.technician2 = agency, factories.member(agency, Role.EVIDENCE_TECHNICIAN, name="Partner Tech")
    ours.other = incidents.record(
        agency=agency, by=ours.technician2, case_number="99-SECRET-7", kind="homicide", occurred_at=ours.earlier
    )
    return ours


def shown(person, name, *args, **query):
    client = Client()
    client.force_login(person)
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def refused(words, action, **facts):
    with pytest.raises(access.Refused) as no, transaction.atomic():
        action(**facts)
    assert words in no.value.reason


def added(side, number, kind="other", incident=None, **more):
    by = side["evidence_technician"]
    facts = {"incident": incident or side.bare, "number": number, "kind": kind, "collected_at": side.earlier}
    return exhibits.add(by=by, **facts, **more)


def test_t12_shots_that_are_another_agencys_case_do_not_name_it(partner):
    """The center sees both and says so; the department whose sensor heard them does not see the case."""
    detections.belong(detection=partner.detection, incident=partner.other, by=partner["analyst"])
    technician = partner["evidence_technician"]
    pages = [shown(technician, "alerts", show="matched"), shown(technician, "detection", partner.detection.pk)]
    assert not [page for page in pages if "99-SECRET-7" in page or f"/incidents/{partner.other.pk}/" in page]
    assert all("case of another agency" in page for page in pages)
    assert "99-SECRET-7" in shown(partner["analyst"], "detection", partner.detection.pk)


def test_t12_a_receipt_tells_the_other_side_only_what_it_gets(partner):
    """What was not handed over is of a case in which the receiver takes no part."""
    shared, own = added(partner, "77-S", incident=partner.incident), added(partner, "OWN-9")
    access.share(partner.incident, partner.partner)
    made = moves.check_out(
        exhibits=[shared, own], bench=partner.police, agency=partner.partner, by=partner["evidence_technician"],
        purpose="investigation",
    )  # fmt: skip
    theirs = shown(partner.technician2, "receipt", made.pk)
    assert "77-S" in theirs
    assert "OWN-9" not in theirs
    assert "Not moved" not in theirs
    assert "OWN-9" in shown(partner["evidence_technician"], "receipt", made.pk)


def test_t12_where_an_agency_keeps_things_is_offered_to_its_own_people_alone(partner):
    """Where only words say who has an exhibit, whoever is on the case may hand it over."""
    bag = added(partner, "55-C", incident=partner.incident)
    access.share(partner.incident, partner.partner)
    Exhibit.objects.filter(pk=bag.pk).update(held_by=None)
    assert partner.place.code not in shown(partner.technician2, "custody_new", bag.pk)
    assert partner.place.code in shown(partner["evidence_technician"], "custody_new", bag.pk)


def test_t12_a_candidate_is_read_by_the_site_until_the_lead_is_released(partner):
    review = partner.correlation
    review.candidate, review.note, review.lead_number, review.status = (
        "99-SECRET-7",
        "like 99-SECRET-7",
        "L-1",
        "second",
    )
    review.first_at, review.first_by = timezone.now(), partner["examiner"]
    review.save()
    assert "99-SECRET-7" not in shown(partner["detective"], "correlation", review.pk)
    assert "99-SECRET-7" in shown(partner["examiner"], "correlation", review.pk)


def test_t05_sight_of_a_case_is_no_right_over_its_files_and_sheets(partner):
    access.share(partner.incident, partner.partner, partner.lab)
    for stranger in (partner.technician2, partner["examiner"]):
        refused(
            "Only who added this file", attachments.withdraw, attachment=partner.attachment, because="x", by=stranger
        )
    marks = [{"marker": "1", "count": 1, "place": "", "headstamp": "", "is_representative": False, "reason": ""}]
    refused("fill its triage sheet", triage.fill, exhibit=partner.second, by=partner.technician2, seen="", marks=marks)
    own = attached(partner.incident, partner["examiner"], jpeg((8, 8)), "bench.jpg", drawn=False)
    assert attachments.withdraw(attachment=own, because="Wrong case", by=partner["examiner"]).withdrawn_at


def test_t05_a_prosecutors_hold_is_lifted_by_its_office_alone(ours):
    hold = holds.set_hold(exhibit=ours.second, by=ours["prosecutor"], reason="Trial")
    for other in ("analyst", "center_coordinator", "supervisor", "evidence_technician"):
        refused("Its people lift it", holds.lift, hold=hold, by=ours[other], reason="Over")
    assert holds.lift(hold=hold, by=ours["prosecutor"], reason="Over").lifted_at


def test_t34_what_was_waived_before_a_hold_was_set_says_nothing_of_the_hold(ours):
    gun = added(ours, "G-9", "firearm", firearm=PISTOL | {"serial": "HOLD1"})
    made = disposals.propose(exhibit=gun, by=ours["evidence_technician"], method="destroy", reason="Served")
    for who in ("supervisor", "commander"):
        disposals.waive(disposal=made, by=ours[who], reason="Broken frame")
    held = holds.set_hold(exhibit=gun, by=ours["supervisor"], reason="Appeal")
    refused("A legal hold was set since", disposals.approve, disposal=made, by=ours["supervisor"])
    holds.lift(hold=held, by=ours["supervisor"], reason="Dropped")
    assert disposals.approve(disposal=made, by=ours["supervisor"]).gaps == "test_fire,nibin,trace"
    disposals.carry_out(disposal=made, by=ours["evidence_technician"], witness="A. Witness")
    shot = {"exhibit": gun, "count": 2, "fired_at": timezone.now(), "by": ours["evidence_technician"]}
    refused("was disposed of", testfires.record, **shot)
    # Whether a gun was traced is for those who may hold trace data: neither the log nor the page of others says so.
    assert "trace" not in AuditEvent.objects.get(verb="disposal.approved").data["gaps"]
    assert (
        "raced" in shown(ours["supervisor"], "disposal", made.pk).split("stands against it")[1].split("</section>")[0]
    )
    page = shown(ours["examiner"], "disposal", _seen_by_lab(ours).pk)
    assert "raced" not in page.split("stands against it")[1].split("</section>")[0]


def _seen_by_lab(ours):
    gun = added(ours, "G-10", "firearm", incident=ours.incident, firearm=PISTOL | {"serial": "HOLD2"})
    return disposals.propose(exhibit=gun, by=ours["evidence_technician"], method="destroy", reason="Served")


def test_t39_an_error_does_not_tell_that_a_gun_was_traced(ours):
    examiner = factories.member(ours.police, Role.EXAMINER)
    gun = Firearm.objects.get(pk=ours.firearm.pk).exhibit
    with pytest.raises(access.Refused) as no:
        exhibits.correct(exhibit=gun, by=examiner, seen=gun.version, kind="magazine")
    assert "trace" not in no.value.reason.lower()


def test_t03_a_laboratory_of_somebody_elses_center_is_not_asked(ours, theirs):
    asked = {"asked": "entry", "needed_on": timezone.now().date(), "at": timezone.now()}
    bag = added(ours, "L-9", "casing_group")
    by = ours["evidence_technician"]
    refused("no laboratory of your center", lab_requests.send, incident=ours.bare, exhibits=[bag],
            laboratory=theirs.lab, by=by, **asked)  # fmt: skip
    made = lab_requests.send(incident=ours.bare, exhibits=[bag], laboratory=ours.lab, by=by, **asked)
    lab_requests.receive(request=made, at=timezone.now(), by=ours["examiner"])
    late = {"request": made, "result": "R-1", "by": ours["examiner"]}
    refused("future", lab_requests.finish, at=timezone.now() + timedelta(days=1), **late)
    refused("earlier than it was received", lab_requests.finish, at=ours.earlier, **late)


def test_t18_an_original_is_called_by_what_it_is(ours):
    """A photo that is a page as well, under the name of one, is opened by no browser when it lies on a disk."""
    made = attached(ours.incident, ours["evidence_technician"], jpeg((8, 8)) + b"<script>1</script>", "scene.hta")
    client = Client()
    client.force_login(ours["evidence_technician"])
    answer = client.get(reverse("attachment_file", args=[made.pk]), {"as": "original"})
    assert b"".join(answer.streaming_content).endswith(b"</script>")
    assert 'filename="scene.hta.jpg"' in answer["Content-Disposition"]


def test_t34_a_hand_over_is_answered_once(ours):
    handovers.confirm(hand_over=ours.hand_over, by=ours["detective"])
    for again in (handovers.confirm, handovers.withdraw):
        refused("confirmed already", again, hand_over=ours.hand_over, by=ours["detective"])


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_sets_on_a_side_or_on_its_records_is_gone_for_the_next(ours, turn):
    assert ours.other.number.endswith("8")
    assert ours.police.is_active
    ours.other, ours.police.is_active = ours.incident, False
