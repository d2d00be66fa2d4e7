"""Bulletins of a line at each step of their way."""

from datetime import timedelta

from leads import bulletins as pure
from leads.actions import bulletins
from leads.models import BulletinRecipient
from tests.factories import NOW

WORDS = {
    "purpose": "request", "title": "Same gun at three scenes", "sections": list(pure.SECTIONS), "whole_cluster": False,
    "summary": "Three scenes in nine days.", "asks": "Call if you have casings.", "contact": "Gun desk, 555-0100",
    "handling": pure.HANDLING,
}  # fmt: skip
LATER = NOW + timedelta(hours=1)


def draft(city, lead, to=(), **values):
    given = {"agency": city.center, "by": city.analyst, "to": [city.da, *to], "now": NOW}
    return bulletins.draft(lead=lead, **given | WORDS | values)


def submit(city, lead, **values):
    return bulletins.submit(bulletin=draft(city, lead, **values), by=city.analyst, now=NOW)


def send(city, lead, **values):
    return bulletins.approve(bulletin=submit(city, lead, **values), by=city.coordinator, now=LATER)


def row(bulletin, agency):
    return BulletinRecipient.objects.get(bulletin=bulletin, agency=agency)
