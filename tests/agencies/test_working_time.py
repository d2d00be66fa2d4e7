"""The page of an agency: who keeps its hours and its codes, and what changing them means."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from agencies import access, agencypage, calendars
from agencies.actions import agencies
from agencies.actions import calendars as hours
from agencies.holidays import us_federal_holidays
from agencies.models import Agency, AuditEvent, Holiday, ServiceCalendar, User
from agencies.roles import Role
from tests import factories

WEEK = {"hours-days": ["1", "2", "3", "4"], "hours-opens": "07:30", "hours-closes": "18:00"}


def page(agency, more=""):
    return f"/agencies/{agency.pk}/{more}"


def test_an_administrator_sets_the_hours_of_their_agency(client, city):
    client.force_login(city.administrator)
    assert client.get("/agencies/")["Location"] == page(city.papd)
    assert "Working time" in client.get(page(city.papd)).content.decode()
    answer = client.post(page(city.papd, "hours/"), WEEK | {"hours-federal_holidays": "on"})
    assert answer["Location"] == page(city.papd)
    kept = Agency.objects.get(pk=city.papd.pk).calendar
    assert (kept.days, kept.opens, kept.closes, kept.federal_holidays, kept.always) == ("1234", 450, 1080, True, False)
    event = AuditEvent.objects.get(verb="calendar.hours_set")
    assert (event.agency, event.by, event.data["changes"]["days"]) == (city.papd, city.administrator, ["12345", "1234"])


def test_hours_until_midnight_and_round_the_clock_can_be_said(client, city):
    client.force_login(city.administrator)
    client.post(page(city.papd, "hours/"), WEEK | {"hours-closes": "00:00", "hours-always": "on"})
    kept = Agency.objects.get(pk=city.papd.pk)
    assert (kept.calendar.closes, kept.calendar.always) == (1440, True)
    assert "Clocks run now" in client.get(page(city.papd)).content.decode()


def test_round_the_clock_needs_no_days_and_keeps_those_there_were(client, city):
    client.force_login(city.administrator)
    client.post(page(city.papd, "hours/"), WEEK | {"hours-days": [], "hours-always": "on"})
    kept = Agency.objects.get(pk=city.papd.pk).calendar
    assert (kept.days, kept.always) == ("12345", True)


def test_a_day_that_is_sent_many_times_is_one_day(client, city):
    client.force_login(city.administrator)
    client.post(page(city.papd, "hours/"), WEEK | {"hours-days": ["2"] * 8 + ["1"]})
    assert Agency.objects.get(pk=city.papd.pk).calendar.days == "12"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"hours-days": []}, "Choose a day at least"),
        ({"hours-closes": "07:30"}, "not after the opening"),
        ({"hours-opens": "x"}, "takes hours and minutes"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_the_reason(client, city, change, sentence):
    client.force_login(city.administrator)
    assert sentence in client.post(page(city.papd, "hours/"), WEEK | change).content.decode()
    assert not AuditEvent.objects.filter(verb="calendar.hours_set").exists()


def test_what_several_agencies_share_is_copied_before_one_of_them_changes_it(city):
    city.gmpd.calendar = city.papd.calendar
    city.gmpd.save(update_fields=["calendar"])
    christmas = date(2027, 12, 25)
    Holiday.objects.create(calendar=city.papd.calendar, on=christmas, name="Christmas Day")
    hours.close_on(agency=city.papd, on=date(2027, 8, 2), name="Day of the city", by=city.administrator)
    ours, theirs = (Agency.objects.get(pk=each.pk).calendar for each in (city.papd, city.gmpd))
    assert {day.on for day in ours.holidays.all()} == {christmas, date(2027, 8, 2)}
    assert {day.on for day in theirs.holidays.all()} == {christmas}
    hours.open_on(agency=city.papd, on=christmas, by=city.administrator)
    assert Agency.objects.get(pk=city.papd.pk).calendar == ours


def test_an_agency_that_is_alone_on_a_named_calendar_leaves_it_as_it_is_for_who_comes_next(city):
    made = {"kind": "police", "zone": "America/Chicago", "calendar": "Weekdays 8 to 16", "by": User.objects.system()}
    first = agencies.create(name="First PD", code="FRST", **made)
    always = {"days": "1234567", "opens": 0, "closes": 1440, "federal_holidays": False, "always": True}
    hours.set_hours(agency=first, by=User.objects.system(), **always)
    second = agencies.create(name="Second PD", code="SCND", **made)
    assert second.calendar.always is False
    kept = Agency.objects.get(pk=first.pk).calendar
    assert (kept.name, kept.always) == ("Hours of FRST", True)
    hours.set_hours(agency=first, by=User.objects.system(), **always | {"always": False})
    assert Agency.objects.get(pk=first.pk).calendar == kept


def test_a_closed_day_is_added_shown_and_opened_again(client, city):
    client.force_login(city.administrator)
    on = timezone.now().date() + timedelta(days=30)
    send = {"closed-on": on.isoformat(), "closed-name": "Day of the city"}
    client.post(page(city.papd, "closed/"), send)
    assert "Day of the city" in client.get(page(city.papd)).content.decode()
    assert "closed on that day already" in client.post(page(city.papd, "closed/"), send).content.decode()
    far = {"closed-on": "2199-01-01", "closed-name": "X"}
    assert "next five years" in client.post(page(city.papd, "closed/"), far).content.decode()
    assert f'name="on" value="{on}"' in client.get(page(city.papd)).content.decode()
    assert client.post(page(city.papd, "opened/"), {"on": "2199-01-01"}).status_code == 403
    client.post(page(city.papd, "opened/"), {"on": "x"})
    client.post(page(city.papd, "opened/"), {"on": on.isoformat()})
    assert not Holiday.objects.exists()
    verbs = list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["calendar.day_closed", "refused", "calendar.day_opened"]


def test_federal_holidays_are_kept_in_any_year():
    kept = calendars.working_calendar("America/Chicago", 480, 960, "12345", False, True, ())
    never = calendars.working_calendar("America/Chicago", 480, 960, "12345", False, False, ())
    for year in (2024, 2031, 2044, 2090):
        for day in us_federal_holidays(year):
            assert not kept.works_on(day)
            assert never.works_on(day) == (day.weekday() < 5)
    eve = datetime(2044, 11, 23, 21, 0, tzinfo=UTC)  # Wednesday, 15:00 in Chicago, before Thanksgiving
    assert calendars.add_working(eve, 120, kept) == datetime(2044, 11, 25, 15, 0, tzinfo=UTC)
    assert calendars.add_working(eve, 120, never) == datetime(2044, 11, 24, 15, 0, tzinfo=UTC)


def test_stored_federal_holidays_become_a_rule_and_days_of_its_own_stay(db):
    migration = import_module("agencies.migrations.0006_federal_holidays")
    both, few = factories.calendar(), factories.calendar()
    for on, name in us_federal_holidays(2026).items():
        Holiday.objects.create(calendar=both, on=on, name=name)
    Holiday.objects.create(calendar=both, on=date(2026, 8, 3), name="Day of the city")
    Holiday.objects.create(calendar=few, on=date(2026, 12, 25), name="Christmas Day")
    migration.to_rule(apps, None)
    kept = dict(ServiceCalendar.objects.values_list("pk", "federal_holidays"))
    assert kept == {both.pk: True, few.pk: False}
    assert {day.name for day in Holiday.objects.all()} == {"Day of the city", "Christmas Day"}


def test_the_coordinator_keeps_the_agencies_of_the_center_and_no_others(client, city):
    client.force_login(city.coordinator)
    listed = client.get("/agencies/").content.decode()
    assert "Port Alder PD" in listed
    assert "Far Away PD" not in listed
    assert client.get(page(city.gmpd)).status_code == 200
    assert client.get(page(city.outsider_agency)).status_code == 404
    client.post(page(city.gmpd, "part/"), {"part-oris": "XX1234567, xx7654321", "part-is_active": ""})
    gone = Agency.objects.get(pk=city.gmpd.pk)
    assert {each.ori for each in gone.oris.all()} == {"XX1234567", "XX7654321"}
    assert not gone.is_active
    assert not access.is_member(type(city.gm_detective).objects.get(pk=city.gm_detective.pk))
    client.post(page(city.gmpd, "part/"), {"part-oris": "XX1234567", "part-is_active": "on"})
    assert Agency.objects.get(pk=city.gmpd.pk).is_active


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"part-oris": "SHORT", "part-is_active": "on"}, "SHORT is not an ORI"),
        ({"part-oris": "XXTAKEN01", "part-is_active": "on"}, "belongs to an agency already"),
    ],
)
def test_codes_that_are_no_oris_or_anothers_are_refused(client, city, sent, sentence):
    city.papd.oris.create(ori="XXTAKEN01")
    client.force_login(city.coordinator)
    assert sentence in client.post(page(city.gmpd, "part/"), sent).content.decode()


def test_t07_an_administrator_takes_no_ori_and_keeps_no_other_agency(client, city):
    client.force_login(city.administrator)
    assert "Only a coordinator of the center" in client.get(page(city.papd)).content.decode()
    sent = {"part-oris": "XX1234567", "part-is_active": "on"}
    assert "Only a coordinator" in client.post(page(city.papd, "part/"), sent).content.decode()
    with pytest.raises(access.Refused, match="Only a coordinator"):
        agencies.take_part(agency=city.papd, oris=["XX1234567"], is_active=True, by=city.administrator)
    for more in ("", "hours/", "closed/", "name/", "part/", "opened/"):
        assert client.post(page(city.gmpd, more)).status_code in (404, 405)
    with pytest.raises(access.Refused, match="Only an administrator"):
        hours.close_on(agency=city.gmpd, on=date(2027, 8, 2), name="X", by=city.administrator)


def test_a_center_is_not_closed_by_its_own_coordinator(client, city):
    client.force_login(city.coordinator)
    answer = client.post(page(city.center, "part/"), {"part-oris": "", "part-is_active": ""})
    assert "closed by who runs this installation" in answer.content.decode()
    assert Agency.objects.get(pk=city.center.pk).is_active


def test_an_agency_is_renamed_and_moved_to_another_clock(client, city):
    client.force_login(city.administrator)
    sent = {"name-name": "Port Alder Police", "name-phone": "555-0199", "name-zone": "America/Denver"}
    client.post(page(city.papd, "name/"), sent)
    renamed = Agency.objects.get(pk=city.papd.pk)
    assert (renamed.name, renamed.zone) == ("Port Alder Police", "America/Denver")
    taken = client.post(page(city.papd, "name/"), sent | {"name-name": "Glenmoor PD"}).content.decode()
    assert "This name is taken already. Give another." in taken
    assert "<h1>Port Alder Police</h1>" in taken
    assert client.post(page(city.papd, "name/"), sent | {"name-zone": "Mars/Base"}).status_code == 200
    assert AuditEvent.objects.get(verb="agency.renamed").data["changes"]["name"] == [
        "Port Alder PD",
        "Port Alder Police",
    ]


def test_a_person_without_the_right_has_no_agency_page(client, city):
    for person in (city.detective, city.commander, city.auditor):
        client.force_login(person)
        assert client.get("/agencies/").status_code == 403


@pytest.mark.parametrize(
    ("days", "words"),
    [("12345", "Mon to Fri"), ("135", "Mon, Wed, Fri"), ("67", "Sat, Sun"), ("1234567", "Mon to Sun")],
)
def test_days_are_said_as_a_person_would(days, words):
    assert agencypage.hours(ServiceCalendar(days=days)) == f"{words}, 08:00 to 16:00"


def test_the_list_of_agencies_costs_the_same_for_few_and_many(client, city, django_assert_max_num_queries):
    factories.member(city.center, Role.CENTER_COORDINATOR)
    for _ in range(3):
        factories.agency(parent=city.center)
    client.force_login(city.coordinator)
    with django_assert_max_num_queries(7):
        client.get("/agencies/")
