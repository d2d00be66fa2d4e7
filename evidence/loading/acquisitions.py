"""Files of entries into NIBIN: what a site received, when it is due there by its own calendar, when it was entered.

The site sees a case of which it received something, as when the receipt is typed. What was typed is not overwritten.
"""

from agencies import access
from agencies.models import Agency, AgencyOri
from agencies.roles import Permission
from evidence import keys, mros
from evidence.imports.targets_records import ACQUISITION
from evidence.loading import cases
from evidence.loading.records import Into, Kind
from evidence.models import Acquisition, HyphenRule, Incident, IncidentGrant

NO_EXHIBIT = "Case and exhibit number name no exhibit that is here. Correct them, or load the exhibits first."
NO_SITE = "NIBIN site is no laboratory of the center and not the agency of the case. Write its code, ORI or name."
NOT_THEIRS = "Only technicians and examiners of the site or of the agency of the case bring this. Ask one of them."
NOT_AT_SITE = "Only technicians and examiners of the site say what was entered there. Take the date out, or ask them."
NOT_ELIGIBLE = "This exhibit is marked as not for NIBIN. If this file is right, correct the exhibit on its page."
BEFORE_RECEIPT = "Entered into NIBIN lies before the receipt at the site. Correct one of the two."
NO_REFERENCE = "NIBIN reference is empty: an exhibit that was entered has one. Fill it in."
NO_WORDS = "Why it is late is empty, and its kind is other. Say it in words."
NO_REASON = "Why it is late is empty, and this entry is past its two business days. Fill it in."
FIND = """
update import_record s set incident_id = i.id, exhibit_id = e.id, owner_id = e.agency_id, is_eligible = e.nibin_eligible
  from evidence_incident i join evidence_exhibit e on e.incident_id = i.id
 where i.agency_id = s.case_agency_id and i.case_key = s.case_key and e.number = s.number
   and exists (select from evidence_incidentgrant g where g.content_object_id = i.id and g.group_id = any(%(groups)s))
"""
TYPED = """(
  select coalesce(array_agg(f.name), '{}') from agencies_auditevent a cross join lateral (
    select unnest('{received_at,due_at}'::text[]) where a.verb = 'acquisition.received'
    union all
    select unnest('{entered_at,entered_by_id,reference,operator,representative,late_code,late_reason}'::text[])
     where a.verb = 'acquisition.entered') f(name)
   where a.object_type = 'evidence.acquisition' and a.object_id = t.id)"""
# What a row makes of the entry that is here: what was typed stays.
MERGE = f"""
update import_record s set kept = {TYPED} from evidence_acquisition t
 where t.exhibit_id = s.exhibit_id and t.site_id = s.site_id and t.rejected_at is null;
update import_record s set
       received_now = case when 'received_at' = any(r.kept) then t.received_at else s.received_at end,
       due_now = case when 'received_at' = any(r.kept) or t.received_at = s.received_at then t.due_at else s.due_at end,
       entered_now = coalesce(case when 'entered_at' = any(r.kept) then t.entered_at else s.entered_at end,
                              t.entered_at),
       reference_now = coalesce(nullif(s.reference, ''), t.reference, ''),
       reason_now = coalesce(nullif(s.late_reason, ''), t.late_reason, ''),
       code_now = coalesce(nullif(s.late_code, ''), nullif(t.late_code, ''), s.code_read)
  from import_record r left join evidence_acquisition t on t.exhibit_id = r.exhibit_id and t.site_id = r.site_id
         and t.rejected_at is null
 where r.row_number = s.row_number
"""
SAME_ENTRY = """select from evidence_acquisition t
  where t.exhibit_id = s.exhibit_id and t.site_id = s.site_id and t.rejected_at is null
    and t.entered_at = s.entered_at"""
HERE = "exists (select from agencies_agency z where z.id = s.site_id and z.is_active and (z.id = s.owner_id or (" + (
    "z.kind = 'laboratory' and z.parent_id = (select coalesce(a.parent_id, a.id) from agencies_agency a"
    " where a.id = s.owner_id))))"
)


def directory():
    """{code, ORI or name in capitals: id}: the directory of agencies is open to every member."""
    found = {}
    for pk, code, name in Agency.objects.values_list("pk", "code", "name"):
        found[code.upper()] = found[name.upper()] = pk
    return found | dict(AgencyOri.objects.values_list("ori", "agency_id"))


def derive(run, how):
    """Ids of the agency of the case and of the site, the key of the case, and when the exhibit is due at the site."""
    known, agency = directory(), run.batch.agency_id
    # All of it is asked before the first row: while rows stream into the database it answers nothing.
    ruled = set(HyphenRule.objects.values_list("agency_id", flat=True))
    sites = Agency.objects.select_related("calendar").prefetch_related("calendar__holidays")
    calendars = {site.pk: site.working_calendar for site in sites}

    def due(site, received_at):
        return mros.due_at(received_at, calendars[site]) if site and received_at else None

    late = ACQUISITION["late_code"].choice

    def values_of(values):
        owner = known.get(values["agency"].upper()) if values["agency"] else agency
        site = known.get(values["site"].upper()) if values["site"] else agency
        key = keys.as_in_file(values["case_number"], owner in ruled, how.key_keep_last) if owner else ""
        reason = values["late_reason"]
        return owner, site, key, due(site, values["received_at"]), late(reason) or (reason and "other")

    return values_of


def values(run):
    may = [run.batch.agency_id]
    if not run.by.is_system:
        may = access.agencies_with(run.by, Permission.ACQUISITION_RECORD)
    return cases.sight(run) | {"may": may, "permission": access.view_permission_id(Incident)}


def resolve(stage):
    stage.execute(FIND)
    stage.execute(MERGE)
    stage.reject("s.exhibit_id is null", "number", NO_EXHIBIT, "no_such")
    stage.reject(f"not {HERE}", "site", NO_SITE, "no_site")
    stage.reject("not (s.site_id = any(%(may)s) or s.owner_id = any(%(may)s))", "number", NOT_THEIRS, "not_theirs")
    stage.reject(
        f"s.entered_at is not null and not s.site_id = any(%(may)s) and not exists ({SAME_ENTRY})",
        "entered_at",
        NOT_AT_SITE,
        "not_at_site",
    )
    stage.reject("not s.is_eligible", "number", NOT_ELIGIBLE, "not_eligible")
    stage.reject("s.entered_now < s.received_now", "entered_at", BEFORE_RECEIPT, "before_receipt")
    stage.reject("s.entered_now is not null and s.reference_now = ''", "reference", NO_REFERENCE, "no_reference")
    stage.reject("s.entered_now > s.due_now and s.code_now = ''", "late_reason", NO_REASON, "no_reason")
    stage.reject("s.code_now = 'other' and s.reason_now = ''", "late_reason", NO_WORDS, "no_words")


ACQUISITIONS = Kind(
    TARGETS="acquisition",
    into=(
        Into(
            model=Acquisition,
            match="t.exhibit_id = s.exhibit_id and t.site_id = s.site_id and t.rejected_at is null",
            told={
                "received_at": "s.received_at",
                # What was due by the calendar of then is not due by that of now.
                "due_at": "case when t.received_at is distinct from s.received_at then s.due_at end",
                "entered_at": "s.entered_at",
                "entered_by_id": "case when s.entered_at is distinct from t.entered_at and s.entered_at is not null"
                " then %(by)s::bigint end",
                "reference": "nullif(s.reference, '')",
                "operator": "nullif(s.operator, '')",
                "representative": "nullif(s.representative, '')",
                "late_code": "case when s.entered_now > s.due_now then s.code_now end",
                "late_reason": "case when s.entered_now > s.due_now then nullif(s.late_reason, '') end",
            },
            fixed={"exhibit_id": "s.exhibit_id", "site_id": "s.site_id", "received_by_id": "%(by)s::bigint"},
            kept="coalesce(s.kept, '{}')",
            verb="acquisition",
        ),
        Into(
            model=IncidentGrant,
            match="t.content_object_id = s.incident_id and t.group_id = z.group_id"
            " and t.permission_id = %(permission)s",
            joins="join agencies_agency z on z.id = s.site_id"
            " join (select min(row_number) as row_number from import_record group by incident_id, site_id) one"
            " on one.row_number = s.row_number",
            told={},
            fixed={
                "content_object_id": "s.incident_id",
                "group_id": "z.group_id",
                "permission_id": "%(permission)s::int",
            },
            verb="incidentgrant",
        ),
    ),
    key=("exhibit_id", "site_id"),
    named="number",
    found={
        "incident_id": "bigint",
        "exhibit_id": "bigint",
        "owner_id": "bigint",
        "is_eligible": "bool",
        "kept": "text[]",
        "received_now": "timestamptz",
        "due_now": "timestamptz",
        "entered_now": "timestamptz",
        "reference_now": "text",
        "reason_now": "text",
        "code_now": "text",
    },
    derived={
        "case_agency_id": "bigint",
        "site_id": "bigint",
        "case_key": "text",
        "due_at": "timestamptz",
        "code_read": "text",
    },
    derive=derive,
    resolve=resolve,
    hold=(cases.HOLD, cases.HOLD_EXHIBITS),
    values=values,
)
