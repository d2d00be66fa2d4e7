"""The seven stages: figures equal a slow count over the records, speak of what the reader sees, and open their rows."""

import statistics
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEvent, User
from evidence.models import Incident
from leads.actions import activities, assignments, closings, escalations, obligations
from leads.insight import scope, stages
from leads.models import Obligation
from leads.pages import dash as dashpage
from leads.pages import dashrows
from tests.factories import ZONE, acquisition, exhibit, incident
from tests.leads.pages import lead

STEP = timedelta(hours=1)


def ninety(user, now=None):
    reach = scope.of(user)
    now = now or timezone.now()
    asked = dashpage.read({}, reach.zone, now)
    return reach, asked, stages.figures(reach, asked.period, now=now)


def test_collect_counts_shootings_with_casings_and_how_long_it_took(city, month):
    _reach, _asked, found = ninety(city.supervisor)
    figure = found[1, True, None]
    shootings = [each for each in Incident.objects.filter(agency=city.papd) if each.kind in Incident.GUNFIRE]
    first = [
        (min(item.collected_at for item in each.exhibits.all()) - each.occurred_at).total_seconds() / 3600
        for each in shootings
        if each.exhibits.exists()
    ]
    # The events of the four leads are shootings as well: two of the kinds stand on each line.
    assert figure.came == len(shootings)
    assert figure.went == len(first) == figure.timed
    assert figure.median == pytest.approx(statistics.median(first))
    assert figure.in_time == sum(hours <= 24 for hours in first)


def test_enter_counts_what_waits_past_the_limit_as_late(city, month):
    _reach, _asked, found = ninety(city.supervisor)
    figure = found[2, True, None]
    entered = [n for n in range(12) if n % 4 and n % 3]
    waiting = [n for n in range(12) if n % 4 and not n % 3]
    assert (figure.came, figure.went) == (len(entered) + len(waiting), len(entered))
    assert figure.decided == len(entered) + len(waiting)
    assert figure.in_time == sum(12 * n <= 48 for n in entered)


def test_what_still_has_time_is_neither_in_time_nor_late(city):
    scene = incident(city.papd, kind=Incident.Kind.HOMICIDE, occurred_at=timezone.now() - timedelta(days=1))
    acquisition(exhibit(scene), city.lab, received_at=timezone.now(), due_at=timezone.now() + timedelta(days=2))
    _reach, _asked, found = ninety(city.supervisor)
    assert (found[2, True, None].came, found[2, True, None].decided) == (1, 0)


def test_assign_prosecute_and_feed_back_follow_the_leads_sent(city, month):
    _reach, _asked, found = ninety(city.supervisor)
    assert (found[4, True, None].came, found[4, True, None].went) == (4, 4)
    assert (found[5, True, None].came, found[5, True, None].went, found[5, True, None].in_time) == (4, 3, 3)
    assert (found[6, True, None].came, found[6, True, None].went) == (3, 1)
    assert (found[7, True, None].came, found[7, True, None].went) == (1, 0)


def test_a_lead_that_ran_out_of_time_before_anybody_had_it_is_late_for_good(city):
    owed = lead(city, "WCL-2026-00001").obligations.get(agency=city.papd)
    at = timezone.now() - timedelta(minutes=30)
    steps = [at + timedelta(minutes=n) for n in range(5)]
    Obligation.objects.filter(pk=owed.pk).update(due_at=steps[1], steps=steps, next_step_at=at)
    escalations.climb(by=User.objects.system(), now=timezone.now())
    assignments.assign(obligation=owed, investigator=city.detective, by=city.supervisor)
    _reach, _asked, found = ninety(city.supervisor)
    figure = found[5, True, None]
    assert (figure.went, figure.decided, figure.in_time) == (1, 1, 0)


def test_giving_a_lead_to_somebody_else_does_not_move_the_first_assignment(city):
    owed = lead(city, "WCL-2026-00001").obligations.get(agency=city.papd)
    assignments.assign(obligation=owed, investigator=city.detective, by=city.supervisor)
    before = ninety(city.supervisor)[2][5, True, None].median
    later = timezone.now() + timedelta(days=3)
    assignments.assign(obligation=owed, investigator=city.supervisor, by=city.supervisor, now=later)
    assert ninety(city.supervisor)[2][5, True, None].median == before


def test_what_an_agency_found_unfounded_is_left_out_and_said_so(city, month):
    owed = month[1].obligations.get(agency=city.papd)
    activities.log(obligation=owed, kind="note", text="The laboratory withdrew it.", by=city.detective)
    closings.propose(obligation=owed, outcome="lead_not_confirmed", usefulness=1, by=city.detective)
    closings.approve(obligation=owed, by=city.supervisor)
    reach, asked, found = ninety(city.supervisor)
    assert found[4, True, None].came == 3
    assert stages.left_out(reach, asked.period, now=timezone.now()) == (1, 0)


@pytest.mark.parametrize("stage", stages.STAGES, ids=lambda stage: stage.name)
@pytest.mark.parametrize("who", ["supervisor", "coordinator", "examiner"])
def test_each_number_opens_exactly_its_rows(city, month, who, stage):
    now = timezone.now()
    reach, asked, found = ninety(getattr(city, who), now)
    figure = found.get((stage.number, True, None), stages.NOTHING)
    numbers = {
        "came": figure.came,
        "went": figure.went,
        "not": figure.came - figure.went,
        "in_time": figure.in_time,
        "late": figure.decided - figure.in_time,
    }
    for part, number in numbers.items():
        rows, _older = stages.page(reach, asked.period, stage, part, now=now)
        assert len(rows) == number, part


@pytest.mark.parametrize("stage", stages.STAGES, ids=lambda stage: stage.name)
def test_the_agencies_add_up_to_the_whole(city, month, stage):
    _reach, _asked, found = ninety(city.coordinator)
    parts = [figure for (number, now, agency), figure in found.items() if number == stage.number and now and agency]
    assert sum(each.came for each in parts) == found[stage.number, True, None].came
    assert sum(each.went for each in parts) == found[stage.number, True, None].went


def test_another_agency_has_no_figure_and_no_row(client, city, month):
    reach, asked, found = ninety(city.outsider)
    assert found == {}
    client.force_login(city.outsider)
    page = client.get(reverse("dashboard")).content.decode()
    assert "Port Alder" not in page
    for stage in stages.STAGES:
        rows, _older = stages.page(reach, asked.period, stage, "came", now=timezone.now(), agency=city.papd.pk)
        assert rows == []


def test_what_is_left_out_is_told_to_those_who_see_it_alone(client, city, month):
    theirs = month[0].obligations.get(agency=city.gmpd)
    obligations.return_(obligation=theirs, reason="wrong_agency", by=city.gm_supervisor)
    address = f"{reverse('dashboard_rows', args=[0])}?part=returned"
    for who, shown in [("coordinator", 1), ("supervisor", 0), ("outsider", 0)]:
        client.force_login(getattr(city, who))
        page = client.get(address).content.decode()
        assert page.count("Returned as not the agency") == page.count("<tr data-href") == shown, who


def test_a_laboratory_reads_what_was_sent_to_it(city, month):
    _reach, _asked, found = ninety(city.examiner)
    assert found[1, True, None].came == Incident.objects.filter(grants__group=city.lab.group).count() == 9


def test_a_rate_of_fewer_than_ten_is_not_given(client, city, month):
    client.force_login(city.supervisor)
    page = client.get(reverse("dashboard")).content.decode()
    assert "n&lt;10" in page
    assert stages.percent(9, 9) is None
    assert stages.percent(5, 10) == 50


def test_the_period_before_is_as_long_and_apart(city):
    incident(city.papd, kind=Incident.Kind.HOMICIDE, occurred_at=timezone.now() - timedelta(days=100))
    _reach, asked, found = ninety(city.supervisor)
    assert (True, None) not in {(now, agency) for _number, now, agency in found}
    assert found[1, False, None].came == 1
    assert asked.period.since - asked.period.before == asked.period.until - asked.period.since


def test_the_page_says_what_is_not_measured_and_claims_no_cause(client, city, month):
    client.force_login(city.supervisor)
    page = client.get(reverse("dashboard")).content.decode()
    assert "are not measured yet" in page
    assert "They do not show that a lead caused a clearance." in page
    assert "Same data as a table" in page


def test_a_commander_sees_it_and_a_detective_does_not(client, city, month):
    client.force_login(city.commander)
    assert client.get(reverse("dashboard")).status_code == 200
    client.force_login(city.detective)
    assert client.get(reverse("dashboard")).status_code == 403


def test_the_dashboard_costs_the_same_with_one_lead_and_with_four(client, city):
    lead(city, "WCL-2026-00001")
    one = statements(client, city.coordinator, reverse("dashboard"))
    for number in (2, 3, 4):
        lead(city, f"WCL-2026-0000{number}")
    assert one == statements(client, city.coordinator, reverse("dashboard")) == 20


def test_rows_of_a_stage_cost_seven_statements(client, city, month):
    assert statements(client, city.coordinator, reverse("dashboard_rows", args=[5])) == 7


def statements(client, user, address):
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("stage", range(1, 8))
def test_every_row_leads_to_a_record(client, city, month, stage):
    client.force_login(city.supervisor)
    page = client.get(reverse("dashboard_rows", args=[stage]), {"part": "came"}).content.decode()
    rows, _older = stages.page(
        scope.of(city.supervisor),
        dashpage.read({}, ZONE, timezone.now()).period,
        stages.BY_NUMBER[stage],
        "came",
        now=timezone.now(),
    )
    assert rows
    for row in rows:
        assert reverse(dashrows.TARGETS[row["target"]], args=[row["target_id"]]) in page


def test_pages_of_rows_follow_each_other(city, month):
    reach, asked, _found = ninety(city.supervisor)
    seen, after = [], None
    while True:
        rows, after = stages.page(
            reach, asked.period, stages.STAGES[0], "came", now=timezone.now(), after=after, limit=5
        )
        seen += [row["id"] for row in rows]
        if not after:
            break
    assert len(seen) == len(set(seen)) == ninety(city.supervisor)[2][1, True, None].came


@pytest.mark.parametrize(
    "query",
    ["days=7", "first=x&last=y", "first=2026-05-01&last=2026-04-01", "first=0001-01-01&last=9999-12-31", "days="],
)
def test_a_period_that_means_nothing_becomes_the_last_ninety_days(query):
    now = datetime(2026, 7, 15, 15, tzinfo=UTC)
    given = dict(pair.split("=") for pair in query.split("&"))
    assert dashpage.read(given, ZONE, now) == dashpage.read({}, ZONE, now)


def test_days_begin_at_midnight_of_the_agency_also_where_the_clocks_change():
    asked = dashpage.read({"first": "2026-03-08", "last": "2026-03-08"}, ZONE, datetime(2026, 7, 15, tzinfo=UTC))
    assert asked.period.since.astimezone(UTC) == datetime(2026, 3, 8, 6, tzinfo=UTC)
    assert asked.period.until.astimezone(UTC) == datetime(2026, 3, 9, 5, tzinfo=UTC)


def test_the_figures_leave_as_a_spreadsheet_and_on_record(client, city, month):
    client.force_login(city.commander)
    response = client.get(reverse("dashboard_export"))
    sheet = zipfile.ZipFile(BytesIO(b"".join(response.streaming_content))).read("xl/worksheets/sheet1.xml").decode()
    assert "5 Assign" in sheet
    assert "Port Alder PD" in sheet
    assert AuditEvent.objects.filter(verb="agency.exported", by=city.commander).count() == 1


@pytest.mark.parametrize(("value", "words"), [(None, ""), (0.5, "30 min"), (14.4, "14 h"), (98.4, "4.1 d")])
def test_a_length_of_time_is_said_as_a_person_says_it(value, words):
    assert dashrows.hours(value) == words


@pytest.mark.parametrize(("who", "status"), [("supervisor", 200), ("examiner", 403)])
def test_who_may_take_no_copies_is_offered_none(client, city, who, status):
    client.force_login(getattr(city, who))
    address = reverse("dashboard_export")
    assert (address in client.get(reverse("dashboard")).content.decode()) is (status == 200)
    answer = client.get(address)
    answer.close()
    assert answer.status_code == status
