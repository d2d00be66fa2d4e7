"""Leads in every state, for the tests of boards and figures."""

from datetime import timedelta

from django.utils import timezone

from agencies import access
from agencies.models import User
from agencies.roles import Role
from evidence.models import Incident
from leads.actions import activities, assignments, closings, obligations, referrals
from leads.models import Obligation
from tests.factories import acquisition, exhibit, incident, member, unit
from tests.leads.pages import lead

STEP = timedelta(hours=1)


def busy(city):
    """Six leads of two agencies in every state, some late, some stale, one closed."""
    second = unit(city.papd, "Robbery")
    other = member(city.papd, Role.DETECTIVE, unit=second, name="Iva Stone")
    made = [lead(city, f"WCL-2026-0000{n}") for n in range(1, 7)]
    mine = [each.obligations.get(agency=city.papd) for each in made]
    obligations.acknowledge(obligation=mine[1], by=city.supervisor)
    for place in (2, 3, 4, 5):
        who = (city.detective, city.homicide) if place % 2 else (other, second)
        assignments.assign(obligation=mine[place], investigator=who[0], unit=who[1], by=city.supervisor)
    activities.log(obligation=mine[3], kind="video", text="Asked for it.", by=city.detective)
    activities.log(obligation=mine[5], kind="video", text="Saw it.", by=city.detective)
    closings.propose(obligation=mine[5], outcome="arrest_made", usefulness=5, by=city.detective)
    closings.approve(obligation=mine[5], by=city.supervisor)
    past(mine[0], days=3)
    past(mine[3], days=1)
    ago = timezone.now() - timedelta(days=15)
    Obligation.objects.filter(pk=mine[4].pk).update(assigned_at=ago)
    past(made[1].obligations.get(agency=city.gmpd), days=2)
    return made


def past(obligation, **ago):
    at = timezone.now() - timedelta(**ago)
    steps = [at + timedelta(minutes=n) for n in range(-1, 4)]
    Obligation.objects.filter(pk=obligation.pk).update(due_at=at, steps=steps, next_step_at=steps[0])


def month(city):
    """Twelve shootings of Port Alder PD with casings at most of them, some entered late or not at all; four leads, one
    assigned, one referred, one closed.
    """
    now = timezone.now()
    for place in range(12):
        at = now - timedelta(days=20 + place)
        scene = incident(city.papd, kind=Incident.Kind.NON_FATAL_SHOOTING, occurred_at=at)
        if place % 4:
            item = exhibit(scene, collected_at=at + timedelta(hours=4 * place))
            received = item.collected_at + STEP
            if place % 3:
                done = {"entered_at": received + timedelta(hours=12 * place), "entered_by": User.objects.system()}
                late = {"late_code": "backlog", "reference": f"N{place}"}
                acquisition(item, city.lab, received_at=received, due_at=received + timedelta(days=2), **done, **late)
            else:
                acquisition(item, city.lab, received_at=received, due_at=received + timedelta(days=2))
            access.share(scene, city.lab)
    incident(city.papd, kind=Incident.Kind.GUN_RECOVERY, occurred_at=now - timedelta(days=21))
    made = [lead(city, f"WCL-2026-0000{n}") for n in range(1, 5)]
    mine = [each.obligations.get(agency=city.papd) for each in made]
    for obligation in mine[1:]:
        assignments.assign(obligation=obligation, investigator=city.detective, by=city.supervisor)
    referrals.make(
        lead=made[2], agency=city.papd, office=city.da, defendant="Pat Doe", summary="Found with it.", by=city.detective
    )
    activities.log(obligation=mine[3], kind="video", text="Saw it.", by=city.detective)
    closings.propose(obligation=mine[3], outcome="arrest_made", usefulness=5, by=city.detective)
    closings.approve(obligation=mine[3], by=city.supervisor)
    return made
