"""The statements of the stage: how rows of a file become incidents and victims, and what of them is written."""

from evidence.imports.incidents import COLUMNS
from evidence.loading import changes
from evidence.loading.blanks import same
from evidence.models import Incident, IncidentGrant, Victim

NO_LOCATION = "No location"
ENDS_IN_ZERO = "Case number ends in 0 and was stored as a number: compare it with the report"
SAME_NUMBER = "Another case may have the same number: compare the two"
# One in ten whole numbers ends in 0 as well, so such a row is loaded and marked; the other doubts are kept back.
LOADED = "('', 'ends_in_zero')"
# Longer texts are cut to what the record keeps, and the cell is named.
WIDTHS = {"offense_code": 8, "offense_text": 200, "address": 200, "district": 40, "victim_wound": 80}

# A case that stands in more rows than any event has people hit: another column was taken for its number.
CROWDED = """
select min(case_number), count(*), min(row_number) from import_stage
 group by case_key having count(*) > 2000 order by 3 limit 1
"""

# Rows of a case beside its first one (f), and whether they say the same.
SAID = ", ".join(f"{{0}}.{name}" for name in COLUMNS if name not in ("row_number", "case_number", "source_id"))
SAYS_SAME = f"(({SAID.format('s')})::text = ({SAID.format('f')})::text)"
DOUBLED = f"""
with k as (select case_key, min(row_number) as first from import_stage where key_doubt in {LOADED}
            group by case_key having count(*) > 1)
select s.row_number, s.case_number, k.first, {SAYS_SAME}, count(*) over (),
       count(*) filter (where {SAYS_SAME}) over ()
  from k join import_stage s using (case_key) join import_stage f on f.row_number = k.first
 where s.row_number <> k.first and s.key_doubt in {LOADED} order by 1 limit %(limit)s
"""

# What one row says of an incident (s, p: the first row of the case, the first with a point) and what is here (i).
MERGED = {
    "kind": "case when (%(kinds)s::text[])[g.rank] = 'other' and i.id is not null then i.kind"
    " else (%(kinds)s::text[])[g.rank] end",
    "occurred_at": "case when not s.time_known and (i.time_known or (i.occurred_at at time zone %(zone)s)::date"
    " = (s.occurred_at at time zone %(zone)s)::date) then i.occurred_at else s.occurred_at end",
    "time_known": "s.time_known or coalesce(i.time_known, false)",
    "offense_code": "coalesce(nullif(left(s.offense_code, 8), ''), i.offense_code, '')",
    "offense": "coalesce(nullif(left(s.offense_text, 200), ''), i.offense, '')",
    "address": "coalesce(nullif(left(s.address, 200), ''), i.address, '')",
    "district": "coalesce(nullif(left(s.district, 40), ''), i.district, '')",
    "lat": "case when p.lat is null then i.lat else p.lat end",
    "lng": "case when p.lat is null then i.lng else p.lng end",
    "narrative": "coalesce(nullif(s.narrative, ''), i.narrative, '')",
}
# What a person set right stays, whatever a file says: `corrected` names it.
# So does what differs by blanks alone, such as a narrative of several lines.
TEXTS = ("offense", "address", "district", "narrative")
FIELDS = ",\n         ".join(
    f"case when '{name}' = any(i.kept) {same(f'i.{name}', told) if name in TEXTS else ''}"
    f" then i.{name} else {told} end as {name}"
    for name, told in MERGED.items()
)

# The incidents under the keys that they have once hyphens count: a dry run compares with them and renames nothing.
HERE = """(
  select e.*, coalesce(k.key, e.case_key) as key_now, string_to_array(e.corrected, ',') as kept
    from evidence_incident e left join import_key k on k.id = e.id where e.agency_id = %(agency)s)"""

# Of several rows of one case the gravest names the event; `kinds` has them in order, "other" last.
GROUP = f"""
create temp table import_incident on commit drop as
with g as (
  select case_key, min(row_number) as first, min(row_number) filter (where lat is not null) as located,
         min(array_position(%(kinds)s::text[], event_type)) as rank, count(*) as rows, max(victims) as victims,
         bool_and(key_doubt <> '') as doubtful
    from import_stage where key_doubt in {LOADED} group by case_key),
merged as (
  select i.id, g.case_key, g.first, s.case_number, (%(kinds)s::text[])[g.rank] as told_kind,
         {FIELDS},
         greatest(coalesce(i.victims_count, 0),
                  least(case when %(row_is_victim)s then g.rows else coalesce(g.victims, 0) end, 32767)
                 ) as victims_count,
         coalesce(i.review, '') as old_review, g.doubtful, i.kept, g.located, p.lat as told_lat, p.lng as told_lng
    from g
    join import_stage s on s.row_number = g.first
    left join import_stage p on p.row_number = g.located
    left join {HERE} i on i.key_now = g.case_key),
reviewed as (
  select m.*, case when 'review' = any(m.kept) then m.old_review
                   when m.doubtful and (m.id is null or m.old_review = %(ends_in_zero)s) then %(ends_in_zero)s
                   when m.lat is null and %(has_point)s and (m.id is null or m.old_review = %(ends_in_zero)s)
                     then %(no_location)s
                   when m.old_review = %(ends_in_zero)s
                     or (m.lat is not null and m.old_review = %(no_location)s) then ''
                   else m.old_review end as review
    from merged m)
select r.*, case when i.id is null then 'new'
   when (r.kind, r.occurred_at, r.time_known, r.offense_code, r.offense, r.address, r.district, r.lat, r.lng,
         r.narrative, r.victims_count, r.review)
        is distinct from
        (i.kind, i.occurred_at, i.time_known, i.offense_code, i.offense, i.address, i.district, i.lat, i.lng,
         i.narrative, i.victims_count, i.review)
   then 'updated' else 'unchanged' end as state
  from reviewed r left join evidence_incident i on i.id = r.id
"""

# A person has no number in these files: of one incident, the same sex and age in the same order is the same person, who
# is left on either side is paired in order, and only who is still left is added. Each step is a table of its own with
# its statistics: as one statement the planner, which cannot know what is inside, compares every row with every row.
PAIR = {
    "import_person": f"""
select m.id as incident_id, s.case_key, s.row_number, coalesce(nullif(s.victim_sex, ''), 'U') as sex,
       s.victim_age as age, s.victim_fatal as died, left(s.victim_wound, 80) as wound,
       row_number() over (partition by s.case_key, coalesce(nullif(s.victim_sex, ''), 'U'), s.victim_age
                          order by s.row_number) as nth
  from import_stage s join import_incident m on m.case_key = s.case_key where s.key_doubt in {LOADED}
""",
    "import_here": """
select v.*, row_number() over (partition by v.incident_id, v.sex, v.age order by v.position) as nth
  from evidence_victim v where v.incident_id in (select id from import_incident where id is not null)
""",
    "import_same": """
select n.row_number, h.id as victim_id
  from import_person n
  join import_here h on h.incident_id = n.incident_id and h.sex = n.sex and h.nth = n.nth
   and coalesce(h.age, -1) = coalesce(n.age, -1)
""",
    "import_pair": """
with left_of_file as (
  select n.row_number, n.incident_id, row_number() over (partition by n.incident_id order by n.row_number) as nth
    from import_person n left join import_same s on s.row_number = n.row_number
   where n.incident_id is not null and s.row_number is null),
left_here as (
  select h.id, h.incident_id, row_number() over (partition by h.incident_id order by h.position) as nth
    from import_here h left join import_same s on s.victim_id = h.id where s.victim_id is null)
select row_number, victim_id from import_same
union all
select f.row_number, h.id from left_of_file f join left_here h on h.incident_id = f.incident_id and h.nth = f.nth
""",
    "import_victim": """
select n.incident_id, n.case_key, p.victim_id,
       case when p.victim_id is null then coalesce(last.position, 0)
            + row_number() over (partition by n.case_key, p.victim_id is null order by n.row_number) end as position,
       case when n.sex = 'U' then coalesce(h.sex, 'U') else n.sex end as sex, coalesce(n.age, h.age) as age,
       coalesce(n.died, h.died) as died, coalesce(nullif(n.wound, ''), h.wound, '') as wound
  from import_person n
  left join import_pair p on p.row_number = n.row_number
  left join import_here h on h.id = p.victim_id
  left join (select incident_id, max(position) as position from import_here group by incident_id) last
         on last.incident_id = n.incident_id
""",
}

VICTIMS_CHANGED = """
delete from import_victim v using evidence_victim h
 where h.id = v.victim_id and (h.sex, h.age, h.died, h.wound) is not distinct from (v.sex, v.age, v.died, v.wound);
update import_incident m set state = 'updated'
  from import_victim v where v.case_key = m.case_key and m.state = 'unchanged'
"""

REFUSE_LONG_NUMBERS = """
delete from import_stage where length(case_number) > 40 or length(case_key) > 40
returning row_number, 'case_number', case_number
"""

# Who corrects one of these incidents waits until the file is written, so that the two never undo each other.
HOLD = """
select count(*) from (
  select from evidence_incident where agency_id = %(agency)s and case_key in (select case_key from import_stage)
   order by id for no key update) held
"""

# The rows of the file that say otherwise than a person who corrected their incident: (row, field, what the file says).
KEPT = """
select case when f.name = 'point' then m.located else m.first end, f.name, f.told
  from import_incident m join evidence_incident i on i.id = m.id
  join import_stage s on s.row_number = m.first
  cross join lateral (values
    ('event_type', 'kind', nullif(m.told_kind, 'other'), i.kind),
    ('occurred_at', 'occurred_at', s.occurred_at::text, i.occurred_at::text),
    ('offense_code', 'offense_code', left(s.offense_code, 8), i.offense_code),
    ('offense_text', 'offense', left(s.offense_text, 200), i.offense),
    ('address', 'address', left(s.address, 200), i.address),
    ('district', 'district', left(s.district, 40), i.district),
    ('point', 'lat', m.told_lat || ', ' || m.told_lng, coalesce(i.lat || ', ' || i.lng, '')),
    ('narrative', 'narrative', s.narrative, i.narrative)) f(name, kept, told, here)
 where i.corrected <> '' and f.kept = any(string_to_array(i.corrected, ',')) and f.told <> '' and f.told <> f.here
 order by 1 limit %(limit)s
"""

CHANGED = (*MERGED, "victims_count", "review", "updated_at")
# What a person records while the file is compared is here when it is written: then what the file leaves empty stays.
# What it was before the file is not known any more after, so it is noted in a way that no undoing accepts.
WRITE_INCIDENTS = f"""
with o as (select i.* from evidence_incident i join import_incident m on m.id = i.id where m.state = 'updated'),
w as (
  insert into evidence_incident as i
    (agency_id, case_number, case_key, kind, occurred_at, time_known, offense_code, offense, address, district, lat,
     lng, narrative, victims_count, review, batch_id, created_by_id, created_at, updated_at)
  select %(agency)s, case_number, case_key, kind, occurred_at, time_known, offense_code, offense, address, district,
         lat, lng, narrative, victims_count, review, %(batch)s, %(by)s, now(), now()
    from import_incident where state <> 'unchanged' order by first
  on conflict (agency_id, case_key) do update set
    kind = case when excluded.kind = 'other' then i.kind else excluded.kind end,
    occurred_at = case when i.time_known and not excluded.time_known then i.occurred_at else excluded.occurred_at end,
    time_known = excluded.time_known or i.time_known,
    offense_code = coalesce(nullif(excluded.offense_code, ''), i.offense_code),
    offense = coalesce(nullif(excluded.offense, ''), i.offense),
    address = coalesce(nullif(excluded.address, ''), i.address),
    district = coalesce(nullif(excluded.district, ''), i.district),
    lat = case when excluded.lat is null then i.lat else excluded.lat end,
    lng = case when excluded.lat is null then i.lng else excluded.lng end,
    narrative = coalesce(nullif(excluded.narrative, ''), i.narrative),
    victims_count = greatest(excluded.victims_count, i.victims_count), review = excluded.review, updated_at = now()
  returning i.*, i.xmax = 0 as fresh),
f as (insert into import_written select w.id, w.case_key, w.fresh, m.first
        from w join import_incident m using (case_key) returning id, first as row_number),
n as (select w.id, f.row_number, {changes.digest("w", changes.every(Incident))} as digest
        from w join f on f.id = w.id where w.fresh),
u as (select w.id, f.row_number, case when o.id is null then 0 else {changes.digest("w", CHANGED)} end as digest,
             case when o.id is null then jsonb_build_object('id', w.id) else {changes.image("o", CHANGED)} end as was
        from w join f on f.id = w.id left join o on o.id = w.id where not w.fresh),
d as (select * from n),
a as ({changes.note("evidence_incident", changes.every(Incident), is_new=True)})
{changes.note("evidence_incident", CHANGED).replace("from d) n", "from u d) n")}
"""

# The copies are given, so the trigger that would fetch them row by row has nothing to do.
WRITE_GRANTS = f"""
with w as (insert into evidence_incidentgrant (permission_id, group_id, content_object_id, occurred_at, kind)
select %(permission)s, g.id, w.id, m.occurred_at, m.kind
  from import_written w join import_incident m on m.case_key = w.case_key cross join unnest(%(groups)s::int[]) g(id)
 where w.fresh order by w.id returning *),
d as (select w.id, f.first as row_number, {changes.digest("w", changes.every(IncidentGrant))} as digest
        from w join import_written f on f.id = w.content_object_id)
{changes.note("evidence_incidentgrant", changes.every(IncidentGrant), is_new=True)}
"""

WRITE_VICTIMS = f"""
with w as (insert into evidence_victim (incident_id, position, sex, age, died, wound)
select coalesce(v.incident_id, w.id), v.position, v.sex, v.age, v.died, v.wound
  from import_victim v left join import_written w on w.case_key = v.case_key
 where v.victim_id is null and (v.incident_id is not null or w.fresh) order by 1, 2 returning *),
d as (select w.id, m.first as row_number, {changes.digest("w", changes.every(Victim))} as digest
        from w join import_written m on m.id = w.incident_id)
{changes.note("evidence_victim", changes.every(Victim), is_new=True)}
"""

TOLD_OF_VICTIMS = ("sex", "age", "died", "wound")
CHANGE_VICTIMS = f"""
with o as (select h.* from evidence_victim h join import_victim v on h.id = v.victim_id),
w as (update evidence_victim h set sex = v.sex, age = v.age, died = v.died, wound = v.wound
  from import_victim v where h.id = v.victim_id returning h.*),
d as (select w.id, m.first as row_number, {changes.digest("w", TOLD_OF_VICTIMS)} as digest,
             {changes.image("o", TOLD_OF_VICTIMS)} as was
        from w join o on o.id = w.id join import_incident m on m.id = w.incident_id)
{changes.note("evidence_victim", TOLD_OF_VICTIMS)}
"""
