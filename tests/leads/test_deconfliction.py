"""A question to other agencies answers that there is a record and whom to call, and nothing else to anybody."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access import Refused
from agencies.models import AuditEvent
from agencies.notifications import SENTENCES
from agencies.roles import Role
from evidence.models import Exhibit, Firearm
from evidence.queries.reach import fetch
from leads import deconfliction as pure
from leads.actions import deconfliction
from leads.models import Inquiry, InquiryAnswer
from leads.queries import deconfliction as queries
from tests.factories import NOW, member
from tests.leads.asking import SERIAL, answer, ask, gun, told
from tests.leads.guarded import refused


def test_the_answer_is_whom_to_call_and_both_sides_commanders_are_told_by_a_number(guns, settings):
    made = ask(guns, "xq 77123")
    (said,) = queries.answers_of(made)
    assert (said.holder, said.contact, said.phone) == (guns.gmpd, "GMPD gun desk", "555-0142")
    number = f"DC-{made.pk}"
    assert told() == [("inquiry.answered", "Rowan", number), ("inquiry.held", "Greta", number)]
    assert made.key_hash == pure.hashed("gun", "XQ77123", settings.SECRET_KEY)


def test_the_page_of_an_answer_names_the_holder_and_nothing_of_what_it_holds(guns, seen):
    page = seen(guns.detective, "inquiry", ask(guns).pk)
    assert "Glenmoor PD holds a record" in page
    assert "GMPD gun desk" in page
    hidden = (SERIAL, "XQ77123", guns.case.case_number, "Glock", f"/incidents/{guns.case.pk}")
    assert [word for word in hidden if word in page] == []


def test_the_holder_sees_who_asked_and_only_who_sees_the_case_which_record(guns, seen):
    ask(guns)
    answered = InquiryAnswer.objects.get()
    page = seen(guns.gm_commander, "inquiry_answer", answered.pk)
    assert "Det. Chidi Okafor of Port Alder PD" in page
    assert guns.case.case_number in page
    assert "26-9" not in page
    guns.case.grants.all().delete()
    assert guns.case.case_number not in seen(guns.gm_commander, "inquiry_answer", answered.pk)
    assert not InquiryAnswer.objects.visible_to(guns.commander).exists()


@pytest.mark.parametrize("how", ["never set", "opted out", "takes no part", "of another center"])
def test_an_agency_that_does_not_answer_is_as_one_that_holds_nothing(guns, how, seen):
    if how == "opted out":
        answer(guns, guns.gmpd, answers=False)
    elif how == "never set":
        guns.gmpd.deconfliction_rule.delete()
    elif how == "takes no part":
        type(guns.gmpd).objects.filter(pk=guns.gmpd.pk).update(is_active=False)
    else:
        type(guns.gmpd).objects.filter(pk=guns.gmpd.pk).update(parent=None)
    list(queries.asking_agencies(guns.detective))  # who somebody is, is read once
    with CaptureQueriesContext(connection) as held:
        one = ask(guns)
    with CaptureQueriesContext(connection) as nothing:
        other = ask(guns, "NOBODYS-4411")
    assert len(held) == len(nothing)
    pages = [seen(guns.detective, "inquiry", each.pk).replace(str(each), "DC-n") for each in (one, other)]
    pages = [page.replace(f"/{each.pk}/", "/n/") for page, each in zip(pages, (one, other), strict=True)]
    assert _plain(pages[0]) == _plain(pages[1])
    assert told() == []


def _plain(page):
    """A page without the keys against forgery, which differ each time."""
    return [line for line in page.splitlines() if "csrf" not in line]


def test_the_answer_is_the_same_however_many_records_there_are(guns):
    for _ in range(3):
        gun(guns, guns.gmpd, SERIAL)
    made = ask(guns)
    assert made.answers_count == 1
    assert InquiryAnswer.objects.count() == 1


def test_what_the_asker_may_see_anyway_is_not_answered(guns):
    gun(guns, guns.papd, "OWN-5521")
    assert ask(guns, "OWN-5521").answers_count == 0


@pytest.mark.parametrize("serial", ["XQ-7712", "XQ-771234", "Q-77123", "XQ-7712%", "XQ_77123X"])
def test_no_beginning_or_end_of_a_number_finds_a_gun(guns, serial):
    assert ask(guns, serial).answers_count == 0


@pytest.mark.parametrize("serial", ["XQ-7712?", "XQ*", "XQ7", ""])
def test_what_is_not_a_whole_number_is_refused_and_not_counted(guns, serial):
    with pytest.raises(Refused, match="whole serial number"):
        ask(guns, serial)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("serial", ["", "NONE", "123", "0000000", "????", "obliterated"])
def test_what_is_no_whole_number_is_refused_on_the_page_with_what_to_do(guns, client, serial):
    client.force_login(guns.detective)
    page = client.post(reverse("deconflict"), {"serial": serial, "case_number": "26-9", "reason": "Why"})
    assert page.status_code == 200
    assert "Give the" in page.content.decode()
    assert not Inquiry.objects.exists()


def test_the_eleventh_question_of_an_hour_is_refused_with_when_it_may_be_asked_and_somebody_is_told_of_the_tenth(guns):
    for minute in range(10):
        assert "inquiry.often" not in {verb for verb, *_ in told()}
        ask(guns, f"NOBODYS-{minute}44", now=NOW + timedelta(minutes=minute))
    assert ("inquiry.often", "Rowan", f"DC-{Inquiry.objects.latest('pk').pk}") in told()
    with pytest.raises(Refused) as refused:
        ask(guns, now=NOW + timedelta(minutes=30))
    assert "Ask again after 11:01" in refused.value.reason
    assert Inquiry.objects.count() == 10
    assert ask(guns, by=guns.supervisor, now=NOW + timedelta(minutes=30)).answers_count == 1
    assert ask(guns, now=NOW + timedelta(minutes=61)).answers_count == 1


def test_many_people_of_one_agency_together_are_bounded_as_well(guns):
    person = member(guns.papd, Role.DETECTIVE)
    Inquiry.objects.bulk_create(
        Inquiry(agency=guns.papd, asked_by=person, asked_at=NOW - timedelta(hours=3), kind="gun", key_hash="x",
                case_number="26-9", reason="Why") for _ in range(100)
    )  # fmt: skip
    with pytest.raises(Refused, match="Your agency has asked as often as is allowed"):
        ask(guns)


def test_a_question_never_changes_but_for_its_review_by_somebody_else(guns):
    made = ask(guns)
    with pytest.raises(Refused, match="Only a commander"):
        deconfliction.review(inquiry=made, by=guns.detective)
    own = ask(guns, by=guns.commander)
    with pytest.raises(Refused, match="Somebody else"):
        deconfliction.review(inquiry=own, by=guns.commander)
    deconfliction.review(inquiry=made, by=guns.auditor, note="Case is open", now=NOW)
    with pytest.raises(Refused, match="reviewed already"):
        deconfliction.review(inquiry=made, by=guns.coordinator)
    for change in ({"reason": "Another"}, {"key_hash": "0"}, {"answers_count": 0}, {"reviewed_at": NOW}):
        refused(lambda change=change: Inquiry.objects.filter(pk=made.pk).update(**change))
    refused(lambda: Inquiry.objects.filter(pk=own.pk).update(asked_by=guns.detective))
    refused(lambda: Inquiry.objects.filter(pk=own.pk).delete())
    refused(lambda: InquiryAnswer.objects.update(contact="Me"))
    refused(lambda: InquiryAnswer.objects.all().delete())


def test_reviewers_see_who_asked_in_their_agencies_and_nobody_else_does(guns, seen):
    made = ask(guns)
    for person in (guns.commander, guns.coordinator, guns.auditor):
        assert f"DC-{made.pk}" in seen(person, "inquiries")
    assert f"DC-{made.pk}" not in seen(guns.gm_commander, "inquiries")
    assert f"DC-{made.pk}" in seen(guns.gm_commander, "inquiries_held")
    assert [row["id"] for row in queries.inquiries(guns.coordinator, show="hits")] == [made.pk]
    assert not Inquiry.objects.visible_to(guns.supervisor).exists()
    assert not Inquiry.objects.visible_to(guns.outsider).exists()


def test_the_page_counts_no_more_questions_for_somebody_of_three_agencies_than_for_one_of_two(guns, client):
    client.force_login(guns.detective)
    taken = []
    for agency in (guns.gmpd, guns.center):
        member(agency, Role.DETECTIVE, user=guns.detective)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("deconflict")).status_code == 200
        taken.append(len(asked))
    assert taken[0] == taken[1]


@pytest.mark.parametrize("many", [1, 3])
def test_the_lists_take_the_same_statements_for_one_row_and_for_three(guns, many, django_assert_num_queries):
    for number in range(many):
        ask(guns, now=NOW + timedelta(minutes=number))
    assert queries.mine(guns.coordinator) == queries.mine(guns.gm_commander) == []  # who they are, is read once
    with django_assert_num_queries(1):
        assert len(queries.inquiries(guns.coordinator)) == many
    with django_assert_num_queries(1):
        assert len(queries.asked_of_us(guns.gm_commander)) == many


def test_a_question_is_answered_by_the_index_of_numbers_alone(guns):
    """Of a handful any index will do: among some hundreds of one agency the number has its own."""
    made = Exhibit.objects.bulk_create(
        Exhibit(
            incident=guns.case, agency=guns.gmpd, number=f"9{n}", kind=Exhibit.Kind.FIREARM, collected_at=NOW,
            created_by=guns.technician,
        )
        for n in range(300)
    )  # fmt: skip
    Firearm.objects.bulk_create(Firearm(exhibit=each, serial_key=f"ZZ{each.pk}") for each in made)
    with CaptureQueriesContext(connection) as asked:
        queries.holders(guns.detective, guns.papd, "gun", "XQ77123")
    explain = f"analyze evidence_firearm, evidence_exhibit; set local enable_seqscan = off; explain {asked[-1]['sql']}"
    plan = "\n".join(str(row["QUERY PLAN"]) for row in fetch(explain, {}))
    assert "firearm_serial_key" in plan
    assert "Seq Scan on evidence_firearm" not in plan
    assert "Seq Scan on evidence_exhibit" not in plan
    assert "SubPlan" in plan


def test_only_who_keeps_the_agency_says_whether_it_answers_and_not_without_a_contact(guns, client, seen):
    with pytest.raises(Refused, match="Only an administrator"):
        deconfliction.set_rule(agency=guns.papd, answers=False, contact="", phone="", email="", by=guns.supervisor)
    with pytest.raises(Refused, match="Name a contact"):
        deconfliction.set_rule(agency=guns.papd, answers=True, contact="Desk", phone="", email="", by=guns.coordinator)
    client.force_login(guns.administrator)
    assert client.get(reverse("deconfliction_rules")).url == reverse("deconfliction_rule", args=[guns.papd.pk])
    assert client.get(reverse("deconfliction_rule", args=[guns.gmpd.pk])).status_code == 404
    sent = client.post(reverse("deconfliction_rule", args=[guns.papd.pk]), {"answers": "on", "contact": "Desk"})
    assert "Give a phone number or an e-mail" in sent.content.decode()
    client.post(reverse("deconfliction_rule", args=[guns.papd.pk]), {"contact": "", "phone": "", "email": ""})
    assert AuditEvent.objects.filter(verb="deconfliction.set").latest("pk").data["changes"]["answers"] == [True, False]
    assert "Glenmoor PD" in seen(guns.coordinator, "deconfliction_rules")


def test_what_was_asked_is_nowhere_in_the_log_or_in_a_notice(guns):
    ask(guns)
    logged = "\n".join(str(each.data) for each in AuditEvent.objects.filter(verb__startswith="inquiry"))
    noticed = "\n".join(f"{SENTENCES[verb]} {label}" for verb, _, label in told())
    assert [word for word in ("77123", "26-9", guns.case.case_number) if word in logged + noticed] == []


def test_a_page_of_questions_may_be_written_down_as_an_address(guns, client):
    ask(guns)
    client.force_login(guns.coordinator)
    for query in ({"show": "hits"}, {"show": "all"}, {"show": "x"}, {"after": "x"}):
        assert client.get(f"{reverse('inquiries')}?{urlencode(query)}").status_code == 200
