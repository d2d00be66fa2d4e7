"""The statements of the stage about numbers: hyphens that count, and cases whose number a person replaced."""

from evidence.loading import changes
from evidence.loading.stage_sql import HERE, LOADED
from evidence.models import HyphenRule

SET_RULE = f"""
with w as (insert into evidence_hyphenrule (agency_id, batch_id, set_at) values (%(agency)s, %(batch)s, now())
  returning *),
d as (select id, 1 as row_number, {changes.digest("w", changes.every(HyphenRule))} as digest from w)
{changes.note("evidence_hyphenrule", changes.every(HyphenRule), is_new=True)}
"""

# Numbers of the file under a key that a case here, or another row, writes otherwise.
WRITTEN_OTHERWISE = f"""
with told as (
  select case_key, case_number, min(row_number) as row from import_stage
   where key_doubt in {LOADED} and case_number ~ '[0-9][^A-Za-z0-9]+[0-9]' group by 1, 2),
written as (
  select case_key, case_number, row, 0 as keep_last from told
  union all
  select i.case_key, i.case_number, null, (b.mapping->>'key_keep_last')::int
    from evidence_incident i left join evidence_importbatch b on b.id = i.batch_id
   where i.agency_id = %(agency)s and i.case_number ~ '[0-9][^A-Za-z0-9]+[0-9]'
     and i.case_key in (select case_key from told))
select row, case_number, case_key, keep_last from written
 where case_key in (select case_key from written group by case_key having count(distinct case_number) > 1)
 order by case_key, row nulls last
"""

GIVE_KEYS = """
update import_stage s set case_key = v.key from unnest(%(numbers)s::text[], %(keys)s::text[]) v(number, key)
 where s.case_number = v.number
"""

# A key that another case has already stays with it: two cases never become one by this.
REKEY = """
insert into import_key
select distinct on (v.key) v.id, v.key from unnest(%(ids)s::bigint[], %(keys)s::text[]) v(id, key)
 where not exists (select from evidence_incident o where o.agency_id = %(agency)s and o.case_key = v.key)
 order by v.key, v.id
"""

RENAME = f"""
with o as (select i.* from evidence_incident i join import_key k on k.id = i.id),
w as (update evidence_incident i set case_key = k.key from import_key k where i.id = k.id returning i.*),
d as (select w.id, 1 as row_number, {changes.digest("w", ["case_key"])} as digest,
             {changes.image("o", ["case_key"])} as was from w join o on o.id = w.id)
{changes.note("evidence_incident", ["case_key"])};
truncate import_key
"""

# Where hyphens count, a number without any may still be one that has them: the new case says so.
SAME_BUT_HYPHENS = f"""
create temp table import_double on commit drop as
with fresh as (
  select first, case_number, case_key, ltrim(replace(case_key, '-', ''), '0') as bare
    from import_incident where id is null),
other as (
  select case_number, key_now as case_key, ltrim(replace(key_now, '-', ''), '0') as bare from {HERE} h
  union all select case_number, case_key, bare from fresh)
select f.case_key, f.first, f.case_number, min(o.case_number) as other
  from fresh f
  join other o on o.bare = f.bare and (o.case_key like '%%-%%') <> (f.case_key like '%%-%%')
 group by 1, 2, 3
"""

MARK_DOUBLES = """
update import_incident m set review = %(review)s from import_double d where d.case_key = m.case_key and m.id is null;
select first, case_number, other from import_double order by 1 limit %(limit)s
"""

# Who corrects one of the incidents whose number a person replaced waits, too: who was waited for may just have done so.
HOLD_FORMER = """
select count(*) from (
  select from evidence_incident where id in (
    select n.incident_id from unnest(%(ids)s::bigint[], %(keys)s::text[]) v(id, key)
      join evidence_formernumber n on n.id = v.id where v.key in (select case_key from import_stage))
   order by id for no key update) held
"""

# Whether a row is plainly an event as a record has it: the moment to the second, or the day and the address where the
# hour is not known.
SAME_EVENT = """coalesce(
  case when t.time_known and {0}.time_known then t.occurred_at = {0}.occurred_at
       else t.address <> '' and upper(trim(t.address)) = upper(trim({0}.address))
        and (t.occurred_at at time zone %(zone)s)::date = ({0}.occurred_at at time zone %(zone)s)::date end, false)"""

# A file that still has a number which a person replaced. Two cases in one record are worse than one case in two, so the
# rows are taken for the renumbered incident only when they are plainly that event (the very file that brought it under
# this number, or the same event), and nothing else could be meant: no other incident that had this number, no other
# number of the file, and not the case that has the number now. The rows are plainly that case's when the very file
# brought it as it is numbered, or when they are its event and not that of who had the number before. Where a case has
# the number now and the rows are plainly neither's, or both's, nobody can tell: they are kept back.
FORMER = f"""
create temp table import_former on commit drop as
with f as (
  select n.*, v.key, min(n.id) over (partition by n.incident_id) = n.id as is_first
    from unnest(%(ids)s::bigint[], %(keys)s::text[]) v(id, key)
    join evidence_formernumber n on n.id = v.id),
told as (
  select distinct on (case_key) * from import_stage
   where key_doubt in {LOADED} and case_key in (select key from f) order by case_key, row_number),
brought as (
  select b.id from evidence_importbatch b join evidence_storedfile o on o.id = b.file_id where o.sha256 = %(sha256)s),
pair as (
  select distinct on (t.case_key, i.id)
         t.case_key, t.row_number, t.case_number, i.id as incident_id, i.key_now, i.case_number as here,
         h.id is not null as is_held,
         coalesce(h.batch_id in (select id from brought), false) and not 'case_number' = any(h.kept) as is_holders,
         {SAME_EVENT.format("h")} as fits_holder,
         coalesce(f.is_first and i.batch_id in (select id from brought), false) or {SAME_EVENT.format("f")} as fits
    from told t
    join f on f.key = t.case_key
    join {HERE} i on i.id = f.incident_id and i.key_now <> t.case_key
    left join {HERE} h on h.key_now = t.case_key
   order by t.case_key, i.id, fits desc),
-- Rows that the file has under the present number of an incident are that incident's, unless they are to leave it.
own as (
  select distinct s.case_key from import_stage s
   where s.key_doubt in {LOADED} and s.case_key in (select key_now from pair)
     and not exists (select from pair p where p.case_key = s.case_key and not p.is_holders and not p.fits_holder)),
same as (
  select p.*, p.fits and not exists (select from own where own.case_key = p.key_now) as same from pair p),
alone as (
  select *, bool_or(same) over (partition by case_key) as any_same,
         same and count(*) filter (where same) over (partition by case_key) = 1
              and count(*) filter (where same) over (partition by incident_id) = 1 as alone
    from same),
taken as (select *, alone and not is_holders and not coalesce(fits_holder, false) as is_taken from alone)
select row_number, case_number, case_key, here, key_now,
       case when is_taken then 'taken'
            when bool_or(is_taken) over (partition by case_key) then 'other'
            when not is_held then 'new'
            when is_holders or (fits_holder and not any_same) then 'other'
            else 'kept back' end as verdict
  from taken
"""

TAKE_FORMER = """
update import_stage s
   set case_key = case f.verdict when 'taken' then f.key_now else s.case_key end,
       key_doubt = case f.verdict when 'taken' then s.key_doubt else 'two_cases' end
  from import_former f where f.case_key = s.case_key and f.verdict in ('taken', 'kept back');
select row_number, case_number, here, verdict from import_former where verdict <> 'other' order by 1, 3 limit %(limit)s
"""
