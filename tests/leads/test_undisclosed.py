"""What nobody disclosed is one list over all leads of an office, the oldest first; nothing of an index is cut."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies import access
from agencies.models import User
from agencies.roles import Role
from leads import disclosing
from leads.actions import caseloads, disclosures, referrals
from leads.models import Activity, PacketRelease, PacketRetraction
from leads.queries import disclosures as queries
from leads.queries import handed, undisclosed
from tests.factories import member
from tests.leads import packing, pages
from tests.leads.releasing import give, prepared, sealed
from tests.scenery import scene

DAY = timedelta(days=1)
LATE = timezone.now() - 14 * DAY


@scene
def second_prosecutor(city):
    return member(city.da, Role.PROSECUTOR, name="Ines Calloway")


@scene
def federal(city):
    return member(city.usao, Role.PROSECUTOR, name="Dorian Whitlock")


@scene
def two(city):
    """Two leads before the district attorney, and one that is before nobody."""
    leads = [pages.lead(city, f"WCL-2026-0000{n}") for n in (1, 2, 3)]
    for number, each in enumerate(leads[:2]):
        case(city, each, f"Pat Doe {number}")
    return leads


def case(city, lead, defendant="Pat Doe", office=None):
    given = {"agency": city.papd, "office": office or city.da, "defendant": defendant, "summary": "Gun."}
    return referrals.make(lead=lead, by=city.detective, **given)


def mark(city, lead, days=1, kind="exculpatory", note="An alibi"):
    at = timezone.now() - days * DAY
    entry = Activity.objects.create(
        lead=lead, agency=city.papd, kind="interview", at=at, recorded_at=at, by=city.detective, text="Away"
    )
    return disclosures.mark(lead=lead, activity=entry, kind=kind, note=note, by=city.detective, now=at)


def listed(user, **asked):
    return [item.words for item, _number in undisclosed.page(user, long=LATE, **asked).rows]


def test_what_nobody_disclosed_stands_over_all_leads_of_the_office_the_oldest_first(city, two, federal, seen):
    for lead, days, note in (
        (two[0], 2, "Second"),
        (two[1], 30, "First"),
        (two[0], 1, "Third"),
        (two[2], 9, "No case"),
    ):
        mark(city, lead, days, note=note)
    assert listed(city.prosecutor) == ["First", "Second", "Third"]
    assert listed(federal) == []
    page = seen(city.prosecutor, "undisclosed")
    assert page.index("First") < page.index("Pat Doe 1") < page.index("Second") < page.index("Pat Doe 0")
    assert "1 longer than 14 days" in page
    assert "30 days" in page
    assert reverse("undisclosed") in page, "it stands in the menu"


def test_a_case_that_is_not_before_the_office_any_more_takes_its_lead_off_the_list(city, two):
    mark(city, two[0])
    referrals.decide(referral=two[0].referrals.get(), status="declined", reason="other", by=city.prosecutor)
    assert listed(city.prosecutor) == []


def test_what_was_disclosed_is_off_the_list_and_what_the_office_keeps_back_waits_for_its_second_person(
    city, two, second_prosecutor, seen
):
    gave, kept = mark(city, two[0], note="Given"), mark(city, two[0], note="Kept")
    given = {"to": "R. Ash", "duty": "brady", "how": "Letter"}
    disclosures.register(lead=two[0], item=f"mark-{gave.pk}", by=city.detective, **given)
    row = disclosures.withhold(lead=two[0], item=f"mark-{kept.pk}", reason="Safety", by=city.prosecutor)
    assert listed(city.prosecutor) == []
    assert listed(city.prosecutor, show="asked") == ["Kept"]
    assert "Decide" in seen(second_prosecutor, "undisclosed", show="asked")
    disclosures.decide(withholding=row, agrees=True, by=second_prosecutor)
    assert listed(city.prosecutor, show="asked") == []


def test_what_was_given_for_screening_and_what_the_office_got_itself_is_not_disclosed_yet(city, two, seen):
    made = mark(city, two[0], note="To pass on")
    key, address = f"mark-{made.pk}", ("disclosure_index", two[0].pk)
    given = {"lead": two[0], "item": key, "how": "Packet", "by": city.detective}
    disclosures.register(to="ADA Calloway", duty="none", **given)
    assert listed(city.prosecutor) == ["To pass on"]
    copy = prepared(give(city, sealed(city, two[0]), duty="brady"))
    assert copy.disclosures.filter(item=key, duty="brady").exists()
    assert listed(city.prosecutor) == ["To pass on"]
    assert "Not disclosed yet" in seen(city.prosecutor, *address)
    assert "Not disclosed yet" not in seen(city.detective, *address)
    disclosures.register(to="R. Ash, defense", duty="brady", **given | {"by": city.prosecutor})
    assert listed(city.prosecutor) == []


def test_what_another_agency_keeps_back_is_still_not_disclosed_by_the_office(city, two):
    kept = mark(city, two[0], note="Kept by the police")
    row = disclosures.withhold(lead=two[0], item=f"mark-{kept.pk}", reason="Safety", by=city.detective)
    disclosures.decide(withholding=row, agrees=True, by=city.supervisor)
    assert listed(city.prosecutor) == ["Kept by the police"]


def test_the_list_narrows_to_what_is_long_to_a_duty_and_to_ones_own_cases(city, two):
    mark(city, two[0], 15, note="Old")
    mark(city, two[1], 3, kind="impeaching", note="Impeaching")
    assert listed(city.prosecutor, show="late") == ["Old"]
    assert listed(city.prosecutor, duty="giglio") == ["Impeaching"]
    assert listed(city.prosecutor, duty="rule16") == []
    assert listed(city.prosecutor, mine=True) == []
    caseloads.give(referral=two[1].referrals.get(), prosecutor=city.prosecutor, by=city.prosecutor)
    assert listed(city.prosecutor, mine=True) == ["Impeaching"]
    assert undisclosed.page(city.prosecutor, long=LATE).counts == {"": 2, "late": 1, "asked": 0}


def test_a_lead_whose_event_is_asserted_in_a_case_is_on_the_list_with_that_case(city, line):
    """A case of one lead may assert an event of another one of the gun."""
    other = pages.lead(city, "WCL-2026-00007")
    made = case(city, other)
    made.asserted.create(event=line.events.filter(agency=city.papd).first())
    mark(city, line, note="On the other lead")
    assert listed(city.prosecutor) == [], "the office does not see that lead"
    access.share(line, city.da)
    assert listed(city.prosecutor) == ["On the other lead"]
    assert undisclosed.cases(city.prosecutor, [line.pk]) == {line.pk: [made], other.pk: [made]}


def test_the_list_goes_on_page_by_page_each_item_once(city, two):
    for number in range(5):
        mark(city, two[number % 2], days=3 if number < 4 else 2, note=str(number))
    seen, after = [], ""
    while after is not None:
        page = undisclosed.page(city.prosecutor, long=LATE, after=after, limit=2)
        assert page.counts[""] == 5
        seen += [item.words for item, _number in page.rows]
        after = page.older or None
    assert seen == ["0", "1", "2", "3", "4"]


def test_no_part_of_the_list_reads_a_whole_table(city, two):
    """A million items of other offices are beside these: each sort begins with the index of its lead."""
    asked = {"offices": [city.da.pk], "me": 1, "long": LATE, "groups": [1], "kinds": list(disclosing.KINDS), "own": [1],
             "sources": queries.SOURCES, "limit": 51}  # fmt: skip
    sql = undisclosed.FOUND.format(cases=undisclosed.CASES) + undisclosed.PAGE.format(which='"open"', after="")
    with connection.cursor() as cursor:
        cursor.execute(
            "set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_hashjoin = off"
        )
        cursor.execute("set local enable_mergejoin = off")
        cursor.execute(f"explain {sql}", asked)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan, plan
    for table in ("comparison", "leadevent", "assertion", "exculpatorymark"):
        assert f"leads_{table}_lead_id" in plan, plan


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_with_one_row_and_with_three(client, city, two, many):
    for number in range(many):
        mark(city, two[number % 2], note=str(number))
    client.force_login(city.prosecutor)
    client.get(reverse("undisclosed"))
    with CaptureQueriesContext(connection) as found:
        assert client.get(reverse("undisclosed")).status_code == 200
    assert len(found) == 7


def test_only_who_decides_cases_has_the_list(client, city, two):
    for person in (city.detective, city.coordinator, city.technician):
        client.force_login(person)
        assert client.get(reverse("undisclosed")).status_code == 403


def test_an_empty_list_says_what_to_do(city, seen):
    page = seen(city.prosecutor, "undisclosed")
    assert "Nothing waits to be disclosed" in page
    assert "Nothing waits longer than 14 days" in seen(city.prosecutor, "undisclosed", show="late")


def test_my_day_has_the_number_of_what_is_not_disclosed_and_leads_to_it(city, two, seen):
    assert "Nothing of your cases" in seen(city.prosecutor, "prosecution_day")
    for number in range(6):
        mark(city, two[0], days=number + 1, note=f"Note {number}")
    page = seen(city.prosecutor, "prosecution_day")
    assert f'href="{reverse("undisclosed")}">6 items</a>' in page
    assert "Note 5" in page
    assert "Note 0" not in page, "the five oldest"


class TestPacketsInHand:
    @pytest.fixture
    def version(self, city, line):
        return packing.version(packing.make(city, line))

    def release(self, city, version, to=None, **values):
        now = timezone.now()
        given = {"source": city.papd, "office": city.da, "to": to or city.prosecutor, "duty": "rule16"}
        given |= {"state": "ready", "ready_at": now, "copy_size": 9, "copy_sha256": "a" * 64}
        given |= {"released_at": now, "ends_at": now + DAY, "released_by": city.supervisor}
        return PacketRelease.objects.create(version=version, **given | values)

    def test_a_copy_waits_until_its_receipt_is_confirmed(self, city, version, federal, seen):
        made = self.release(city, version)
        page = seen(city.prosecutor, "prosecution_day")
        assert made.get_absolute_url() in page
        assert "Charging" in page
        assert handed.waiting(federal, now=timezone.now()).new_count == 0
        PacketRelease.objects.update(received_at=timezone.now(), received_by=city.prosecutor)
        assert "No copy waits for your receipt" in seen(city.prosecutor, "prosecution_day")

    @pytest.mark.parametrize("over", ["ended", "revoked", "preparing"])
    def test_a_copy_that_cannot_be_had_does_not_wait(self, city, version, over):
        now = timezone.now()
        values = {
            "ended": {"released_at": now - 2 * DAY, "ends_at": now - DAY},
            "revoked": {"revoked_at": now, "revoked_by": city.supervisor, "revoked_why": "By mistake"},
            "preparing": {"state": "preparing", "ready_at": None, "copy_size": None, "copy_sha256": ""},
        }[over]
        self.release(city, version, **values)
        assert handed.waiting(city.prosecutor, now=now).new_count == 0

    def test_a_retraction_stands_on_top_until_it_is_acknowledged(self, city, version, seen):
        now = timezone.now()
        made = self.release(city, version, warned_at=now, due_at=now - DAY / 24)
        PacketRetraction.objects.create(
            version=version, why="A link was taken back.", retracted_at=now, retracted_by=User.objects.system()
        )
        page = seen(city.prosecutor, "prosecution_day")
        assert page.index("Retracted: acknowledge") < page.index(made.get_absolute_url()) < page.index("h-disclose")
        assert "Was due" in page
        found = handed.waiting(city.prosecutor, now=now)
        assert (found.owed_count, found.new_count) == (1, 0)
        PacketRelease.objects.update(due_at=None, heeded_at=now, heeded_by=city.prosecutor)
        assert "Retracted: acknowledge" not in seen(city.prosecutor, "prosecution_day")

    def test_the_first_few_stand_there_and_how_many_more_there_are(self, city, line, seen):
        for _each in range(3):
            self.release(city, packing.version(packing.make(city, line)))
        found = handed.waiting(city.prosecutor, now=timezone.now(), most=2)
        assert (len(found.new), found.new_count) == (2, 3)
        assert found.new[0]["id"] > found.new[1]["id"], "the newest first"


@pytest.mark.parametrize("kind", disclosing.KINDS)
def test_every_kind_of_item_has_a_duty_to_weigh(kind):
    assert disclosing.weighed(kind)
