from django.db import transaction

from agencies import access, audit, policies
from agencies.models import Agency, Unit


@transaction.atomic
def add(*, agency, name, by):
    """Add a unit to an agency."""
    agency = _locked(agency)
    access.enforce(policies.keep_units, by, agency)
    access.enforce(policies.name_unit, by, agency, name)
    unit = Unit.objects.create(agency=agency, name=name)
    audit.record("unit.added", unit, by=by, name=name)
    return unit


@transaction.atomic
def change(*, unit, name, is_active, by):
    """Rename a unit, close it or open it again; what was assigned to it stays."""
    agency = _locked(unit.agency)
    unit = Unit.objects.select_for_update(of=["self"], no_key=True).get(pk=unit.pk)
    access.enforce(policies.keep_units, by, agency)
    access.enforce(policies.name_unit, by, agency, name, unit)
    before = {"name": unit.name, "is_active": unit.is_active}
    unit.name, unit.is_active = name, is_active
    unit.save(update_fields=["name", "is_active"])
    changes = audit.changes(before, {"name": name, "is_active": is_active})
    audit.record("unit.changed", unit, by=by, changes=changes)


def _locked(agency):
    """Names are compared while nobody else can give one."""
    return Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=agency.pk)
