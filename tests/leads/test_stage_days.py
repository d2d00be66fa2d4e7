"""What is kept of past days changes no figure: those of the first three stages are what their rows give, whoever reads
them, whatever was written since, and whether or not the days were counted beforehand.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from agencies.models import User
from evidence.models import Acquisition, Incident, IncidentGrant
from leads.actions import activities, closings, stagedays
from leads.insight import scope, stages
from leads.models import StageDay, StaleDay
from tests.factories import acquisition, exhibit, incident

READERS = ("supervisor", "coordinator", "examiner", "outsider")


def keep():
    while stagedays.keep(by=User.objects.system(), limit=7):
        pass
    assert not StaleDay.objects.exists()


def slow(reach, period, now):
    """What the rows of a stage add up to, one by one."""
    found, begins = {}, period.since
    for number in (1, 2, 3):
        for present, asked in ((True, period), (False, stages.Period(period.before, begins))):
            rows, after = stages.page(reach, asked, stages.BY_NUMBER[number], "came", now=now, limit=1000)
            assert not after
            for agency in {None} | {row["agency_id"] for row in rows}:
                some = [row for row in rows if agency in (None, row["agency_id"])]
                if some:
                    found[number, present, agency] = (
                        len(some), sum(row["went"] for row in some), sum(row["more"] for row in some),
                        sum(row["hours"] is not None for row in some),
                        sum(row["in_time"] is not None for row in some), sum(bool(row["in_time"]) for row in some),
                    )  # fmt: skip
    return found


def agree(city, *, now=None, days=90):
    """Every reader's figures are those of the rows, in the zone of a port and in one with half an hour."""
    now = now or timezone.now()
    for zone in ("America/New_York", "Asia/Kolkata"):
        today = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
        for span in (1, days):
            period = stages.Period(today - timedelta(days=span - 1), today + timedelta(days=1))
            for who in READERS:
                reach = scope.of(getattr(city, who))
                given = {
                    key: (each.came, each.went, each.more, each.timed, each.decided, each.in_time)
                    for key, each in stages.figures(reach, period, now=now).items()
                    if key[0] < 4
                }
                assert given == slow(reach, period, now), (who, zone, span)


def median(city, now=None):
    reach, now = scope.of(city.supervisor), now or timezone.now()
    period = stages.Period(now - timedelta(days=80), now + timedelta(days=1))
    figures = stages.figures(reach, period, now=now)
    return [figures[number, True, None][3:5] for number in (1, 2)]


def test_kept_days_give_what_their_rows_give(city, month):
    agree(city)
    before = median(city)
    keep()
    assert StageDay.objects.filter(stage=1).exists()
    assert StageDay.objects.filter(stage=2).exists()
    agree(city)
    assert median(city) == before


def test_what_is_written_since_counts_at_once(city, month):
    keep()
    at = timezone.now() - timedelta(days=20)
    scene = incident(city.papd, kind=Incident.Kind.HOMICIDE, occurred_at=at)
    agree(city)
    found = exhibit(scene, collected_at=at + timedelta(hours=30))
    agree(city)
    keep()
    entry = acquisition(found, city.lab, received_at=at + timedelta(days=1), due_at=timezone.now() + timedelta(days=1))
    agree(city)
    keep()
    # What still had time when it was counted is late a week later, though nothing was written.
    agree(city, now=timezone.now() + timedelta(days=7))
    gone = {"rejected_at": timezone.now(), "rejected_by": city.examiner, "rejection": Acquisition.Rejection.values[0]}
    Acquisition.objects.filter(pk=entry.pk).update(**gone)
    agree(city)
    keep()
    Incident.objects.filter(pk=scene.pk).update(occurred_at=at - timedelta(days=9), kind="shots_fired_person")
    agree(city)
    keep()
    IncidentGrant.objects.filter(content_object=scene, group=city.papd.group).delete()
    agree(city)
    keep()
    agree(city)


def test_a_lead_found_unfounded_takes_its_links_along(city, month):
    keep()
    owed = month[1].obligations.get(agency=city.papd)
    activities.log(obligation=owed, kind="note", text="The laboratory withdrew it.", by=city.detective)
    closings.propose(obligation=owed, outcome="lead_not_confirmed", usefulness=1, by=city.detective)
    closings.approve(obligation=owed, by=city.supervisor)
    assert StaleDay.objects.exists()
    agree(city)
    keep()
    agree(city)


def test_a_day_is_marked_by_the_transaction_that_changes_it_and_counted_once(city):
    keep()
    scene = incident(city.papd, kind=Incident.Kind.HOMICIDE, occurred_at=datetime(2026, 3, 1, 23, 59, tzinfo=UTC))
    assert set(StaleDay.objects.values_list("agency", "day")) == {(city.papd.pk, scene.occurred_at.date())}
    assert [stagedays.keep(by=User.objects.system()), stagedays.keep(by=User.objects.system())] == [1, 0]
    seen = StageDay.objects.filter(stage=1, agency=city.papd, day=scene.occurred_at.date())
    groups = sorted(scene.grants.values_list("group", flat=True))
    assert sorted(seen.values_list("group", flat=True)) == groups
    assert len(groups) > 1
    assert all(each.groups == groups and each.came == 1 for each in seen)
