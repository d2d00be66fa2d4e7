"""Who is out of office is passed by, whoever stands in is told; and work on which nothing was done is marked once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent, Membership, Notification, User
from agencies.roles import Role
from leads import queries
from leads.actions import absences, activities, assignments, escalations, reminders, stale
from leads.insight import owed, scope, workload
from leads.models import Absence, Escalation, Obligation
from leads.queries import told
from tests.factories import NOW, member
from tests.leads.test_notice_to_closed import lead, of  # noqa: F401
from tests.scenery import scene

DAY = timedelta(days=1)
RUNGS = ("due_soon", "overdue", "supervisor", "commander", "coordinator")


@scene
def mine(city, lead):  # noqa: F811
    """The part of one department, given to its detective; that of the other is out of the way."""
    Obligation.objects.filter(lead=lead, agency=city.gmpd).update(next_step_at=None)
    assignments.assign(obligation=of(lead, city.papd), investigator=city.detective, by=city.supervisor, now=NOW)
    return of(lead, city.papd)


def away(person, deputy=None, by=None, now=NOW):
    days = {"starts_at": NOW - 9 * DAY, "ends_at": NOW + 900 * DAY}
    return absences.say(person=person, deputy=deputy, by=by or person, now=now, **days)


def heard(verb):
    return set(Notification.objects.filter(verb=verb).values_list("user__name", flat=True))


def climb(part, rung):
    escalations.climb(by=User.objects.system(), now=part.steps[rung - 1])
    return heard(f"escalation.{RUNGS[rung - 1]}")


@pytest.mark.parametrize(
    ("gone", "rung", "names"),
    [
        ({"detective": "mara"}, 2, {"Mara Quist"}),
        ({"detective": None}, 2, {"Amara Bell"}),
        ({"detective": None, "supervisor": None}, 1, {"Rowan Pike"}),
        ({"detective": "mara", "mara": None}, 2, {"Amara Bell"}),
        ({"supervisor": "otis"}, 3, {"Otis Hale"}),
        ({"supervisor": None}, 3, {"Rowan Pike"}),
        ({"commander": None}, 4, {"Cora Lane"}),
        ({"commander": "supervisor"}, 4, {"Amara Bell"}),
        ({"coordinator": None}, 5, {"Cora Lane"}),
    ],
)
def test_a_rung_goes_to_the_deputy_or_else_to_the_next(city, mine, gone, rung, names):
    others = {"mara": (Role.DETECTIVE, "Mara Quist"), "otis": (Role.SUPERVISOR, "Otis Hale")}
    cast = {name: member(city.papd, role, name=full) for name, (role, full) in others.items() if name in str(gone)}
    person = {**vars(city), **cast}
    for who, deputy in gone.items():
        Absence.objects.create(
            person=person[who],
            deputy=deputy and person[deputy],
            starts_at=NOW - DAY,
            ends_at=NOW + 900 * DAY,
            said_at=NOW,
            said_by=person[who],
        )
    if gone == {"supervisor": "otis"}:
        city.papd.memberships.filter(user=person["otis"]).update(role=Role.DETECTIVE)
    assert climb(mine, rung) == names
    if rung in (1, 2):
        mine.refresh_from_db()
        assert {each.name for each in queries.owing(mine)} == names
        reminders.remind(obligations=[mine], by=city.coordinator, now=mine.due_at)
        assert heard("obligation.reminded") == names
    if rung == 3:
        Membership.objects.update(started_at=NOW - DAY)
        last = told.of_escalations(Escalation.objects.filter(level=3)).get()
        assert told.whom(last) == ("Supervisor" if gone["supervisor"] else "Commander")


def test_an_absence_that_is_over_or_was_ended_passes_nobody_by(city, mine):
    said = away(city.detective)
    absences.withdraw(absence=said, by=city.supervisor, now=NOW)
    assert climb(mine, 1) == {"Chidi Okafor"}
    with pytest.raises(Refused, match="over already"):
        absences.withdraw(absence=said, by=city.detective)


def test_an_absence_is_said_with_a_deputy_who_can_do_the_same_and_never_twice(city, mine):
    away(city.supervisor, deputy=city.commander)
    assert heard("absence.deputy") == {"Rowan Pike"}
    with pytest.raises(Refused, match="already"):
        away(city.supervisor)
    with pytest.raises(Refused, match="same agency"):
        away(city.commander, deputy=city.detective)
    with pytest.raises(Refused, match="same agency"):
        away(city.detective, deputy=city.gm_detective)
    with pytest.raises(Refused, match="Only a supervisor says"):
        away(city.detective, by=city.gm_supervisor)
    with pytest.raises(Refused, match="not over"):
        absences.say(person=city.detective, starts_at=NOW - 3 * DAY, ends_at=NOW - DAY, by=city.detective, now=NOW)
    assert away(city.detective, by=city.supervisor).said_by == city.supervisor


def test_who_says_that_they_are_away_reads_who_hears_in_their_place_and_keeps_what_was_typed(client, city, mine):
    mara, day = member(city.papd, Role.DETECTIVE, name="Mara Quist"), timezone.localdate()
    away(mara)
    client.force_login(city.detective)
    form = {"first": day.isoformat(), "last": (day + 9 * DAY).isoformat(), "deputy": mara.pk}
    page = client.post(reverse("absences"), form, follow=True).content.decode()
    assert "Mara Quist is away too" in page
    assert "it goes to the next in line" in page
    again = client.post(reverse("absences"), form)
    assert again.status_code == 403
    page = again.content.decode()
    assert "There is an absence in these days already" in page
    assert f'value="{form["last"]}"' in page
    assert AuditEvent.objects.filter(verb="refused").latest("pk").data["policy"] == "absences.say"


def test_the_page_of_absences_and_the_choice_of_an_investigator_show_who_is_away(client, city, mine, seen):
    city.mara = member(city.papd, Role.DETECTIVE, name="Mara Quist")
    client.force_login(city.detective)
    day = timezone.localdate() - DAY
    form = {"first": day.isoformat(), "last": (day + 9 * DAY).isoformat(), "deputy": city.mara.pk}
    page = client.post(reverse("absences"), form, follow=True).content.decode()
    assert "Mara Quist hears what the clock tells" in page
    assert "Mara Quist" in page
    assert (
        "that is not before the first"
        in client.post(reverse("absences"), form | {"last": "2026-01-01"}).content.decode()
    )
    assert "deputy Mara Quist" in seen(city.supervisor, "obligation_assign", mine.pk)
    words = {each.person.name: each.words for each in workload.choices(mine, now=timezone.now())}
    assert "Away" in words["Chidi Okafor"]
    assert "Away" not in words["Mara Quist"]
    assert "Chidi Okafor" in seen(city.supervisor, "absences", person=city.detective.pk)
    client.force_login(city.gm_supervisor)
    assert client.get(reverse("absences"), {"person": city.detective.pk}).status_code == 404
    assert "Chidi" not in client.get(reverse("absences")).content.decode()
    url = reverse("absence_withdraw", args=[Absence.objects.get().pk])
    assert client.post(url).status_code == 404
    client.force_login(city.supervisor)
    assert "back in office" in client.post(url, follow=True).content.decode()


def mark(now):
    return stale.mark(by=User.objects.system(), now=now)


def test_stale_work_is_marked_and_told_once_for_each_spell(city, mine):
    Obligation.objects.filter(agency=city.gmpd).update(stale_at=NOW)
    assert mark(NOW + 14 * DAY) == 0
    at = NOW + 14 * DAY + timedelta(seconds=1)
    assert [mark(at), mark(at), mark(at + 30 * DAY)] == [1, 0, 0]
    assert heard("obligation.stale") == {"Chidi Okafor", "Amara Bell"}
    assert Notification.objects.filter(verb="obligation.stale").count() == 2
    rows, _older = owed.page(city.supervisor, scope.of(city.supervisor), owed.Filters("stale"), now=at)
    assert [each.pk for each in rows] == [mine.pk]
    activities.log(obligation=mine, kind="note", text="Seen", by=city.detective, now=at)
    mine.refresh_from_db()
    assert mine.stale_at is None
    assert [mark(at + 14 * DAY), mark(at + 15 * DAY)] == [0, 1]
    assert AuditEvent.objects.filter(verb="obligation.stale").count() == 2


def test_a_pause_is_no_neglect_and_the_days_are_the_agencys_own(client, city, mine):
    Obligation.objects.filter(agency=city.gmpd).update(stale_at=NOW)
    Obligation.objects.filter(pk=mine.pk).update(paused_at=NOW, paused_until=NOW + 10 * DAY, due_at=NOW + 11 * DAY)
    assert [mark(NOW + 24 * DAY), mark(NOW + 25 * DAY)] == [0, 1]
    Obligation.objects.filter(pk=mine.pk).update(stale_at=None)
    client.force_login(city.commander)
    url = reverse("clock_rule", args=[city.papd.pk])
    assert client.get(reverse("clock_rule", args=[city.gmpd.pk])).status_code == 404
    assert "at most 90" in client.post(url, {"stale_days": 91, "pause_days": 30}).content.decode()
    client.post(url, {"stale_days": 60, "pause_days": 20})
    assert [mark(NOW + 69 * DAY), mark(NOW + 71 * DAY)] == [0, 1]
    with pytest.raises(Refused, match="Only a supervisor or commander"):
        stale.set_rule(agency=city.papd, stale_days=5, pause_days=5, by=city.detective)
