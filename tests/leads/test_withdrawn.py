"""A file of notices is taken back by an inverse deed: what it brought is withdrawn, nothing owed is ever removed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import Agency, AuditEvent, Notification
from evidence.actions import undoings
from evidence.models import ImportBatch
from leads import filters, queries
from leads.actions import activities, askings, assignments, confirmations, events, files, obligations, referrals
from leads.insight import accountability, scope
from leads.lists import leads as listing
from leads.loading_out import export
from leads.models import Lead, LeadEvent, LeadSearch, Obligation
from tests.evidence.records_city import loaded, undone
from tests.factories import NOW, agency, incident
from tests.leads.working import close_all, told

pytestmark = pytest.mark.usefixtures("promises")
HEAD = "Lead Number,Notice Date,Site,Agency,Case Number,Lab Number,Exhibit,Date,Confirmed\n"
FIRST = "WCL-2026-00900,07/14/2026,WCL,Port Alder PD,26-018844,L1,1,07/03/2026 23:10,{}\n"
SECOND = "WCL-2026-00900,07/14/2026,WCL,Glenmoor PD,26-004417,L2,2,07/09/2026 03:15,N\n"
THIRD = "WCL-2026-00412,07/14/2026,WCL,{},{},L9,2,07/09/2026 03:15,N\n"
OPENS = HEAD + FIRST.format("Y") + SECOND


def load(city, content):
    return loaded("leads", city.center, content, by=city.analyst)


def again(batch, city):
    return undone(ImportBatch.objects.get(pk=batch.pk), city.analyst)


def said(batch):
    return sorted(batch.findings.filter(level="undo").values_list("row", "message"))


def owed(lead):
    found = Obligation.objects.filter(lead=lead).order_by("-agency__code")
    return list(found.values_list("agency__code", "state", "return_reason"))


@pytest.fixture
def cases(city):
    return [incident(city.papd, case_number="26-018844"), incident(city.gmpd, case_number="26-004417")]


def test_a_lead_that_a_file_opened_is_withdrawn_counted_nowhere_and_opened_again_by_the_same_file(client, city, cases):
    batch = load(city, OPENS)
    lead = Lead.objects.get()
    sent = dict(Obligation.objects.values_list("pk", "sent_at"))
    assert undone(batch, city.analyst).status == "undone", said(batch)
    lead.refresh_from_db()
    assert (lead.is_withdrawn, lead.events_count, lead.line, lead.confirmed_count) == (True, 0, [], 0)
    assert owed(lead) == [("PAPD", "returned", "withdrawn"), ("GMPD", "returned", "withdrawn")]
    assert dict(Obligation.objects.values_list("pk", "sent_at")) == sent, "nothing owed was removed"
    assert LeadEvent.every.count() == 2
    for gone in (LeadEvent.objects.all(), queries.leads_done(), queries.still_owed(lead)):
        assert not gone.exists()
    assert export(city.center, city.analyst, 10)[3] == []
    assert "26-018844" not in LeadSearch.objects.get(lead=lead).doc
    for person in (city.supervisor, city.analyst):
        board = accountability.board(scope.of(person), now=NOW)
        assert board.whole.open["open"] == 0
        assert not listing.page(person, filters.read({"view": "overdue"}), now=NOW).rows
    assert told(city.supervisor, "lead.withdrawn") == told(city.gm_supervisor, "lead.withdrawn") == 1
    assert not Notification.objects.filter(verb="lead.closed").exists()
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"event.withdrawn", "obligation.withdrawn", "lead.withdrawn", "import.undone"} <= verbs
    client.force_login(city.supervisor)
    shown = client.get(reverse("lead", args=[lead.pk])).content.decode()
    assert "Withdrawn: its notice was taken back" in shown
    assert "Its events are off the line: nothing is owed" in shown
    client.force_login(city.analyst)
    assert "what it brought to leads is withdrawn" in client.get(batch.get_absolute_url()).content.decode()

    one = load(city, HEAD + FIRST.format("N"))
    assert (one.counts["errors"], one.counts["new"]) == (1, 0), "one event makes no lead, here before or not"
    second = load(city, OPENS)
    lead.refresh_from_db()
    assert (second.counts["new"], Lead.objects.count(), LeadEvent.every.count()) == (1, 1, 2)
    assert (lead.status, lead.events_count, lead.confirmed_count) == (Lead.Status.OPEN, 2, 1)
    assert owed(lead) == [("PAPD", "sent", ""), ("GMPD", "sent", "")]
    assert load(city, OPENS).counts["unchanged"] == 1
    assert again(second, city).status == "undone", said(second)
    lead.refresh_from_db()
    assert lead.is_withdrawn


def test_what_a_file_added_to_a_closed_lead_is_withdrawn_and_the_lead_is_closed_as_it_was(city, lead):
    close_all(city, lead)
    lead.refresh_from_db()
    incident(city.papd, case_number="26-020951")
    names = [field.attname for field in Obligation._meta.concrete_fields]
    before = list(Obligation.objects.order_by("pk").values_list(*names))
    kept = (lead.status, lead.closed_at, lead.events_count, lead.line, lead.priority)
    batch = load(city, HEAD + THIRD.format("Port Alder PD", "26-020951"))
    assert set(lead.obligations.values_list("state", flat=True)) == {"sent"}
    assert again(batch, city).status == "undone", said(batch)
    lead.refresh_from_db()
    assert (lead.status, lead.closed_at, lead.events_count, lead.line, lead.priority) == kept
    assert list(Obligation.objects.order_by("pk").values_list(*names)) == before
    assert told(city.supervisor, "lead.event_withdrawn") == 1
    load(city, HEAD + THIRD.format("Port Alder PD", "26-020951"))
    assert (LeadEvent.every.count(), LeadEvent.objects.count()) == (3, 3)


def test_an_agency_that_a_file_brought_to_an_open_lead_owes_nothing_and_others_go_on(city, lead):
    mine = lead.obligations.get(agency=city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor)
    third = agency("RVPD", parent=city.center)
    event = lead.events.filter(confirmed_at=None).order_by("pk").first()
    row = f"{lead.number},07/14/2026,WCL,{{}},{{}},,{{}},07/09/2026 03:15,{{}}\n"
    same = row.format(event.agency.name, event.case_number, event.exhibit_number, "Y")
    batch = load(city, HEAD + same + row.format(third.name, "S-1", "4", "N"))
    event.refresh_from_db()
    assert event.confirmed_at
    assert lead.events.count() == 3
    assert ("RVPD", "sent", "") in owed(lead)
    assert again(batch, city).status == "undone", said(batch)
    event.refresh_from_db()
    lead.refresh_from_db()
    assert (event.confirmed_at, event.report, lead.confirmed_count, lead.events_count) == (None, "", 0, 2)
    assert lead.status == Lead.Status.OPEN
    assert ("PAPD", "assigned", "") in owed(lead)
    assert [each for each in owed(lead) if each[2]] == [("RVPD", "returned", "withdrawn")]
    assert not queries.still_owed(lead).filter(agency=third).exists()


@pytest.mark.parametrize("deed", ["acknowledged", "confirmed", "referred", "grew", "logged"])
def test_a_file_on_which_somebody_built_is_not_taken_back_and_its_rows_are_named(city, cases, deed):
    batch = load(city, HEAD + FIRST.format("N") + SECOND)
    lead = Lead.objects.get()
    mine = lead.obligations.get(agency=city.papd)
    if deed == "confirmed":
        confirmations.confirm(lead=lead, events=lead.events.all()[:1], report="R-1", by=city.examiner)
    elif deed == "grew":
        later = load(city, HEAD + SECOND.replace("26-004417", "26-7").replace("L2", "L7"))
    elif deed == "referred":
        referrals.make(
            lead=lead, agency=city.papd, office=city.da, defendant="A", summary="With it.", by=city.detective
        )
    else:
        obligations.acknowledge(obligation=mine, by=city.supervisor)
    if deed == "logged":
        assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor)
        activities.log(obligation=mine, kind="video", text="Asked for it.", by=city.detective)
    batch = again(batch, city)
    words = {
        "acknowledged": ["An agency took a step on this lead since."],
        "confirmed": ["An examiner confirmed a link of this lead since."],
        "referred": ["A case on this lead was referred to a prosecutor since."],
        "grew": ["A later notice added to this lead since. Undo its file first."],
        "logged": ["An agency took a step on this lead since.", "Work on this lead was logged since."],
    }[deed]
    assert (batch.status, batch.problem, said(batch)) == ("loaded", undoings.BUILT_ON, [(2, each) for each in words])
    assert lead.events.count() >= 2
    if deed == "grew":
        assert again(later, city).status == "undone"
        assert again(batch, city).status == "undone"


def add_to(city, lead, deed):
    theirs = lead.events.get(agency=city.gmpd)
    if deed == "asked":
        probation = agency("PROB", Agency.Kind.PROBATION, parent=city.center)
        askings.ask(lead=lead, agency=probation, reason="On parole nearby.", by=city.analyst)
    elif deed == "hung":
        file = SimpleUploadedFile("canvass.txt", b"Nobody home.")
        files.upload(lead=lead, upload=file, agency=city.papd, by=city.detective)
    else:
        number = "26-018844" if deed == "joined" else "26-7"
        events.match(event=theirs, incident=incident(city.papd, case_number=number), by=city.analyst)


@pytest.mark.parametrize(
    ("deed", "row", "sentence"),
    [
        ("asked", 2, "Another agency was asked to take part in this lead since."),
        ("hung", 2, "A file was added to this lead since."),
        ("matched", 3, "Somebody matched this event to its case since."),
        ("joined", 3, "This event was taken as one with another since."),
    ],
)
def test_a_file_is_not_taken_back_once_somebody_added_to_what_it_brought(city, deed, row, sentence):
    batch = load(city, HEAD + FIRST.format("N") + SECOND + FIRST.format("N").replace("26-018844", "26-5"))
    add_to(city, Lead.objects.get(), deed)
    batch = again(batch, city)
    assert (batch.status, batch.problem) == ("loaded", undoings.BUILT_ON)
    assert (row, sentence) in said(batch)
    assert Lead.objects.get().events.exists()
