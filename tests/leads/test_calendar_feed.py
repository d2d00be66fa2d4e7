"""A private calendar of court dates: narrow, secret, and dead with its address, its membership or its account."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from agencies import keys
from agencies.access import Refused
from agencies.models import AuditEvent, Membership
from agencies.roles import Role
from leads import calendarfile
from leads.actions import calendarfeeds, caseloads, deadlines, referrals
from leads.models import CalendarFeed, Referral
from tests.factories import NOW, member
from tests.leads.pages import lead
from tests.scenery import scene

ON = timezone.localdate() + timedelta(days=20)
NAMES = ("Pat Doe", "Arrested", "922(g)", "Arraignment", "Ruth", "Chidi", "Smith")


@scene
def case(city):
    found = lead(city, "WCL-2026-00001")
    values = {"agency": city.papd, "office": city.da, "defendant": "Pat Doe", "summary": "Arrested with it, 922(g)."}
    made = referrals.make(lead=found, by=city.detective, **values)
    decided = {"status": Referral.Status.ACCEPTED, "next_on": ON, "next_what": "Arraignment of Smith"}
    return referrals.decide(referral=made, by=city.prosecutor, **decided)


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


def membership(person):
    return Membership.objects.get(user=person)


def address(person, scope="agency"):
    _feed, secret = calendarfeeds.make(membership=membership(person), scope=scope, by=person)
    return reverse("calendar_feed", args=[secret])


def days(answer):
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(str(each["summary"]), each["dtstart"].dt, str(each["url"])) for each in events]


def test_a_calendar_holds_dates_with_a_number_and_a_link_and_no_name_and_no_offense(client, city, case):
    deadlines.add(referral=case, kind="discovery", due_on=ON + timedelta(days=1), basis="Smith order",
                  by=city.prosecutor)  # fmt: skip
    answer = client.get(address(city.prosecutor))
    link = f"http://testserver{case.get_absolute_url()}"
    assert days(answer) == [
        ("In court, WCL-2026-00001", ON, link),
        ("Discovery due, WCL-2026-00001", ON + timedelta(days=1), link),
    ]
    text = answer.content.decode()
    assert not [name for name in NAMES if name in text]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store, private"


def test_who_referred_the_case_has_its_days_in_court_and_no_deadlines_of_the_office(client, city, case):
    deadlines.add(referral=case, kind="discovery", due_on=ON, by=city.prosecutor)
    assert [each for each, *_rest in days(client.get(address(city.detective, "mine")))] == ["In court, WCL-2026-00001"]
    assert days(client.get(address(city.gm_supervisor))) == []


def test_ones_own_calendar_has_the_cases_given_to_one(client, city, case):
    mine = address(city.prosecutor, "mine")
    assert days(client.get(mine)) == []
    caseloads.give(referral=case, prosecutor=city.prosecutor, by=city.prosecutor)
    case.proceedings.create(kind="trial", on=ON + timedelta(days=3), recorded_at=NOW, recorded_by=city.prosecutor)
    assert [on for _sort, on, _url in days(client.get(mine))] == [ON, ON + timedelta(days=3)]


def test_the_same_calendar_is_not_sent_twice(client, city, case):
    path = address(city.prosecutor)
    tag = client.get(path)["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert again["Cache-Control"] == "no-store, private"
    Referral.objects.filter(pk=case.pk).update(next_on=ON + timedelta(days=1))
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def _revoke(city, feed):
    calendarfeeds.revoke(feed=feed, by=city.prosecutor)


def _renew(city, feed):
    calendarfeeds.make(membership=feed.membership, scope="mine", by=city.prosecutor)


def _end(city, feed):
    Membership.objects.filter(pk=feed.membership_id).update(ended_at=NOW, ended_by=city.coordinator)


def _lock(city, _feed):
    type(city.prosecutor).objects.filter(pk=city.prosecutor.pk).update(locked_at=NOW)


def _shut(city, _feed):
    type(city.prosecutor).objects.filter(pk=city.prosecutor.pk).update(is_active=False)


def _close(city, _feed):
    type(city.da).objects.filter(pk=city.da.pk).update(is_active=False)


@pytest.mark.parametrize("kill", [_revoke, _renew, _end, _lock, _shut, _close])
def test_a_dead_address_is_not_found_and_does_not_tell_why(client, city, case, kill):
    path = address(city.prosecutor)
    assert client.get(path).status_code == 200
    kill(city, CalendarFeed.objects.get())
    answer, unknown = client.get(path), client.get(reverse("calendar_feed", args=[keys.new()]))
    assert (answer.status_code, answer.content) == (404, unknown.content)
    assert "revoked" not in answer.content.decode().lower()


def test_a_membership_elsewhere_does_not_open_what_this_one_did(client, city, case):
    path = address(city.prosecutor)
    member(city.usao, Role.PROSECUTOR, user=city.prosecutor)
    Membership.objects.filter(agency=city.da).update(ended_at=NOW, ended_by=city.coordinator)
    assert client.get(path).status_code == 404
    elsewhere = Membership.objects.get(agency=city.usao)
    _feed, secret = calendarfeeds.make(membership=elsewhere, scope="agency", by=city.prosecutor.__class__.objects.get(
        pk=city.prosecutor.pk))  # fmt: skip
    assert days(client.get(reverse("calendar_feed", args=[secret]))) == []


def test_what_is_kept_of_a_secret_does_not_open_anything(client, city, case):
    path = address(city.prosecutor)
    feed = CalendarFeed.objects.get()
    assert feed.secret_hash not in path
    assert path.endswith(f"{feed.hint}.ics")
    assert client.get(reverse("calendar_feed", args=[feed.secret_hash])).status_code == 404
    assert not AuditEvent.objects.filter(data__icontains=path.rsplit("/", 1)[1][:20]).exists()


def test_an_address_is_asked_so_often_an_hour_and_who_tries_addresses_is_stopped_too(client, city, case):
    path = address(city.prosecutor)
    answers = [client.get(path).status_code for _again in range(31)]
    assert (answers[29], answers[30]) == (200, 429)
    assert client.get(path)["Retry-After"].isdecimal()
    wrong = reverse("calendar_feed", args=["wrong"])
    assert {client.get(wrong).status_code for _again in range(60)} == {404}
    assert client.get(wrong).status_code == 429


def test_its_owner_sees_when_it_was_last_used_and_the_log_is_written_once_an_hour(client, city, case):
    path = address(city.prosecutor)
    client.force_login(city.prosecutor)
    assert "Never" in client.get(reverse("my_calendar")).content.decode()
    client.get(path)
    client.get(path)
    assert AuditEvent.objects.filter(verb="calendar.read").count() == 1
    assert "Never" not in client.get(reverse("my_calendar")).content.decode()


def test_the_page_shows_a_new_address_once_renews_and_revokes_it(client, city, case):
    client.force_login(city.prosecutor)
    page = reverse("my_calendar")
    first = client.post(page, {"scope": "agency"}).content.decode()
    path = first.split("http://testserver", 1)[1].split(".ics", 1)[0] + ".ics"
    assert client.get(path).status_code == 200
    assert path not in client.get(page).content.decode()
    second = client.post(page, {"scope": "mine"}).content.decode()
    assert client.get(path).status_code == 404
    feed = CalendarFeed.objects.standing().get()
    assert feed.hint in second
    assert client.post(reverse("calendar_revoke", args=[feed.pk])).status_code == 302
    assert not CalendarFeed.objects.standing().exists()
    assert client.post(reverse("calendar_revoke", args=[feed.pk])).status_code == 403


def test_nobody_else_makes_reads_or_revokes_it(client, city, case):
    address(city.prosecutor)
    feed = CalendarFeed.objects.get()
    for person in (city.detective, city.coordinator):
        with pytest.raises(Refused, match="by the person it is for"):
            calendarfeeds.make(membership=feed.membership, scope="mine", by=person)
        with pytest.raises(Refused, match="Only the person it is for"):
            calendarfeeds.revoke(feed=feed, by=person)
        assert not CalendarFeed.objects.visible_to(person).exists()
    with pytest.raises(Refused, match="Only who sees cases"):
        calendarfeeds.make(membership=membership(city.technician), scope="mine", by=city.technician)
    with pytest.raises(IntegrityError, match="calendar_feed_once"), transaction.atomic():
        CalendarFeed.objects.create(membership=feed.membership, secret_hash="x", hint="x", made_at=NOW)


ENTRIES = st.builds(
    calendarfile.Entry,
    uid=st.integers(0, 10**6).map("court-{}@cgic-portal".format),
    day=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    sort=st.sampled_from(["In court", "Discovery due"]),
    number=st.integers(0, 99_999).map("WCL-2026-{:05d}".format),
    url=st.integers(1, 9999).map("https://portal.example/referrals/{}/".format),
    told_at=st.just(NOW),
)


@given(st.lists(ENTRIES, max_size=8, unique_by=lambda each: each.uid))
def test_a_calendar_is_read_again_as_it_was_written_whatever_the_order(entries):
    written = calendarfile.write(entries, name="Court dates, DA")
    assert written == calendarfile.write(entries[::-1], name="Court dates, DA")
    events = Calendar.from_ical(written).walk("VEVENT")
    found = {(str(each["uid"]), each["dtstart"].dt, str(each["summary"])) for each in events}
    assert found == {(each.uid, each.day, f"{each.sort}, {each.number}") for each in entries}
    assert all(each["dtend"].dt - each["dtstart"].dt == timedelta(days=1) for each in events)
