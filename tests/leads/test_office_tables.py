"""An office says for itself what statuses mean to it and why it declines; what was used stays readable."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import Agency, AuditEvent
from agencies.roles import Role
from leads.actions import declining, referrals, spellings
from leads.models import DeclinationReason, Docket, OfficeMeaning, Referral, StatusSpelling
from leads.pages import docket as docketpage
from leads.queries import court as queries
from leads.queries import declining as reasons
from tests.apiclient import Program
from tests.evidence.records_city import loaded
from tests.factories import agency, incident, member
from tests.leads.pages import lead
from tests.scenery import scene


@scene
def federal(city):
    return member(city.usao, Role.PROSECUTOR, name="Dorian Whitlock")


@scene
def spelling(city):
    """A status of the center that means one thing to all."""
    return spelled(city, "Held", "pending")


@scene
def case(city):
    given = {"agency": city.papd, "office": city.da, "defendant": "Pat Doe", "summary": "Gun."}
    return referrals.make(lead=lead(city, "WCL-2026-00001"), by=city.detective, **given)


def spelled(city, raw, meaning=""):
    return StatusSpelling.objects.create(
        center=city.center, key=raw.casefold(), raw=raw, meaning=meaning, seen_at=timezone.now()
    )


@scene
def docket(city, spelling):
    """A docket on an incident that both offices see, with one move."""
    here = incident(city.papd, case_number="26-71")
    for office in (city.da, city.usao):
        here.grants.model.objects.get_or_create(
            content_object=here, group=office.group, permission=here.grants.first().permission
        )
    return Docket.objects.create(incident=here, number="CP-71", status_raw="Held", spelling=spelling)


def shown(user, docket):
    (found,) = queries.dockets(user, [docket.incident_id])
    return docketpage.row(found)["status"]


class TestStatuses:
    def test_what_an_office_says_holds_for_its_people_before_what_the_center_says(self, city, federal, docket):
        spellings.say_for_office(office=city.da, spelling=docket.spelling, meaning="deferred", by=city.prosecutor)
        assert shown(city.prosecutor, docket) == "Deferred (\u201cHeld\u201d)"
        assert shown(federal, docket) == shown(city.supervisor, docket) == "Charged, pending (\u201cHeld\u201d)"
        rows = Program(city.prosecutor).get(f"incidents/{docket.incident_id}/dockets/").json()
        assert rows[0]["means"] == "deferred"

    def test_an_office_goes_by_the_center_again_and_its_row_stays(self, client, city, docket):
        spellings.say_for_office(office=city.da, spelling=docket.spelling, meaning="deferred", by=city.prosecutor)
        client.force_login(city.prosecutor)
        assert client.post(reverse("court_status_back", args=[docket.spelling_id])).status_code == 302
        assert shown(city.prosecutor, docket) == "Charged, pending (\u201cHeld\u201d)"
        assert OfficeMeaning.objects.get().meaning == ""
        said = AuditEvent.objects.filter(verb="office_meaning.said").order_by("pk").values_list("data", flat=True)
        assert [(each["before"], each["meaning"]) for each in said] == [("", "deferred"), ("deferred", "")]
        assert client.post(reverse("court_status_back", args=[docket.spelling_id])).status_code == 403

    def test_a_status_is_added_before_a_file_has_it_and_waits_for_nobody(self, client, city, federal):
        client.force_login(city.prosecutor)
        body = {"office": city.da.pk, "raw": "Dflt.  Adj", "meaning": "deferred"}
        assert client.post(reverse("court_status_new"), body).status_code == 302
        made = StatusSpelling.objects.get()
        assert (made.key, made.meaning, made.center) == ("dflt_adj", "", city.center)
        assert OfficeMeaning.objects.get().office == city.da
        assert queries.waiting(city.prosecutor) == queries.waiting(federal) == []
        page = client.get(reverse("court_statuses")).content.decode()
        assert "Dflt. Adj" in page
        assert "Nobody has said" in page
        assert "letters or digits" in client.post(reverse("court_status_new"), body | {"raw": "--"}).content.decode()

    def test_what_an_office_says_of_a_waiting_status_takes_it_off_its_own_list_alone(self, city, federal):
        incident(city.papd, case_number="26-71")
        loaded("dockets", city.papd, "Case Number,Docket Number,Status\n26-71,CP-1,Hld Ct\n")
        (waiting,) = queries.waiting(city.prosecutor)
        spellings.say_for_office(office=city.da, spelling=waiting, meaning="deferred", by=city.prosecutor)
        assert queries.waiting(city.prosecutor) == []
        assert [each.raw for each in queries.waiting(federal)] == ["Hld Ct"]

    def test_the_page_says_it_for_all_offices_or_for_ones_own(self, client, city, spelling):
        client.force_login(city.prosecutor)
        address = reverse("court_status", args=[spelling.pk])
        assert f"{city.da} alone" in client.get(address).content.decode()
        client.post(address, {"meaning": "closed", "office": city.da.pk})
        assert OfficeMeaning.objects.get().meaning == "closed"
        assert StatusSpelling.objects.get().meaning == "pending"
        assert "Your office says for itself" in client.get(address).content.decode()
        client.post(address, {"meaning": "inactive", "office": city.usao.pk})
        assert OfficeMeaning.objects.count() == 1, "another office is none to choose"

    def test_nobody_says_it_for_another_office_or_of_another_center(self, city, federal, spelling):
        with pytest.raises(Refused, match="Only a prosecutor of the office"):
            spellings.say_for_office(office=city.da, spelling=spelling, meaning="closed", by=federal)
        StatusSpelling.objects.update(center=agency(None, Agency.Kind.CENTER))
        with pytest.raises(Refused, match="of your center"):
            spellings.say_for_office(office=city.da, spelling=spelling, meaning="closed", by=city.prosecutor)

    def test_an_analyst_sees_no_table_of_an_office(self, client, city, spelling):
        spellings.say_for_office(office=city.da, spelling=spelling, meaning="deferred", by=city.prosecutor)
        client.force_login(city.analyst)
        page = client.get(reverse("court_statuses")).content.decode()
        assert "Of your office" not in page
        assert "Deferred" not in page
        assert client.get(reverse("court_status_new")).status_code == 403

    @pytest.mark.parametrize("many", [1, 3])
    def test_the_page_costs_the_same_with_one_and_with_three(self, client, city, django_assert_num_queries, many):
        for number in range(many):
            spellings.add(office=city.da, raw=f"Held {number}", meaning="closed", by=city.prosecutor)
        client.force_login(city.prosecutor)
        client.get(reverse("court_statuses"))
        with django_assert_num_queries(7):
            client.get(reverse("court_statuses"))

    def test_a_program_adds_and_says_for_its_office(self, city, federal, spelling):
        program = Program(city.prosecutor)
        added = program.post("court-statuses/", office=city.da.pk, raw="Dflt", meaning="deferred")
        assert (added.status_code, added.json()["office"]) == (201, city.da.code)
        said = program.post(f"court-statuses/{spelling.pk}/say/", meaning="closed", office=city.da.pk)
        assert (said.status_code, said.json()["meaning"]) == (200, "closed")
        assert program.post("court-statuses/", office=city.usao.pk, raw="X", meaning="closed").status_code == 400
        assert program.post("court-statuses/", office=city.da.pk, raw="-", meaning="closed").status_code == 400
        assert (
            Program(city.analyst).post("court-statuses/", office=city.da.pk, raw="X", meaning="closed").status_code
            == 400
        )
        assert StatusSpelling.objects.get(pk=spelling.pk).meaning == "pending"


class TestReasons:
    def codes(self, office):
        return [code for code, _label in reasons.reasons_of(office)]

    def test_an_office_adds_a_reason_declines_for_it_and_it_stays_readable_when_retired(self, client, city, case):
        client.force_login(city.prosecutor)
        address = reverse("decline_reason_new", args=[city.da.pk])
        assert client.post(address, {"label": "Restorative  justice"}).status_code == 302
        assert self.codes(city.da)[-2:] == ["own_1", "other"]
        assert "already" in client.post(address, {"label": "restorative justice"}).content.decode()
        decided = client.post(reverse("referral_decide", args=[case.pk]), {"status": "declined", "reason": "own_1"})
        assert decided.status_code == 302
        client.post(reverse("decline_reason_set", args=[city.da.pk]), {"retire": "own_1"})
        assert "own_1" not in self.codes(city.da)
        case = Referral.objects.get()
        assert (case.decline_reason, case.get_decline_reason_display()) == ("own_1", "Restorative justice")
        assert case.decisions.get().get_reason_display() == "Restorative justice"
        assert "Restorative justice" in client.get(case.get_absolute_url()).content.decode()
        read = Program(city.prosecutor).get(f"referrals/{case.pk}/").json()
        assert (read["decline_reason"], read["reason_said"]) == ("own_1", "Restorative justice")
        assert read["decisions"][0]["reason_said"] == "Restorative justice"

    def test_a_usual_reason_is_retired_and_used_again(self, city, case):
        declining.set_used(office=city.da, code="diversion", used=False, by=city.prosecutor)
        with pytest.raises(Refused, match="own list"):
            referrals.decide(referral=case, status="declined", reason="diversion", by=city.prosecutor)
        with pytest.raises(Refused, match="retired already"):
            declining.set_used(office=city.da, code="diversion", used=False, by=city.prosecutor)
        declining.set_used(office=city.da, code="diversion", used=True, by=city.prosecutor)
        assert "diversion" in self.codes(city.da)
        verbs = AuditEvent.objects.filter(verb__startswith="declination_reason").order_by("pk")
        assert list(verbs.values_list("verb", flat=True)) == [
            "declination_reason.retired", "declination_reason.used"]  # fmt: skip

    def test_what_was_declined_before_lists_were_kept_reads_as_it_did(self, case):
        assert Referral(decline_reason="to_federal").get_decline_reason_display() == "Referred to the federal office"
        assert Referral(decline_reason="").get_decline_reason_display() == ""

    def test_a_case_asked_anew_has_no_reason_any_more_and_its_history_has(self, city, case):
        referrals.decide(referral=case, status="declined", reason="lab_pending", by=city.prosecutor)
        again = referrals.answer(referral=case, summary="The result is there.", by=city.detective)
        assert (again.decline_reason, again.reason_said) == ("", "")
        assert case.decisions.first().get_reason_display() == "Laboratory result pending"

    def test_other_stays_and_a_federal_office_has_the_categories_it_reports_by(self, client, city, federal):
        with pytest.raises(Refused, match="stays in it"):
            declining.set_used(office=city.da, code="other", used=False, by=city.prosecutor)
        with pytest.raises(Refused, match="reports by"):
            declining.add(office=city.usao, label="Own", by=federal)
        client.force_login(federal)
        page = client.get(reverse("decline_reasons")).content.decode()
        assert "reports by" in page
        assert "Retire" not in page
        assert client.get(reverse("decline_reason_new", args=[city.usao.pk])).status_code == 403

    def test_nobody_keeps_the_reasons_of_another_office(self, client, city, federal):
        with pytest.raises(Refused, match="Only a prosecutor of the office"):
            declining.add(office=city.da, label="Own", by=city.supervisor)
        client.force_login(federal)
        assert client.post(reverse("decline_reason_set", args=[city.da.pk]), {"retire": "other"}).status_code == 404
        declining.add(office=city.da, label="Own", by=city.prosecutor)
        assert list(DeclinationReason.objects.visible_to(federal)) == []

    def test_a_reason_is_never_deleted_and_never_says_anything_else(self, city):
        made = declining.add(office=city.da, label="Own", by=city.prosecutor)
        for change in (made.delete, lambda: DeclinationReason.objects.update(label="Else")):
            with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
                change()

    @pytest.mark.parametrize("many", [1, 3])
    def test_the_page_costs_the_same_with_one_and_with_three(self, client, city, django_assert_num_queries, many):
        for number in range(many):
            declining.add(office=city.da, label=f"Own {number}", by=city.prosecutor)
        client.force_login(city.prosecutor)
        client.get(reverse("decline_reasons"))
        with django_assert_num_queries(6):
            assert f"Own {many - 1}" in client.get(reverse("decline_reasons")).content.decode()

    def test_a_program_reads_adds_and_retires(self, city, federal, case):
        program = Program(city.prosecutor)
        added = program.post("decline-reasons/", office=city.da.pk, label="Restorative justice").json()
        assert (added["code"], added["is_own"], added["used"]) == ("own_1", True, True)
        retired = program.post(f"decline-reasons/{city.da.pk}/set/", code="own_1", used=False)
        assert (retired.status_code, retired.json()["used"]) == (200, False)
        listed = {each["code"]: each["used"] for each in program.get("decline-reasons/").json()}
        assert (listed["own_1"], listed["diversion"]) == (False, True)
        refused = program.post(f"referrals/{case.pk}/decide/", status="declined", reason="own_1")
        assert (refused.status_code, "own list" in refused.json()["detail"]) == (403, True)
        assert Program(federal).post(f"decline-reasons/{city.da.pk}/set/", code="other", used=False).status_code == 404
