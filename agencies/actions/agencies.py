"""Agencies join: with their ORIs, their calendar and the group that grants name."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from agencies import access, audit, policies
from agencies.holidays import us_federal_holidays
from agencies.models import Agency, AgencyOri, Holiday, ServiceCalendar

MARKS = 5
YEARS_OF_HOLIDAYS = 6


@transaction.atomic
def create(*, name, code, kind, zone, calendar, by, parent=None, phone="", oris=()):
    """Add an agency; `calendar` is the name of a service calendar, made with working days 8 to 16 and the federal
    holidays if it is new.
    """
    access.enforce(policies.create_agency, by, parent)
    hours, is_new = ServiceCalendar.objects.get_or_create(name=calendar)
    if is_new:
        _close_on_federal_holidays(hours, timezone.now().year)
    agency = Agency.objects.create(
        name=name,
        code=code,
        kind=kind,
        zone=zone,
        calendar=hours,
        parent=parent,
        phone=phone,
        group=Group.objects.create(name=f"agency:{code}"),
        mark=Agency.objects.count() % MARKS + 1,
    )
    AgencyOri.objects.bulk_create([AgencyOri(agency=agency, ori=ori) for ori in oris])
    audit.record("agency.created", agency, by=by, agency=agency, code=code, oris=list(oris))
    return agency


def _close_on_federal_holidays(calendar, year):
    days = [day for ahead in range(YEARS_OF_HOLIDAYS) for day in us_federal_holidays(year + ahead).items()]
    Holiday.objects.bulk_create([Holiday(calendar=calendar, on=on, name=name) for on, name in days])
