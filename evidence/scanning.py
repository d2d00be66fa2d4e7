"""The records that scans mean to a person: what they do not see is as what is not there."""

from dataclasses import dataclass

from django.conf import settings

from evidence import keys, scans
from evidence.models import Exhibit, Incident, Place
from evidence.queries.exhibits import exhibits_numbered
from evidence.queries.places import place_of

UNKNOWN = "No exhibit or place that you see has this label."
ELSEWHERE = "This label is not one of this portal."
SEVERAL = "Several cases have this number. Scan the label, or open the case."
WHOLE = ("incident", "agency", "held_by", "place", "firearm")


@dataclass(frozen=True)
class Found:
    """What one scan means: an exhibit or a place, or why it is neither."""

    text: str
    exhibit: Exhibit | None = None
    place: Place | None = None
    why: str = ""


def scanned(user, text, agency=None):
    """What one scanned text means to a user; a place's code means that of `agency` before any other."""
    scan = scans.read(text, settings.SITE_URL)
    if scan.kind == scans.ELSEWHERE:
        return Found(text, why=ELSEWHERE)
    if scan.kind == scans.EXHIBIT:
        found = Exhibit.objects.visible_to(user).filter(pk=scan.pk).select_related(*WHOLE).first()
        return Found(text, exhibit=found, why="" if found else UNKNOWN)
    if scan.kind == scans.PLACE:
        found = Place.objects.visible_to(user).filter(pk=scan.pk).select_related("agency").first()
        return Found(text, place=found, why="" if found else UNKNOWN)
    if place := place_of(user, text, agency):
        return Found(text, place=place)
    return _by_number(user, text, scan, agency) if scan.kind == scans.NUMBER else Found(text, why=UNKNOWN)


def numbered(user, text):
    """The rows of visible exhibits that a number means as somebody typed it: their own, or case and number."""
    pair = scans.read(text, settings.SITE_URL)
    cases = keys.named(pair.case) if pair.kind == scans.NUMBER else None
    return exhibits_numbered(user, text, cases, pair.number)


def _by_number(user, text, scan, agency):
    cases = Incident.objects.visible_to(user).filter(keys.named(scan.case))
    found = Exhibit.objects.filter(incident__in=cases, number__iexact=scan.number).select_related(*WHOLE)[:5]
    here = [each for each in found if agency is not None and each.agency_id == agency.pk] or list(found)
    if len(here) > 1:
        return Found(text, why=SEVERAL)
    return Found(text, exhibit=here[0]) if here else Found(text, why=UNKNOWN)
