"""The page of one lead: what it says, to whom, and what it costs."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEvent
from leads.actions import activities, assignments, closings, confirmations, escalations, files, obligations
from leads.models import LeadEvent, LeadFile, Obligation
from tests.leads.pages import lead as made
from tests.scenery import scene

SEERS = ["analyst", "coordinator", "supervisor", "detective", "gm_detective", "examiner"]
PAGES = ["lead", "lead_print", "lead_preview"]


@scene
def lead(city):
    return made(city, "WCL-2026-00412", ago=timedelta(hours=2))


def of(lead, agency):
    return lead.obligations.get(agency=agency)


def page(client, user, lead, name="lead", **query):
    client.force_login(user)
    response = client.get(reverse(name, args=[lead.pk]), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", SEERS)
def test_those_who_are_involved_see_it_and_each_view_carries_the_stamp(client, city, lead, who, name):
    text = page(client, getattr(city, who), lead, name)
    assert "WCL-2026-00412" in text
    assert "UNCONFIRMED" in text


@pytest.mark.parametrize("name", [*PAGES, "lead_confirm", "lead_file_add"])
@pytest.mark.parametrize("who", ["outsider", "prosecutor"])
def test_t1_for_others_it_does_not_exist(client, city, lead, who, name):
    client.force_login(getattr(city, who))
    status = client.get(reverse(name, args=[lead.pk])).status_code
    assert status == 404 or (status == 403 and name == "lead_confirm")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["technician", "administrator", "auditor", "researcher"])
def test_roles_without_leads_are_refused(client, city, lead, who, name):
    client.force_login(getattr(city, who))
    assert client.get(reverse(name, args=[lead.pk])).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_written_by_looking(client, city, lead, name):
    before = AuditEvent.objects.count()
    page(client, city.analyst, lead, name)
    assert AuditEvent.objects.count() == before


def test_the_page_takes_a_constant_number_of_statements(client, city, lead):
    counts = []
    for step in (0, 1, 2):
        if step == 1:
            assignments.assign(obligation=of(lead, city.papd), investigator=city.detective, by=city.supervisor)
        for n in range(step * 3):
            activities.log(obligation=of(lead, city.papd), kind="note", text=f"Canvass {n}", by=city.detective)
        page(client, city.detective, lead)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("lead", args=[lead.pk]))
        counts.append(len(queries))
    # Two of them: what sources say of people, and the checklist.
    assert counts == [23, 23, 23]


def test_the_status_line_begins_with_what_is_late(client, city, lead):
    Obligation.objects.filter(lead=lead, agency=city.papd).update(
        steps=[timezone.now() - timedelta(hours=5 - n) for n in range(5)], due_at=timezone.now() - timedelta(hours=4)
    )
    assert "1 of 2 obligations overdue" in page(client, city.gm_detective, lead)


def test_the_clock_of_a_card_opens_its_sum(client, city, lead):
    text = page(client, city.supervisor, lead)
    assert "Acknowledge within" in text
    assert "Port Alder PD" in text
    assert "Glenmoor PD" in text


def test_only_what_a_person_may_do_is_offered(client, city, lead):
    mine, theirs = of(lead, city.papd), of(lead, city.gmpd)
    text = page(client, city.supervisor, lead)
    assert reverse("obligation_assign", args=[mine.pk]) in text
    assert reverse("obligation_assign", args=[theirs.pk]) not in text
    assert "obligation" not in reverse("lead", args=[lead.pk])
    assert reverse("obligation_assign", args=[mine.pk]) not in page(client, city.detective, lead)


def test_what_people_and_the_clock_did_stands_newest_first(client, city, lead):
    obligations.acknowledge(obligation=of(lead, city.papd), by=city.supervisor)
    assignments.assign(obligation=of(lead, city.papd), investigator=city.detective, by=city.supervisor)
    activities.log(obligation=of(lead, city.papd), kind="video", text="Read the camera at 5th", by=city.detective)
    text = page(client, city.gm_detective, lead)
    assert (
        text.index("Read the camera at 5th") < text.index("assigned the part of PAPD") < text.index("opened the lead")
    )


def test_an_escalation_is_told_on_the_page(client, city, lead):
    late = timezone.now() - timedelta(days=40)
    Obligation.objects.filter(lead=lead, agency=city.papd).update(
        steps=[late + timedelta(hours=n) for n in range(5)], due_at=late + timedelta(hours=1), next_step_at=late
    )
    while escalations.climb(by=type(city.analyst).objects.system()):
        pass
    text = page(client, city.analyst, lead)
    assert "Escalated to the commander of PAPD" in text
    assert "overdue, escalated" in text


def test_activity_is_cut_to_fourteen_and_shown_whole_on_demand(client, city, lead):
    assignments.assign(obligation=of(lead, city.papd), investigator=city.detective, by=city.supervisor)
    for n in range(20):
        activities.log(obligation=of(lead, city.papd), kind="note", text=f"Step number {n:02d}.", by=city.detective)
    assert page(client, city.analyst, lead).count("Step number") == 14
    assert page(client, city.analyst, lead, all="1").count("Step number") == 20


def test_who_can_see_it_is_told_with_the_reason(client, city, lead):
    text = page(client, city.detective, lead)
    assert "has an event on the line" in text
    assert "keeps the lead" in text
    assert "gave notice" in text
    assert "Far Away PD" not in text


def test_t2_a_case_is_a_link_only_for_who_may_open_it(client, city, lead):
    mine, theirs = lead.events.get(agency=city.papd), lead.events.get(agency=city.gmpd)
    text = page(client, city.detective, lead)
    assert reverse("incident", args=[mine.incident_id]) in text
    assert reverse("incident", args=[theirs.incident_id]) not in text
    assert theirs.case_number in text


class TestConfirming:
    def test_an_examiner_confirms_events_under_one_report(self, client, city, lead):
        client.force_login(city.examiner)
        events = [str(each.pk) for each in lead.events.all()]
        address = reverse("lead_confirm", args=[lead.pk])
        assert client.get(address).status_code == 200
        assert (
            "Give the number of the report" in client.post(address, {"events": events, "report": ""}).content.decode()
        )
        assert client.post(address, {"events": events[:1], "report": "WCL-26-1188"}).status_code == 302
        assert "1 of 2 events is confirmed by an examiner" in page(client, city.detective, lead)
        client.force_login(city.examiner)
        assert client.post(address, {"events": events[1:], "report": "WCL-26-1190"}).status_code == 302
        text = page(client, city.detective, lead)
        assert "UNCONFIRMED" not in text
        assert "report WCL-26-1190" in text

    def test_t24_nobody_else_confirms(self, client, city, lead):
        for who in (city.analyst, city.supervisor, city.detective):
            client.force_login(who)
            address = reverse("lead_confirm", args=[lead.pk])
            assert client.post(address, {"events": [lead.events.first().pk], "report": "X"}).status_code == 403
        assert not LeadEvent.objects.exclude(confirmed_at=None).exists()

    def test_t12_an_event_of_another_lead_cannot_be_slipped_in(self, client, city, lead):
        other = made(city, "WCL-2026-00500")
        client.force_login(city.examiner)
        address = reverse("lead_confirm", args=[lead.pk])
        response = client.post(address, {"events": [other.events.first().pk], "report": "X"})
        assert "Choose one of those listed under" in response.content.decode()
        assert not LeadEvent.objects.exclude(confirmed_at=None).exists()

    def test_all_or_none(self, city, lead):
        first, last = lead.events.all()
        confirmations.confirm(lead=lead, events=[first], report="A-1", by=city.examiner)
        with pytest.raises(Exception, match="confirmed this event already"):
            confirmations.confirm(lead=lead, events=[last, first], report="A-2", by=city.examiner)


class TestFiles:
    @pytest.fixture(autouse=True)
    def _vault(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path

    def add(self, client, lead, agency, name="report.html", content=b"Asked at three doors."):
        given = {"upload": SimpleUploadedFile(name, content), "note": "Scene", "agency": agency.pk}
        return client.post(reverse("lead_file_add", args=[lead.pk]), given)

    def test_a_file_is_hung_on_the_lead_and_handed_out_as_a_download(self, client, city, lead):
        client.force_login(city.detective)
        assert self.add(client, lead, city.papd).status_code == 302
        client.force_login(city.gm_detective)
        file = LeadFile.objects.get()
        response = client.get(reverse("lead_file", args=[file.pk]))
        assert response["Content-Disposition"] == 'attachment; filename="report.html.txt"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Type"] == "application/octet-stream"
        assert b"".join(response.streaming_content) == b"Asked at three doors."
        for close in response._resource_closers:
            close()
        assert AuditEvent.objects.filter(verb="file.downloaded", by=city.gm_detective).exists()
        assert "report.html" in page(client, city.analyst, lead)

    def test_t13_somebody_who_does_not_see_the_lead_does_not_get_its_files(self, client, city, lead):
        client.force_login(city.detective)
        self.add(client, lead, city.papd)
        client.force_login(city.outsider)
        assert client.get(reverse("lead_file", args=[LeadFile.objects.get().pk])).status_code == 404
        assert self.add(client, lead, city.outsider_agency).status_code == 404

    def test_t12_nobody_files_in_the_name_of_another_agency(self, client, city, lead):
        client.force_login(city.detective)
        assert "Choose one of those listed under" in self.add(client, lead, city.gmpd).content.decode()
        assert not LeadFile.objects.exists()

    def test_an_examiner_is_told_why_not(self, client, city, lead):
        client.force_login(city.examiner)
        response = self.add(client, lead, city.lab)
        assert response.status_code == 403
        assert "Only investigators and analysts hang files" in response.content.decode()


def test_a_part_that_was_returned_is_not_said_to_be_closed(client, city, lead):
    for agency, who in ((city.papd, city.supervisor), (city.gmpd, city.gm_supervisor)):
        obligations.return_(obligation=of(lead, agency), reason="wrong_agency", by=who)
    text = page(client, city.coordinator, lead)
    assert "2 of 2 obligations returned: the center routes on" in text
    assert "Every agency has closed its part" not in text


def test_the_stamp_has_the_day_of_the_readers_clock(client, city, lead):
    evening = timezone.now().replace(year=2026, month=7, day=16, hour=2, minute=30)  # 21:30 of the day before
    confirmations.confirm(lead=lead, events=list(lead.events.all()), report="F-77", by=city.examiner)
    LeadEvent.objects.filter(lead=lead).update(confirmed_at=evening)
    text = page(client, city.supervisor, lead)
    assert "last on 15 Jul 2026, report F-77" in text


def test_the_history_tells_of_a_file_that_was_added(client, city, lead):
    upload = SimpleUploadedFile("canvass.txt", b"Three doors, nobody home.")
    files.upload(lead=lead, upload=upload, agency=city.papd, by=city.detective)
    assert "added a file" in page(client, city.supervisor, lead)


def test_the_next_step_of_a_supervisor_is_what_the_clock_asks(client, city, lead):
    own = of(lead, city.papd)

    def primary():
        text = page(client, city.supervisor, lead)
        return text[text.index('data-key="a"') :].split(">", 1)[1].split("<", 1)[0].strip()

    assignments.assign(obligation=own, investigator=city.detective, by=city.supervisor)
    assert primary() != "Assign"
    assert "Reassign" in page(client, city.supervisor, lead)
    activities.log(obligation=own, kind="note", text="Read the file", by=city.detective)
    closings.propose(
        obligation=own, outcome="arrest_made", usefulness=4, note="Held at the pawn shop", by=city.detective
    )
    assert primary() == "Approve closing"


def test_paper_has_whole_dates_and_the_note_of_the_one_who_proposed_closing(client, city, lead):
    own = of(lead, city.papd)
    assignments.assign(obligation=own, investigator=city.detective, by=city.supervisor)
    activities.log(obligation=own, kind="note", text="Read the file", by=city.detective)
    closings.propose(
        obligation=own, outcome="arrest_made", usefulness=4, note="Held at the pawn shop", by=city.detective
    )
    closings.approve(obligation=own, by=city.supervisor)
    for name in ("lead", "lead_print"):
        assert "Arrest made: Held at the pawn shop" in page(client, city.detective, lead, name)
    paper = page(client, city.detective, lead, "lead_print")
    feed = paper.split('<ol class="feed">')[1]
    assert " ago<" not in feed
    assert f" {timezone.now():%Y} " in feed
    row = paper.split('id="events"')[1].split("<tbody>")[1]
    assert f" {lead.first_event_at:%Y} " in row.split("</td>")[0]
