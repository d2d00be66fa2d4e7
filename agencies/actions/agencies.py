"""Agencies join, with their ORIs, their calendar and the group that grants name; they are renamed, and leave."""

from django.contrib.auth.models import Group
from django.db import transaction

from agencies import access, audit, policies
from agencies.access import Refused
from agencies.models import Agency, AgencyOri, ServiceCalendar

MARKS = 5


@transaction.atomic
def create(*, name, code, kind, zone, calendar, by, parent=None, phone="", oris=()):
    """Add an agency; `calendar` is the name of a service calendar, made with working days 8 to 16 and closed on federal
    holidays if it is new.
    """
    access.enforce(policies.create_agency, by, parent)
    # Held against the agency whose it may be: it does not change them while somebody joins.
    calendars = ServiceCalendar.objects.select_for_update(no_key=True)
    hours, _ = calendars.get_or_create(name=calendar, defaults={"federal_holidays": True})
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


@transaction.atomic
def rename(*, agency, name, phone, zone, by):
    """Say what an agency is called, how it is reached, and on which clock it lives."""
    agency = Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=agency.pk)
    access.enforce(policies.keep_agency, by, agency)
    before = {"name": agency.name, "phone": agency.phone, "zone": agency.zone}
    agency.name, agency.phone, agency.zone = name, phone, zone
    agency.save(update_fields=["name", "phone", "zone"])
    changes = audit.changes(before, {"name": name, "phone": phone, "zone": zone})
    audit.record("agency.renamed", agency, by=by, agency=agency, changes=changes)


@transaction.atomic
def take_part(*, agency, oris, is_active, by):
    """Say which ORIs are an agency's, and whether it takes part at all."""
    agency = Agency.objects.select_for_update(of=["self"], no_key=True).select_related("parent").get(pk=agency.pk)
    access.enforce(policies.take_part, by, agency, is_active=is_active)
    if AgencyOri.objects.filter(ori__in=oris).exclude(agency=agency).exists():
        raise Refused("One of these ORIs belongs to another agency.", "agencies.take_part", agency)
    before = {"oris": sorted(each.ori for each in agency.oris.all()), "is_active": agency.is_active}
    agency.is_active = is_active
    agency.save(update_fields=["is_active"])
    agency.oris.exclude(ori__in=oris).delete()
    AgencyOri.objects.bulk_create([AgencyOri(agency=agency, ori=ori) for ori in oris if ori not in before["oris"]])
    changes = audit.changes(before, {"oris": sorted(oris), "is_active": is_active})
    audit.record("agency.takes_part", agency, by=by, agency=agency, changes=changes)
