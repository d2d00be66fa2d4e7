"""Every deed that tells somebody: exactly these people, in these words, and who did it is not told."""

import pytest
from django.core import mail

from agencies import tasks
from agencies.models import Notification
from agencies.notifications import SENTENCES
from agencies.roles import Role
from tests.factories import NOW, member
from tests.leads import deeds_clusters, deeds_dates, deeds_entities, deeds_listed, deeds_meetings, deeds_sharing
from tests.leads import deeds_tasks as tasked
from tests.leads.deeds import DAY, Scene
from tests.leads.deeds_packets import PACKET, RELEASED
from tests.leads.deeds_prosecution import TWO_OFFICES

NUMBER, EVERYBODY = "WCL-2026-00412", "Amara Otis Ilse Gil"
SENT = (Scene.open, {"New lead for your agency": EVERYBODY})
LOADED = {"Your file is checked and can be loaded": "Dana", "The file you loaded is done": "Dana"}
UNDONE = {"The file you loaded is undone": "Dana"}
ASSIGNED = (lambda s: s.assign(s.detective), {"A lead was assigned to you": "Chidi"})
GM_ASSIGNED = (Scene.gm_assign, {"A lead was assigned to you": "Noor"})
WAITS, BACK = "Closing of a lead waits for your approval", "A lead of your agency went back to the center"
RETURNED, ROUTED = {"An agency returned a lead": "Cora Dana"}, {"A lead was routed to your agency": "Ilse Gil"}
CONFIRMED = {"An examiner confirmed a link": "Chidi Amara Otis Ilse"}
NOT_YET = "The laboratory sent your request for confirmation back"
OPEN_STILL = "An examiner reported on a lead: no link is confirmed by that"
OFF = "An examiner eliminated an event: it is off the line of a lead"
IN_PART = "An examiner confirmed a link of a lead and eliminated another event: it is off the line"
GREW = (Scene.grow, {"A lead of your agency has a new event": EVERYBODY})
ON_AGAIN = "An event is back on the line of a lead: a result was corrected"
BEGUN, OFFICE, AT_IT = "Work on a lead has begun", "Ruth Dorian", "Chidi Mara Amara"
WORK = [
    SENT,
    (Scene.acknowledge, {"An agency acknowledged a lead": "Cora Dana"}),
    ASSIGNED,
    (lambda s: s.assign(s.mara), {"A lead was assigned to you": "Mara", "A lead was given to somebody else": "Chidi"}),
    (lambda s: s.start(s.mara), {BEGUN: "Amara"}),
    (lambda s: s.log(s.papd_part, s.mara), {}),
    (lambda s: s.propose(s.papd_part, s.mara), {WAITS: "Amara"}),
    (Scene.send_back, {"Closing was not approved: more to do": "Mara"}),
    (lambda s: s.propose(s.papd_part, s.supervisor), {WAITS: "Otis"}),
    (lambda s: s.approve(s.papd_part, s.otis), {"Your part of a lead is closed": "Mara"}),
]
STORIES = {
    "closed by both and grown again": [
        *WORK,
        GM_ASSIGNED,
        (lambda s: s.log(s.gmpd_part, s.gm_detective), {BEGUN: "Ilse"}),
        (lambda s: s.log(s.gmpd_part, s.gm_detective), {}),
        (lambda s: s.propose(s.gmpd_part, s.gm_detective), {WAITS: "Ilse"}),
        (
            lambda s: s.approve(s.gmpd_part, s.gm_supervisor),
            {"Your part of a lead is closed": "Noor", "A lead of your agency is closed": "Mara Noor Amara Otis"},
        ),
        (Scene.grow, {"A lead of your agency has a new event": "Mara Noor Amara Otis Ilse Gil"}),
    ],
    "given time, absent, and stale": [
        SENT,
        ASSIGNED,
        (Scene.pause, {"The clock of a lead stands still": "Amara"}),
        (Scene.resume, {"The clock of a lead runs again": "Chidi"}),
        (Scene.ask_time, {"A pause or more time waits for your decision": "Amara"}),
        (lambda s: s.decide_time(True), {"The time you asked for is granted": "Chidi"}),
        (Scene.ask_time, {"A pause or more time waits for your decision": "Amara"}),
        (lambda s: s.decide_time(False), {"The time you asked for is refused": "Chidi"}),
        (Scene.leave_office, {"You stand in for somebody who is out of office": "Mara"}),
        (Scene.return_to_office, {"Somebody you stand in for is back": "Mara"}),
        (Scene.neglect, {"Nothing was done on a lead for days": "Chidi Amara Ilse"}),
        (Scene.neglect, {}),
    ],
    "returned by its investigator and routed on": [
        SENT,
        ASSIGNED,
        (lambda s: s.give_back(s.papd_part, s.detective), RETURNED | {BACK: "Amara"}),
        (lambda s: s.reroute(s.papd_part), ROUTED),
    ],
    "returned by a supervisor and sent back": [
        SENT,
        GM_ASSIGNED,
        (lambda s: s.give_back(s.gmpd_part, s.gm_supervisor), RETURNED | {BACK: "Noor"}),
        (lambda s: s.reroute(s.gmpd_part), ROUTED),
    ],
    "asked to take part": [
        SENT,
        (Scene.ask, {"Your agency is asked to take part in a lead": "Marta"}),
        (Scene.take, {}),
        (Scene.grow, {"A lead of your agency has a new event": "Marta Amara Otis Ilse Gil"}),
        (lambda s: s.propose(s.asked_part, s.officer), {WAITS: "Cora"}),
        (lambda s: s.approve(s.asked_part, s.coordinator), {"Your part of a lead is closed": "Marta"}),
    ],
    "confirmed by a report": [SENT, ASSIGNED, (Scene.confirm, CONFIRMED)],
    "confirmed in part": [SENT, (Scene.second_examiner, {}), GREW, (Scene.compare_three, {IN_PART: EVERYBODY})],
    "asked of the laboratory": [
        SENT,
        ASSIGNED,
        (Scene.second_examiner, {}),
        (Scene.seek, {"Your laboratory is asked to confirm a lead": "Ed Vera"}),
        (lambda s: s.give_up("send_back", s.examiner), {NOT_YET: "Chidi"}),
    ],
    "given to an examiner and cancelled": [
        SENT,
        ASSIGNED,
        (Scene.second_examiner, {}),
        (Scene.seek, {"Your laboratory is asked to confirm a lead": "Ed Vera"}),
        (lambda s: s.give(s.vera), {"A confirmation was given to you": "Vera"}),
        (lambda s: s.give_up("cancel", s.detective), {"A request for confirmation was cancelled": "Vera"}),
    ],
    "compared, eliminated and put back": [
        SENT,
        ASSIGNED,
        (Scene.second_examiner, {}),
        (lambda s: s.compare("inconclusive"), {OPEN_STILL: "Chidi Amara Otis Ilse"}),
        (lambda s: s.compare("eliminated", off=True), {OFF: EVERYBODY + " Chidi"}),
        (lambda s: s.correct("confirmed"), {"A corrected result waits for a second person to agree": "Vera"}),
        (lambda s: s.settle("refuse"), {"Your correction of a result was refused": "Ed"}),
        (lambda s: s.correct("confirmed"), {"A corrected result waits for a second person to agree": "Vera"}),
        (lambda s: s.settle("agree"), {ON_AGAIN: EVERYBODY + " Chidi Ed"}),
        (lambda s: s.correct("unsuitable"), {"A corrected result waits for a second person to agree": "Vera"}),
        (lambda s: s.settle("agree"), {"A result of an examiner was corrected": "Ed Chidi Amara Otis Ilse"}),
    ],
    "confirmed by a notice": [SENT, ASSIGNED, (lambda s: s.open(confirmed=True), CONFIRMED)],
    "in triage": [
        (Scene.look_first, {}),
        (Scene.open, {"A new lead waits for triage": "Cora"}),
        (Scene.put_off, {}),
        (Scene.day_comes, {"A lead you deferred is back": "Dana"}),
        (Scene.decline_lead, {"Declining a lead waits for a second person": "Cora"}),
        (Scene.bring_lead_back, {"A lead you proposed to decline was brought back": "Dana"}),
        (Scene.decline_lead, {"Declining a lead waits for a second person": "Cora"}),
        (Scene.agree_to_decline, {"A lead you proposed to decline is declined": "Dana"}),
        (Scene.grow, {}),
        (Scene.send_out, {"New lead for your agency": EVERYBODY}),
        (Scene.draft_weights, {}),
        (Scene.agree_weights, {"Weights you wrote are put in force": "Dana"}),
    ],
    "late": [
        SENT,
        (lambda s: s.climb(1), {"Due soon": "Amara Otis"}),
        (lambda s: s.climb(2), {"Overdue": "Amara Otis"}),
        (Scene.remind, {"A reminder: overdue": "Amara Otis Ilse"}),
        (lambda s: s.climb(3), {"Overdue and escalated": "Amara Otis"}),
        (lambda s: s.climb(4), {"Overdue and escalated again": "Rowan"}),
        (lambda s: s.climb(5), {"Overdue, told to the center": "Cora"}),
    ],
    "in court": [
        SENT,
        (lambda s: s.assign(s.mara), {"A lead was assigned to you": "Mara"}),
        GM_ASSIGNED,
        (Scene.refer, {"A case was referred to your office": OFFICE}),
        (lambda s: s.decide("more_asked", note="The video?"), {"The prosecutor asks for more": AT_IT}),
        (lambda s: s.answer(s.detective), {"An agency answered your office": OFFICE}),
        (lambda s: s.decide("declined", reason="weak_evidence"), {"A referral was declined": AT_IT}),
        (lambda s: s.answer(s.supervisor), {"An agency answered your office": OFFICE}),
        (lambda s: s.decide("accepted"), {"A referral was accepted": AT_IT}),
        (Scene.charge, {"A charge was recorded on a case": AT_IT}),
        (lambda s: s.plan(next_on=DAY), {"The next court date of a case is set or changed": AT_IT}),
        (lambda s: s.plan(next_on=DAY, court_number="WX-1"), {}),
        (Scene.dispose, {"A case has a disposition": AT_IT}),
    ],
    "before two offices": TWO_OFFICES,
    "evidence": [
        (Scene.send_exhibit, {"An exhibit was sent to your laboratory": "Ed"}),
        (Scene.hand_over, {"An exhibit was handed to you: confirm that it arrived": "Chidi"}),
        (Scene.withdraw_hand_over, {"An exhibit that was on its way to you stays where it was": "Chidi"}),
        (Scene.hand_over, {"An exhibit was handed to you: confirm that it arrived": "Chidi"}),
        (Scene.refuse_hand_over, {"An exhibit you handed over was refused": "Tess"}),
        (Scene.hand_over, {"An exhibit was handed to you: confirm that it arrived": "Chidi"}),
        (Scene.confirm_hand_over, {"An exhibit you handed over has arrived": "Tess"}),
        (Scene.propose_disposal, {"Disposal of an exhibit waits for your approval": "Amara Otis Rowan"}),
        (Scene.send_disposal_back, {"Disposal of an exhibit was not approved": "Tess"}),
        (Scene.propose_disposal, {"Disposal of an exhibit waits for your approval": "Amara Otis Rowan"}),
        (Scene.approve_disposal, {"Disposal of an exhibit is approved": "Tess"}),
        (Scene.come_to_review, {"Exhibits of your agency have come to their review": "Tess"}),
        (Scene.come_to_review, {}),
        (Scene.break_chain, {"A chain of custody does not hold": "Ada Otto"}),
        (Scene.check_file, {"Your file is checked and can be loaded": "Tess"}),
        (Scene.load_file, {"The file you loaded is done": "Tess"}),
        (Scene.undo_file, {"The file you loaded is undone": "Tess"}),
        (Scene.check_file, {"Your file is checked and can be loaded": "Tess"}),
        (Scene.load_file, {"The file you loaded is done": "Tess"}),
        (Scene.build_on_file, {}),
        (Scene.undo_file, {"The file you loaded could not be undone": "Tess"}),
        (Scene.fail_file, {"The file you loaded could not be read": "Tess"}),
    ],
    "notices taken back": [
        SENT,
        (lambda s: s.take_notices("PAPD,26-020951,N"), LOADED | {"A lead of your agency has a new event": EVERYBODY}),
        (Scene.undo_notices, UNDONE | {"An event of a lead was withdrawn": EVERYBODY}),
        (lambda s: s.take_notices("PAPD,26-018844,Y"), LOADED | {"An examiner confirmed a link": "Amara Otis Ilse"}),
        (Scene.undo_notices, UNDONE | {"A confirmed link of a lead was taken back": EVERYBODY}),
        (
            lambda s: s.take_notices("PAPD,26-018844,N", "GMPD,26-004417,N", number="26-9"),
            LOADED | {"New lead for your agency": EVERYBODY},
        ),
        (Scene.undo_notices, UNDONE | {"A lead of your agency was withdrawn: nothing is owed on it": EVERYBODY}),
    ],
    "laboratory": [
        (Scene.request, {"An exhibit was sent to your laboratory": "Ed"}),
        (Scene.decline_request, {"The laboratory declined what your agency asked for": "Tess"}),
        (Scene.request, {"An exhibit was sent to your laboratory": "Ed"}),
        (Scene.receive_request, {}),
        (Scene.return_request, {"The laboratory sent exhibits of your agency back": "Tess"}),
        (Scene.reject_entry, {"An exhibit of your agency cannot be entered in NIBIN": "Tess"}),
        (Scene.find_candidate, {"A candidate waits for reviewer 2": "Ines"}),
    ],
    "one gun on two leads": [SENT, *deeds_clusters.told(EVERYBODY)],
    "named by sources": [SENT, *deeds_entities.NAMED],
    "reviewed in a meeting": [SENT, *deeds_meetings.REVIEWED],
    "given tasks, asked about, lent to a partner": [SENT, ASSIGNED, *tasked.WORKED],
    "days of a case": [SENT, ASSIGNED, *deeds_dates.DATED],
    "fed back": [SENT, *deeds_meetings.FED_BACK],
    "on the people list": [SENT, *deeds_listed.LISTED],
    "told in a bulletin": [SENT, *deeds_sharing.BULLETIN],
    "asked of other agencies": deeds_sharing.ASKED,
    "given away as a packet": [SENT, *PACKET, *RELEASED],
    "people": [
        (Scene.lock, {"An account was locked after five wrong passwords": "Ada"}),
        (Scene.join, {"Somebody you invited joined your agency": "Ada"}),
    ],
}


@pytest.fixture
def scene(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Scene()


def told(since=0):
    """(sentence, first name) of each notice."""
    rows = Notification.objects.filter(pk__gt=since).values_list("verb", "user__name")
    return sorted((SENTENCES[verb], name.split()[0]) for verb, name in rows)


def meant(expected):
    return sorted((sentence, name) for sentence, names in expected.items() for name in names.split())


@pytest.mark.parametrize("story", STORIES)
def test_each_step_tells_exactly_these_people_once_and_never_who_took_it(scene, seen, story):
    for deed, expected in STORIES[story]:
        last = Notification.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        deed(scene)
        assert told(since=last) == meant(expected)
    reader = Notification.objects.last().user
    page = seen(reader, "notifications")
    for row in Notification.objects.filter(user=reader):
        assert f"{SENTENCES[row.verb]}: {row.label}" in page


# Told of stored files: tests/evidence/test_file_watch.py has the deeds and the people.
OF_FILES = {verb for verb in SENTENCES if verb.startswith("file.")}


def test_the_stories_have_every_sentence_that_somebody_can_be_told():
    said = {sentence for steps in STORIES.values() for _deed, expected in steps for sentence in expected}
    assert said == {sentence for verb, sentence in SENTENCES.items() if verb not in OF_FILES}


def test_the_mails_from_acknowledged_to_approved_hold_a_number_and_a_link_and_nothing_else(scene):
    for deed, _expected in WORK:
        deed(scene)
    tasks.mail_notifications()
    subjects = {f"{sentence}: {NUMBER}" for sentence, _name in told()}
    assert {message.subject for message in mail.outbox} == subjects
    at = "http://127.0.0.1:8000/notifications/"
    wanted = {
        (row.user.email, f"{SENTENCES[row.verb]}: {NUMBER}\n\nSign in to read it:\n{at}{row.pk}/\n")
        for row in Notification.objects.select_related("user")
    }
    assert {(*message.to, message.body) for message in mail.outbox} == wanted
    assert len(mail.outbox) == len(wanted) == sum(len(meant(expected)) for _deed, expected in WORK)


@pytest.mark.parametrize(("gone", "next_up"), [([], "Rowan"), ([Role.COMMANDER], "Cora")])
def test_where_nobody_would_acknowledge_the_next_on_the_ladder_hears_of_a_new_lead(scene, gone, next_up):
    left = scene.papd.memberships.filter(role__in=[Role.SUPERVISOR, *gone])
    left.update(ended_at=NOW, ended_by=scene.administrator)
    scene.open()
    assert told() == meant({"New lead for your agency": f"Ilse Gil {next_up}"})


def test_who_answers_for_both_agencies_of_a_lead_hears_of_it_once(scene):
    member(scene.gmpd, Role.SUPERVISOR, user=scene.otis)
    for deed in (scene.open, scene.grow, scene.remind):
        deed()
    heard = [sentence for sentence, name in told() if name == "Otis"]
    assert heard == ["A lead of your agency has a new event", "A reminder: overdue", "New lead for your agency"]


def test_who_worked_on_a_lead_and_left_the_agency_hears_no_more_of_it(scene):
    scene.open()
    scene.assign(scene.detective)
    scene.papd.memberships.filter(user=scene.detective).update(ended_at=NOW, ended_by=scene.administrator)
    Notification.objects.all().delete()
    scene.confirm()
    assert told() == meant({"An examiner confirmed a link": "Amara Otis Ilse"})
