"""A line of three events of two agencies, and what is asked and found of it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from leads.actions import comparisons, confirmation_requests
from leads.actions._reported import Found
from leads.models import LeadEvent
from tests.factories import NOW, ZONE

CASES = (("PAPD", "26-1"), ("GMPD", "26-2"), ("PAPD", "26-3"))
TODAY = timezone.localdate(timezone=ZoneInfo(ZONE))


def event(lead, number):
    return LeadEvent.every.get(lead=lead, case_number=number)


def ask(city, lead, **values):
    asked = {"agency": city.papd, "laboratory": city.lab, "needed_on": TODAY + timedelta(days=9), "now": NOW}
    asked |= {"events": list(lead.events.all()), "by": city.detective}
    return confirmation_requests.ask(lead=lead, **asked | values)


def at_work(city, request):
    return confirmation_requests.assign(request=request, examiner=city.examiner, by=city.examiner, now=NOW)


def report(city, lead, second, *found, request=None, number="F-1", now=NOW, **values):
    """`found`: of (case, case, result) or with the case that is taken off."""
    results = [
        Found(event(lead, one), event(lead, two), result, *(event(lead, each) for each in off))
        for one, two, result, *off in found
    ]
    given = {"report": number, "reported_on": TODAY, "by": city.examiner, "verified_by": second, "now": now} | values
    return comparisons.record(lead=lead, request=request, results=results, **given)
