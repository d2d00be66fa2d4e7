"""The main job in the browser: a notice comes in and is sent, it lies until it is late, four people work it, the
lead closes and a prosecutor reads it.
"""

import re
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cgic.celery import app
from evidence.models import Incident
from leads.actions import activities, assignments, closings, desk
from leads.models import Lead, Obligation, Referral
from tests.evidence.imports.wordfile import event, letter
from tests.factories import incident
from tests.installation import Installation, until

DESK, PHONE = 1440, 390
ROWS = """Lead Number,Notice Date,Site,Agency,Case Number,Lab Number,Exhibit,Offense,Date,Location,Caliber,Confirmed
26-077,{day},WCL,Port Alder PD,26-018844,WCL26-3011,1,Homicide,{day} 03:10,900 blk Quarry St,9 mm,N
26-077,{day},WCL,Glenmoor PD,26-004417,WCL26-3329,2,Shots fired,{day} 03:15,County Rd 8,9 mm,N
26-078,{day},WCL,Port Alder PD,26-018901,WCL26-3012,1,Shots fired,01/05/2024 04:10,12 Mill Ln,40 S&W,N
26-078,{day},WCL,Glenmoor PD,26-004502,WCL26-3330,2,Shots fired,01/05/2024 04:15,County Rd 9,40 S&W,N
"""


@pytest.fixture
def office(transactional_db, city, settings):
    """The small city with a real worker on its queue, reading the files that the pages store."""
    folder = Path(tempfile.mkdtemp(prefix="cgic-flow-"))
    settings.MEDIA_ROOT = folder / "files"
    incident(city.papd, case_number="26-018844", kind=Incident.Kind.HOMICIDE)
    incident(city.gmpd, case_number="26-004417")
    app.control.purge()
    here = connection.settings_dict
    place = f"{here['USER']}:{quote(here['PASSWORD'], safe='')}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
    made = Installation(folder, f"postgresql://{place}", settings.CACHES["default"]["LOCATION"], "tests.settings")
    made.environment["REDIS_URL"] = app.conf.broker_url
    made.worker()
    yield city
    made.end()
    shutil.rmtree(folder, ignore_errors=True)


def load(page, name, content):
    """Upload a file of notices, look at the dry run, load it."""
    page.goto(f"{reverse('import_new')}?kind=leads")
    page.get_by_label("What is in it").select_option(label="NIBIN lead notices")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Go on to the columns").click()
    if page.url.endswith("/columns/"):
        page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name=re.compile("^Load ")).click()
    page.get_by_text("Loaded").first.wait_for()


def test_a_notice_becomes_a_lead_that_four_people_bring_to_court(open_page, check_page, office):
    city = office
    desk.choose(center=city.center, first=True, by=city.coordinator)
    analyst = open_page(city.analyst, width=DESK)
    load(analyst, "notices.csv", ROWS.format(day=f"{timezone.now() - timedelta(days=3):%m/%d/%Y}").encode())
    found = Lead.objects.get(number__endswith="077")
    analyst.goto(reverse("leads"))
    analyst.get_by_role("link", name=found.number).first.click()
    analyst.get_by_role("heading", name=f"Lead {found.number}").wait_for()
    assert analyst.get_by_text("UNCONFIRMED").first.is_visible()
    assert not found.obligations.exists()
    analyst.goto(reverse("desk_item", args=[found.pk]))
    check_page(analyst)
    triage_by_keys(analyst, found, Lead.objects.get(number__endswith="078"))
    assert found.obligations.count() == 2

    nobody_looks_until_it_is_late(of(found, city.papd))
    board = open_page(city.commander, width=DESK)
    board.goto(reverse("dashboard"))
    board.get_by_role("link", name="Accountability").click()
    board.get_by_text("1 overdue in 1 unit").wait_for()
    late = board.get_by_role("table", name="Overdue obligations, the worst first").locator("tbody tr")
    assert [found.number in row and "Commander" in row for row in late.all_inner_texts()] == [True]
    check_page(board)

    supervisor = open_page(city.supervisor, width=DESK)
    read_the_notice(supervisor, f"Overdue and escalated: {found.number}")
    supervisor.get_by_role("heading", name=f"Lead {found.number}").wait_for()
    supervisor.get_by_role("link", name="Acknowledge").first.click()
    supervisor.get_by_role("button", name="Acknowledge", exact=True).click()
    supervisor.get_by_text("now somebody has to work on it").first.wait_for()
    supervisor.goto(found.get_absolute_url())
    supervisor.get_by_role("link", name="Assign").first.click()
    supervisor.get_by_label("Det. Chidi Okafor").check()
    supervisor.get_by_role("button", name="Assign", exact=True).click()
    supervisor.get_by_text("given to").first.wait_for()

    board.reload()
    board.get_by_text("Nothing is overdue").first.wait_for()
    before = board.locator("main").inner_text()

    detective = open_page(city.detective, width=PHONE)
    detective.goto(reverse("my_leads"))
    detective.get_by_role("button", name="Take it on").click()
    detective.get_by_text("you have it").first.wait_for()
    check_page(detective)
    step(detective, "obligation_log", of(found, city.papd))
    detective.get_by_label("Video").check()
    detective.get_by_label("In one or two sentences").fill("Read the camera at 5th and Quarry: a silver sedan.")
    detective.get_by_role("button", name="Save activity").click()
    detective.get_by_text("written down").first.wait_for()
    step(detective, "obligation_propose", of(found, city.papd))
    detective.get_by_label("Outcome").select_option("arrest_made")
    detective.get_by_label("Its number").fill("26-004411")
    detective.get_by_label("On which day").fill("2026-01-05")
    detective.get_by_label("5 Decisive").check()
    detective.get_by_role("button", name="Propose closing").click()
    detective.get_by_text("closing proposed").first.wait_for()

    supervisor.goto(found.get_absolute_url())
    supervisor.get_by_text("Read the camera at 5th").first.wait_for()
    supervisor.get_by_role("link", name="Approve closing").first.click()
    supervisor.get_by_role("button", name="Approve closing").click()
    supervisor.get_by_text("is closed").first.wait_for()
    close_theirs(city, of(found, city.gmpd))
    found.refresh_from_db()
    assert found.status == Lead.Status.CLOSED
    board.reload()
    assert board.locator("main").inner_text() != before

    detective.goto(reverse("referral_new", args=[found.pk]))
    detective.get_by_label(city.da.name).check()
    detective.get_by_label("Defendant").fill("Jonas Vane")
    detective.get_by_label("The case in short").fill("Arrested with the gun of both scenes, report 26-018844-3.")
    detective.get_by_role("button", name="Refer").click()
    detective.get_by_text("The case is before").first.wait_for()

    prosecutor = open_page(city.prosecutor, width=DESK)
    prosecutor.goto(reverse("referrals"))
    prosecutor.get_by_role("link", name="Jonas Vane").first.click()
    prosecutor.get_by_text("Arrested with the gun of both scenes").first.wait_for()
    assert "Read the camera at 5th" in prosecutor.content()
    check_page(prosecutor)
    prosecutor.emulate_media(media="print")
    assert not prosecutor.get_by_role("navigation").first.is_visible()
    assert prosecutor.get_by_text("Arrested with the gun of both scenes").first.is_visible()
    assert Referral.objects.get().defendant == "Jonas Vane"


def test_a_letter_opens_a_lead_as_rows_do(open_page, office):
    page = open_page(office.analyst, width=DESK)
    first = event(1, Agency="Port Alder PD", Case_Number="26-018844")
    second = event(2, Agency="Glenmoor PD", Case_Number="26-004417")
    load(page, "notice.docx", letter(first, second))
    assert Lead.objects.get().events_count == 2


def triage_by_keys(page, urgent, other):
    """The desk without a mouse: down to the other lead, which is looked at for every key and accepted, then the urgent
    one is sent.
    """
    page.goto(reverse("desk"))
    shown, dialog = page.locator("#preview"), page.locator("dialog[open]")
    shown.get_by_role("link", name=urgent.number).wait_for()
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Help and keys").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    shown.get_by_role("link", name=other.number).wait_for()
    for key, title in (("d", "Defer"), ("n", "Decline")):
        page.keyboard.press(key)
        dialog.get_by_role("heading", name=title).wait_for()
        page.keyboard.press("Escape")
        dialog.wait_for(state="detached")
    page.keyboard.press("k")
    shown.get_by_role("link", name=urgent.number).wait_for()
    page.keyboard.press("j")
    shown.get_by_role("link", name=other.number).wait_for()
    page.keyboard.press("a")
    page.get_by_text(f"{other.number} is accepted").wait_for()
    assert (other.desk.state, urgent.desk.state) == ("accepted", "waiting")
    shown.get_by_role("link", name=urgent.number).wait_for()
    page.keyboard.press("s")
    page.get_by_text(f"{urgent.number} is sent").wait_for()
    assert not other.obligations.exists()


def of(lead, agency):
    return Obligation.objects.get(lead=lead, agency=agency)


def step(page, name, obligation):
    """From the lead's page to the form of one step, as the link there leads."""
    page.goto(obligation.lead.get_absolute_url())
    page.locator(f"a[href^='{reverse(name, args=[obligation.pk])}']").first.click()


def nobody_looks_until_it_is_late(part):
    """Past its fourth rung; then comes the minute in which the scheduler calls."""
    ago = part.steps[3] - timezone.now() + timedelta(minutes=1)
    steps = [step - ago for step in part.steps]
    began = {"sent_at": part.sent_at - ago, "stage_started_at": part.stage_started_at - ago}
    Obligation.objects.filter(pk=part.pk).update(**began, steps=steps, due_at=steps[1], next_step_at=steps[0])
    app.send_task(settings.CELERY_BEAT_SCHEDULE["escalate"]["task"])

    def climbed():
        """four rungs are taken"""
        return list(part.escalations.values_list("level", flat=True).order_by("level")) == [1, 2, 3, 4]

    until(climbed)


def read_the_notice(page, words):
    """From the bell of any page to the list, where it is marked as read, and on to what it is about."""
    page.goto(reverse("leads"))
    page.get_by_role("link", name=re.compile("^Notices, . new$")).first.click()
    page.locator("li", has_text=words).get_by_role("button", name="Mark as read").click()
    row = page.locator("li", has_text=words)
    row.get_by_text("New", exact=True).wait_for(state="detached")
    row.get_by_role("link", name=words).click()


def close_theirs(city, theirs):
    """What Glenmoor does at its own desks meanwhile."""
    assignments.assign(obligation=theirs, investigator=city.gm_detective, by=city.gm_supervisor)
    activities.log(obligation=theirs, kind="note", text="Canvassed County Rd 8.", by=city.gm_detective)
    closings.propose(obligation=theirs, outcome="exhausted_no_suspect", usefulness=2, by=city.gm_detective)
    closings.approve(obligation=theirs, by=city.gm_supervisor)
