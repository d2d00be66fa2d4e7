"""Files of court dockets: the cases of a court on incidents that are here, and where each of them stands.

A file that comes again moves what stands otherwise by now; each move stays. What a status means is folded by a table
(`leads/statuswords.py`, `StatusSpelling`): a spelling that nobody knows is kept as it is and waits for a person.
"""

from evidence.imports.findings import ImportProblem
from evidence.loading import cases
from evidence.loading.exhibits import texts
from evidence.loading.records import Into, Kind
from leads import statuswords
from leads.loading_out import export_dockets
from leads.models import Docket, DocketMove

MOST_SPELLINGS = 300
TOO_MANY = (
    "The column chosen for the status holds {many:,} different words. Choose the one that says where a case stands."
)
UNKNOWN = (
    "Nobody has said yet what this status means. The docket is kept with it; say what it means under Court statuses."
)
# A court that writes a case with two digits of the year: the century is put before it where no case has the number.
FIND_CENTURY = """
update import_record s set incident_id = i.id from evidence_incident i
 where s.incident_id is null and s.case_key ~ '^[0-9]{8,38}$'
   and i.agency_id = %(agency)s and i.case_key = '20' || s.case_key
   and exists (select from evidence_incidentgrant g where g.content_object_id = i.id and g.group_id = any(%(groups)s))
"""
SPELLED = """
insert into leads_statusspelling (center_id, key, raw, meaning, seen_at)
select %(center)s, key, raw, meaning, now()
  from unnest(%(keys)s::text[], %(raws)s::text[], %(meanings)s::text[]) n(key, raw, meaning)
    on conflict (center_id, key) do nothing
"""
FIND_SPELLING = """
update import_record s set spelling_id = p.id from leads_statusspelling p
 where p.center_id = %(center)s and p.key = s.status_key
"""
UNSAID = """
select min(s.row_number), s.status from import_record s join leads_statusspelling p on p.id = s.spelling_id
 where p.meaning = '' group by s.status order by 1
"""


def center_of(agency):
    return (agency.center or agency).pk


def derive(run, how):
    """The key of the case and that of the status."""
    case_key = cases.key_of(run, how)
    return lambda values: (case_key(values["case_number"]), statuswords.key(values["status"]))


def resolve(stage):
    stage.execute(cases.FIND)
    stage.execute(FIND_CENTURY)
    agency = stage.run.batch.agency
    stage.reject("s.incident_id is null", "case_number", cases.NO_CASE.format(agency=agency), "no_such")
    found = stage.fetch("select status_key, min(status) from import_record group by 1 order by 1")
    if len(found) > MOST_SPELLINGS:
        raise ImportProblem(TOO_MANY.format(many=len(found)))
    values = {
        "keys": [key for key, _raw in found],
        "raws": [raw for _key, raw in found],
        "meanings": [statuswords.meaning(raw) for _key, raw in found],
    }
    stage.execute(SPELLED, **values)
    stage.execute(FIND_SPELLING)
    for row, raw in stage.fetch(UNSAID):
        stage.tell(row, "status", raw, "review", UNKNOWN, "unknown_status")


STANDS_OTHERWISE = "d.fresh or d.spelling_id is distinct from d.was_spelling_id"
DOCKETS = Kind(
    TARGETS="docket",
    into=(
        Into(
            model=Docket,
            match="t.incident_id = s.incident_id and t.number = s.number",
            told={
                **texts("court", "court_level", "county", "booking", "defendant"),
                "status_raw": "nullif(s.status, '')",
                "spelling_id": "case when s.status <> '' then s.spelling_id end",
                "filed_on": "(s.filed_at at time zone %(clock)s)::date",
            },
            fixed={"incident_id": "s.incident_id", "number": "s.number"},
            otherwise={"spelling_id": "s.spelling_id"},
            fields={"status_raw": "status", "filed_on": "filed_at"},
            verb="docket",
        ),
        Into(
            model=DocketMove,
            match="false",
            joins="join import_docket d on d.row_number = s.row_number",
            when=STANDS_OTHERWISE,
            told={},
            fixed={
                "docket_id": "d.id",
                "spelling_id": "d.spelling_id",
                "status_raw": "d.status_raw",
                "batch_id": "%(batch)s::bigint",
                "moved_at": "now()",
            },
        ),
    ),
    key=("incident_id", "number"),
    named="number",
    found={"incident_id": "bigint", "spelling_id": "bigint"},
    derived={"case_key": "text", "status_key": "text"},
    derive=derive,
    resolve=resolve,
    hold=(cases.HOLD,),
    values=lambda run: cases.sight(run) | {"center": center_of(run.batch.agency)},
    url="incident",
    page_of=lambda made: made.incident_id,
    called=lambda made: f"{made.incident.case_number}: {made.number}",
    called_with=("incident",),
    export=export_dockets,
)
