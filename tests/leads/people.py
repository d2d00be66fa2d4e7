"""People on a line and on the list, made as in life."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leads import entitykeys
from leads.actions import listings
from leads.models import Assertion, Certificate, EntityKey, Person
from tests.factories import NOW, ZONE

TODAY = NOW.date()
GROUNDS = {
    "criminal_predicate": "Two shootings in June",
    "reasonable_suspicion_basis": "Named by two sources, seen on video with the gun",
    "source_reliability": "reliable",
    "content_validity": "confirmed",
    "sensitivity": "sensitive",
}


def certify(user, agency, by, now=NOW):
    """In force whatever the clock of the test says."""
    expires_at = datetime.combine(date(2099, 1, 1), time(), ZoneInfo(ZONE))
    return Certificate.objects.create(
        user=user, agency=agency, completed_on=now.date(), expires_at=expires_at, recorded_at=now, recorded_by=by
    )


def trained(city):
    """The people of the city who read the list."""
    for name in ("coordinator", "analyst"):
        certify(getattr(city, name), city.center, city.administrator)
    for name in ("supervisor", "detective"):
        certify(getattr(city, name), city.papd, city.administrator)
    certify(city.gm_detective, city.gmpd, city.administrator)
    return city


def person(city, name="Marlo Quill", born_on=date(1994, 3, 2)):
    made = Person.objects.create(
        agency=city.center, kind="person", name=name, born_on=born_on, recorded_at=NOW, recorded_by=city.analyst
    )
    EntityKey.objects.bulk_create(
        EntityKey(entity_id=made.pk, key=key) for key in sorted(entitykeys.person_keys(name, born_on))
    )
    return Person.objects.get(pk=made.pk)


def said(city, who, event, role="suspect", **values):
    """An assertion about a person in an event."""
    given = {"source_kind": "report", "source": "Report 7", "reliability": "A", "validity": 1, "said_at": NOW}
    given |= {"agency": city.center, "said_by": city.analyst} | values
    return Assertion.objects.create(entity_id=who.pk, lead=event.lead, event=event, role=role, **given)


def suspect(city, lead, name="Marlo Quill", **values):
    """A person who is a suspect in the first event of a lead."""
    made = person(city, name, **values)
    said(city, made, lead.events.first())
    return made


def propose(city, who, *, by=None, now=NOW, **values):
    given = {"center": city.center, "submitter": city.papd, "by": by or city.analyst, "now": now}
    return listings.propose(person=who, **given | GROUNDS | values)


def listed(city, lead, name="Marlo Quill", now=NOW, person=None, **values):
    """An entry that was approved."""
    entry = propose(city, person or suspect(city, lead, name), now=now, **values)
    return listings.approve(entry=entry, by=city.coordinator, now=now)


def days(count):
    return NOW + timedelta(days=count)
