"""Records of an agency out as a file of the kind that brings them: loaded back, it changes nothing."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from agencies import access
from agencies.models import Agency, Membership
from agencies.roles import Permission
from evidence import keys
from evidence.loading.run import handler
from evidence.models import Acquisition, Exhibit, Firearm, ImportBatch, Incident

MOST = 100_000
Kind = ImportBatch.Kind
SEEN = """exists (select from evidence_incidentgrant g
  where g.content_object_id = i.id and g.group_id = any(%(groups)s))"""
CASES = f"evidence_incident i where i.agency_id = %(agency)s and {SEEN}"
ITEMS = f"evidence_exhibit e join evidence_incident i on i.id = e.incident_id where e.agency_id = %(agency)s and {SEEN}"
NUMBER = ("Case Number", "i.case_number")
CASE = (NUMBER, ("Exhibit", "e.number"))
COLLECTED = (
    ("Description", "e.description"), ("Property Number", "e.property_number"), ("Storage", "e.storage"),
    ("Collected At", "e.collected_at"), ("Collected By", "e.collected_by"),
)  # fmt: skip


ORIS = "(select string_agg(o.ori, ' ' order by o.ori) from agencies_agencyori o where o.agency_id = a.id)"


def yes(name):
    return f"case when {name} then 'yes' else 'no' end"


# Of a kind: the model and the SQL of its ids, the columns, and where they come from, in order.
EXPORTS = {
    Kind.INCIDENTS: (
        Incident, "i.id",
        (
            NUMBER,
            ("Occurred At", "array[i.occurred_at, case when i.time_known then i.occurred_at end]"),
            ("Event Type", "i.kind"), ("Offense Code", "i.offense_code"), ("Offense", "i.offense"),
            ("Address", "i.address"), ("District", "i.district"), ("Latitude", "i.lat"), ("Longitude", "i.lng"),
            ("Victims", "nullif(i.victims_count, 0)"), ("Narrative", "i.narrative"),
        ),
        f"{CASES} order by i.id",
    ),
    Kind.EXHIBITS: (
        Exhibit, "e.id",
        (*CASE, ("Kind", "e.kind"), ("Caliber", "e.caliber"), ("Count", "e.count"), ("Lab Number", "e.lab_number"),
         *COLLECTED),
        f"{ITEMS} order by e.id",
    ),
    Kind.FIREARMS: (
        Firearm, "f.id",
        (
            *CASE, ("Make", "f.make"), ("Model", "f.model"), ("Caliber", "f.caliber"), ("Type", "f.type_code"),
            ("Serial", "f.serial"), ("Importer", "f.importer"), ("Country", "f.country"),
            ("Obliterated", yes("f.is_obliterated")), ("Privately Made", yes("f.is_privately_made")),
            ("Conversion Device", yes("f.has_conversion_device")), *COLLECTED,
        ),
        f"evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id and e.kind = 'firearm'"
        f" join evidence_incident i on i.id = e.incident_id where e.agency_id = %(agency)s and {SEEN} order by f.id",
    ),
    Kind.ACQUISITIONS: (
        Acquisition, "q.id",
        (
            ("Agency", "a.code"), *CASE, ("Site", "z.code"), ("Received At", "q.received_at"),
            ("Entered At", "q.entered_at"), ("Reference", "q.reference"), ("Operator", "q.operator"),
            ("Representative", "q.representative"), ("Late Code", "q.late_code"), ("Late Reason", "q.late_reason"),
        ),
        f"evidence_acquisition q join evidence_exhibit e on e.id = q.exhibit_id"
        f" join evidence_incident i on i.id = e.incident_id join agencies_agency a on a.id = e.agency_id"
        f" join agencies_agency z on z.id = q.site_id"
        f" where %(agency)s in (e.agency_id, q.site_id) and q.rejected_at is null and {SEEN} order by q.id",
    ),
    Kind.AGENCIES: (
        Agency, "a.id",
        (
            ("Code", "a.code"),
            ("ORIs", ORIS),
            ("Name", "a.name"), ("Kind", "a.kind"), ("Zone", "a.zone"), ("Calendar", "c.name"), ("Phone", "a.phone"),
        ),
        "agencies_agency a join agencies_servicecalendar c on c.id = a.calendar_id"
        " where a.parent_id = %(agency)s order by a.id",
    ),
    Kind.PEOPLE: (
        Membership, "m.id",
        (("E-mail", "p.email"), ("Name", "p.name"), ("Role", "m.role"), ("Unit", "u.name")),
        "agencies_membership m join agencies_user p on p.id = m.user_id left join agencies_unit u on u.id = m.unit_id"
        " where m.agency_id = %(agency)s and m.ended_at is null order by m.id",
    ),
}  # fmt: skip


def kinds():
    """The kinds that can be taken out."""
    return [kind for kind in ImportBatch.Kind if kind in EXPORTS or getattr(handler(kind), "export", None)]


def take(kind, agency, user):
    """(model, ids, names of columns, rows) of the records of an agency that a person sees, the first MOST."""
    if kind not in EXPORTS:
        return handler(kind).export(agency, user, MOST)
    model, pk, columns, source = EXPORTS[kind]
    values = {"agency": agency.pk, "groups": access.groups_with(user, Permission.LEAD_EXPORT)}
    named = ", ".join(sql for _name, sql in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"select {pk}, {named} from {source} limit {MOST}", values)
        found = cursor.fetchall()
    zone, fit = ZoneInfo(agency.zone), _number(agency, columns)
    rows = [fit([_plain(value, zone) for value in row[1:]]) for row in found]
    return model, [row[0] for row in found], [name for name, _sql in columns], rows


def _plain(value, zone):
    """A moment as the agency's wall clock with its offset, to the microsecond: nothing less is the same moment. Of
    two the second is missing when the time of day is not known: then the date alone says so.
    """
    if isinstance(value, list):
        return _plain(value[1], zone) or value[0].astimezone(zone).date().isoformat()
    if not isinstance(value, datetime):
        return value
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(zone).isoformat(" ")


def _number(agency, columns):
    """A case whose file had more in front of its number is written as what counts of it, or it would be another."""
    if NUMBER not in columns or ("Agency", "a.code") in columns:
        return lambda row: row
    place = columns.index(NUMBER)
    cut = dict(
        Incident.objects.filter(agency=agency, batch__mapping__key_keep_last__gt=0).values_list(
            "case_number", "case_key"
        )
    )
    hyphens = keys.hyphens_count(agency)

    def fit(row):
        key = cut.get(row[place])
        if key and keys.as_in_file(row[place], hyphens) != key:
            row[place] = key
        return row

    return fit
