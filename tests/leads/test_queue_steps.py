"""What is done with many leads of the list: they leave as a file, or one step is taken on all that are ticked."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEvent
from agencies.roles import Role
from leads.models import Obligation
from tests.factories import member


class TestExport:
    def test_a_file_carries_the_stamp_on_every_line_and_is_put_on_record(self, client, city, three):
        client.force_login(city.analyst)
        assert client.get(reverse("lead_export")).status_code == 200
        response = client.get(reverse("lead_export"), {"form": "csv"})
        text = response.content.decode("utf-8-sig")
        assert response["Content-Disposition"].startswith("attachment")
        assert text.count("UNCONFIRMED - investigative lead only") == 3
        event = AuditEvent.objects.filter(verb="lead.exported").get()
        assert sorted(event.data["ids"]) == sorted(each.pk for each in three)

    def test_t11_the_file_holds_the_list_of_the_reader_and_nothing_else(self, client, city, three):
        other = member(city.outsider_agency, Role.ANALYST)
        client.force_login(other)
        response = client.get(reverse("lead_export"), {"form": "csv"})
        assert b"WCL-2026" not in response.content

    def test_the_file_follows_the_filters(self, client, city, three):
        client.force_login(city.analyst)
        response = client.get(reverse("lead_export"), {"form": "xlsx", "kind": "carjacking"})
        assert response.content[:2] == b"PK"
        response = client.get(reverse("lead_export"), {"form": "csv", "q": "00002"})
        assert response.content.count(b"WCL-2026") == 1

    def test_a_role_without_exports_is_refused(self, client, city, three):
        client.force_login(city.detective)
        assert client.get(reverse("lead_export"), {"form": "csv"}).status_code == 403


class TestTogether:
    def test_the_summary_says_what_will_happen_and_does_nothing(self, client, city, three):
        client.force_login(city.supervisor)
        response = client.get(reverse("lead_bulk"), {"verb": "acknowledge", "lead": [each.pk for each in three]})
        assert "Acknowledge 3 leads" in response.content.decode()
        assert not Obligation.objects.exclude(state="sent").exists()

    def test_the_ticked_leads_are_assigned_and_the_report_names_each(self, client, city, three):
        client.force_login(city.supervisor)
        given = {"verb": "assign", "lead": [each.pk for each in three], "investigator": city.detective.pk, "unit": ""}
        page = client.post(reverse("lead_bulk"), given).content.decode()
        assert page.count("Done</td>") == 3
        assert Obligation.objects.filter(agency=city.papd, investigator=city.detective).count() == 3
        assert not Obligation.objects.filter(agency=city.gmpd).exclude(state="sent").exists()

    def test_one_refusal_stops_none_of_the_others(self, client, city, three):
        Obligation.objects.filter(lead=three[0], agency=city.papd).update(
            state="acknowledged", acknowledged_at=timezone.now(), acknowledged_by=city.supervisor
        )
        client.force_login(city.supervisor)
        page = client.post(
            reverse("lead_bulk"), {"verb": "acknowledge", "lead": [each.pk for each in three]}
        ).content.decode()
        assert page.count("Done</td>") == 2
        assert "Not done. A lead that is acknowledged cannot be acknowledged." in page

    def test_t11_leads_of_others_in_the_request_are_left_out(self, client, city, three):
        client.force_login(city.outsider)
        page = client.post(
            reverse("lead_bulk"), {"verb": "acknowledge", "lead": [each.pk for each in three]}
        ).content.decode()
        assert "Nothing to do here" in page
        assert not Obligation.objects.exclude(state="sent").exists()

    def test_t12_a_person_of_another_agency_cannot_be_chosen(self, client, city, three):
        client.force_login(city.supervisor)
        given = {"verb": "assign", "lead": [three[0].pk], "investigator": city.gm_detective.pk}
        page = client.post(reverse("lead_bulk"), given).content.decode()
        assert "Choose one of those listed under" in page
        assert not Obligation.objects.exclude(state="sent").exists()

    @pytest.mark.parametrize("given", [{}, {"verb": "delete"}])
    def test_an_unknown_step_is_not_found(self, client, city, given):
        client.force_login(city.supervisor)
        assert client.get(reverse("lead_bulk"), given).status_code == 404

    def test_ids_that_are_none_are_left_out(self, client, city, three):
        client.force_login(city.supervisor)
        response = client.get(reverse("lead_bulk"), {"verb": "acknowledge", "lead": ["x", "-1", "9" * 30]})
        assert "Nothing to do here" in response.content.decode()
