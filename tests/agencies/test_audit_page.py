"""Who reads the audit log, what they find, and how tampering shows."""

from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from agencies import access, audit, auditpage, tasks
from agencies.actions import agencies, calendars, memberships
from agencies.models import AuditEvent, User
from agencies.roles import Role
from tests import factories


def test_the_centers_auditor_reads_its_log_and_that_of_its_members_alone(client, city):
    audit.record("tested.ours", None, by=city.analyst, agency=city.center)
    audit.record("tested.members", None, by=city.detective, agency=city.papd)
    audit.record("tested.theirs", None, by=city.outsider, agency=city.outsider_agency)
    audit.record("tested.nobodys", None, by=city.outsider)
    client.force_login(city.auditor)
    page = client.get("/audit/").content.decode()
    assert "tested.ours" in page
    assert "tested.members" in page
    assert "tested.nobodys" not in page
    assert "tested.theirs" not in page


def test_there_is_no_row_that_nobody_reads(city):
    """Whatever is recorded, and however little is said with it."""
    incident, system = factories.incident(city.gmpd), User.objects.system()
    audit.record("tested.bare", None, by=city.detective)
    audit.record("tested.user", city.gm_detective, by=city.detective)
    audit.record("tested.record", incident, by=system)
    audit.record_many("tested.exported", type(incident), [incident.pk], by=city.analyst)
    audit.record_many("tested.escalated", type(incident), [incident.pk], by=system)
    audit.record("tested.unknown_address", None, by=system)
    read = dict(AuditEvent.objects.visible_to(city.auditor).values_list("verb", "agency__code"))
    assert read == {
        "tested.bare": "PAPD",
        "tested.user": "PAPD",
        "tested.record": "GMPD",
        "tested.exported": "CTR",
        "tested.escalated": None,
        "tested.unknown_address": None,
    }
    assert not AuditEvent.objects.visible_to(city.administrator).exists()


def test_who_works_as_one_of_their_agencies_leaves_their_traces_there(city):
    both = factories.member(city.gmpd, Role.SUPERVISOR, user=city.detective)
    access.work_as(both, city.papd.pk)
    audit.record("tested.here", None, by=both)
    assert AuditEvent.objects.get().agency == city.papd


TEXT = {
    "changes": {"narrative": ["He fled", "Marsh fled"], "occurred_end": [None, "2026-01-02"]},
    "before": "Marsh was seen",
    "note": "Ask Marsh",
    "notes": ["Marsh", "Ruiz"],
    "lead": "TR-2026-0007",
    "counts": {"new": 3},
    "victims": 2,
}


def test_t02_who_reads_the_log_reads_no_case_in_it(client, city):
    incident = factories.incident(city.papd)
    audit.record("tested.corrected", incident, by=city.detective, **TEXT)
    audit.record_many("tested.many", type(incident), [incident.pk], by=city.detective, note="Ask Marsh")
    client.force_login(city.auditor)
    page = client.get("/audit/?verb=tested").content.decode()
    assert "Marsh" not in page
    for words in (
        "changes: narrative, occurred_end",
        "lead: TR-2026-0007",
        "new 3",
        "victims: 2",
        "note: in the record",
    ):
        assert words in page


def test_who_may_see_the_record_reads_what_was_changed_in_it(city):
    incident = factories.incident(city.papd)
    audit.record("tested.corrected", incident, by=city.detective, **TEXT)
    both = factories.member(city.center, Role.AUDITOR, user=city.detective)
    (row,) = auditpage.events(both, verb="tested").rows
    assert "narrative from He fled to Marsh fled" in row["more"]


def test_the_log_says_of_an_agency_what_changed_also_what_was_taken_away_and_nothing_else(city):
    first = city.papd.oris.get().ori
    keep = partial(agencies.take_part, agency=city.papd, by=city.coordinator)
    keep(oris=["PR0010100", "PR0010200"], is_active=True)
    keep(oris=["PR0010100", "PR0010200"], is_active=False)
    keep(oris=[], is_active=True)
    now = {name: getattr(city.papd.calendar, name) for name in calendars.HOURS}
    calendars.set_hours(agency=city.papd, by=User.objects.system(), **now | {"always": True})
    calendars.set_hours(agency=city.papd, by=User.objects.system(), **now | {"always": False})
    membership = city.detective.memberships.get()
    memberships.place(membership=membership, unit=None, by=city.administrator)
    rows = auditpage.events(city.auditor).rows
    assert [row["more"].removeprefix("changes: ") for row in reversed(rows)] == [
        f"oris from {first} to PR0010100 PR0010200",
        "is_active from yes to no",
        "oris from PR0010100 PR0010200 to nothing, is_active from no to yes",
        "always from no to yes",
        "always from yes to no",
        f"unit from {membership.unit_id} to nothing",
    ]


def test_two_words_of_a_list_are_no_change_and_no_is_said(city):
    audit.record("tested", None, by=city.analyst, filters={"codes": ["A", "B"], "on": False, "none": 0})
    (row,) = auditpage.events(city.auditor, verb="tested").rows
    assert row["more"] == "filters: on False, codes ['A', 'B']"


def test_a_refusal_is_told_in_the_words_of_its_policy(city):
    audit.record(
        "refused", factories.incident(city.papd), by=city.detective, reason="Only an examiner may.", policy="p"
    )
    (row,) = auditpage.events(city.auditor, verb="refused").rows
    assert "Only an examiner may." in row["more"]


def test_reading_the_log_is_in_the_log(client, city):
    client.force_login(city.auditor)
    client.get("/audit/?person=ruiz")
    event = AuditEvent.objects.get(verb="audit.read")
    assert (event.by, event.data) == (city.auditor, {"filters": {"person": "ruiz"}})


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("person=ruiz", 1),
        ("person=marsh", 0),
        ("verb=tested", 1),
        ("verb=other", 0),
        ("kind=incident", 1),
        ("number=abc", 1),
    ],
)
def test_the_log_is_narrowed_by_person_deed_and_record(client, city, filters, found):
    audit.record("tested.once", factories.incident(city.center), by=city.analyst)
    client.force_login(city.auditor)
    assert client.get(f"/audit/?{filters}").content.decode().count('<th scope="row">tested.once') == found


def test_t07_nobody_but_an_auditor_reads_the_log(client, city):
    for person in (city.administrator, city.coordinator, city.commander, city.researcher):
        client.force_login(person)
        assert client.get("/audit/").status_code == 403


def test_older_events_are_one_page_further(client, city):
    for number in range(52):
        audit.record(f"tested.{number:02}.", None, by=city.analyst, agency=city.center)
    client.force_login(city.auditor)
    page = client.get("/audit/?verb=tested").content.decode()
    assert "tested.51." in page
    assert "tested.00." not in page
    last = AuditEvent.objects.get(verb="tested.02.").pk
    assert "tested.00." in client.get(f"/audit/?verb=tested&after={last}").content.decode()


def test_the_command_says_that_the_chain_is_unbroken(city):
    audit.record("tested", None, by=city.analyst)
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "unbroken" in out.getvalue()


def test_t33_the_end_of_the_log_is_told_elsewhere_and_asked_for_later(city, caplog):
    audit.record("tested", None, by=city.analyst)
    call_command("verify_audit", stdout=StringIO())
    with caplog.at_level("INFO", "agencies.audit"):
        tasks.tell_end_of_log()
    kept = caplog.messages[-1].rpartition(" ")[2]
    call_command("verify_audit", kept=kept, stdout=StringIO())
    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_audit", kept=kept[::-1], stderr=StringIO())


def test_t33_the_command_names_the_row_that_was_changed_behind_the_portals_back(city):
    audit.record("tested.first", None, by=city.analyst)
    audit.record("tested.second", None, by=city.analyst)
    row = AuditEvent.objects.get(verb="tested.first")
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; alter table agencies_auditevent disable trigger user")
        cursor.execute("update agencies_auditevent set verb = 'forged' where id = %s", [row.pk])
        cursor.execute("alter table agencies_auditevent enable trigger user")
    errors = StringIO()
    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_audit", stderr=errors)
    assert f"Row {row.pk}: was changed" in errors.getvalue()
