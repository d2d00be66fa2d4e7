"""How the rows of a file name cases and exhibits. What somebody may not see is not there, in the same words and by the
same statement.
"""

from agencies import access
from agencies.roles import Permission
from evidence import keys

NO_CASE = "Case number names no case of {agency} that is here. Correct it, or load the incidents first."
LONG = "Case number is longer than 40 letters and digits. Compare it with the report."
FIND = """
update import_record s set incident_id = i.id from evidence_incident i
 where i.agency_id = %(agency)s and i.case_key = s.case_key
   and exists (select from evidence_incidentgrant g where g.content_object_id = i.id and g.group_id = any(%(groups)s))
"""
# Who adds to one of these cases, or corrects it, waits until the file is loaded.
HOLD = """
select count(*) from (select from evidence_incident where id in (select incident_id from import_record)
  order by id for no key update) held
"""
HOLD_EXHIBITS = """
select count(*) from (
  select from evidence_exhibit e where e.incident_id in (select incident_id from import_record)
   order by e.id for no key update) held
"""


def key_of(run, how):
    """A function from a number as the file has it to the key of a case of the file's agency."""
    hyphens, keep_last = keys.hyphens_count(run.batch.agency_id) or how.hyphens_count, how.key_keep_last
    return lambda number: keys.as_in_file(number, hyphens, keep_last)


def sight(run):
    """Parameters of SQL that asks for what a person sees; the system sees what the file's agency does."""
    agency = run.batch.agency
    if run.by.is_system:
        return {"groups": sorted({each.group_id for each in (agency, agency.center) if each})}
    return {"groups": access.groups_with(run.by, Permission.INCIDENT_VIEW)}


def find(stage):
    """Find the cases of the rows among those of the file's agency."""
    stage.execute(FIND)
    stage.reject("s.incident_id is null", "case_number", NO_CASE.format(agency=stage.run.batch.agency), "no_such")
