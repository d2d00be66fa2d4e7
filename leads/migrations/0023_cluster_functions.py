"""What a change of links asks of clusters is one question and one answer. The server keeps the plan of each, which takes
longer to make than to follow, and which may not hang on how many leads there were when it was made.
"""

from django.db import migrations

FUNCTIONS = """
create function leads_links(asked bigint[]) returns table (one bigint, other bigint, how text) language sql stable as $$
  select m.lead_id, e.lead_id, 'exhibit'
    from leads_leadevent m join leads_specimen p on p.event_id = m.id
    join leads_specimen s on s.of_id = p.of_id and s.event_id <> p.event_id
    join leads_leadevent e on e.id = s.event_id and e.withdrawn_at is null and e.lead_id <> m.lead_id
   where m.lead_id = any(asked) and m.withdrawn_at is null
   union select one_id, other_id, 'person' from leads_leadpair where one_id = any(asked) and status = 'joined'
   union select one_id, other_id, 'person' from leads_leadpair where other_id = any(asked) and status = 'joined'
   union select n.lead_id, n.named_id, 'notice' from leads_leadmention n
    join leads_lead l on l.id = n.lead_id and l.events_count > 0 join leads_lead o on o.id = n.named_id and o.events_count > 0
          where n.lead_id = any(asked) and n.withdrawn_at is null
   union select n.lead_id, n.named_id, 'notice' from leads_leadmention n
    join leads_lead l on l.id = n.lead_id and l.events_count > 0 join leads_lead o on o.id = n.named_id and o.events_count > 0
          where n.named_id = any(asked) and n.withdrawn_at is null
$$;

create function leads_name_specimens(asked bigint[]) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  insert into leads_specimen (event_id, exhibit_id, of_id)
  select distinct e.id, x.id, coalesce(x.fired_from_id, x.id)
    from leads_leadevent e join leads_eventname n on n.event_id = e.id and n.exhibit_number <> ''
    join evidence_exhibit x on x.incident_id = e.incident_id
     and upper(regexp_replace(x.number, '[^[:alnum:]]', '', 'g'))
       = upper(regexp_replace(n.exhibit_number, '[^[:alnum:]]', '', 'g'))
   where e.lead_id = any(asked) and e.withdrawn_at is null
      on conflict do nothing;
end $$;

-- Each statement sees what was committed before it began: what stands behind the lock sees what who held it brought.
create function leads_ties(asked bigint[], lock bigint)
returns table (one bigint, other bigint, how text, one_cluster bigint, other_cluster bigint) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  perform leads_name_specimens(asked);
  -- Only where there is anything to tie or to part.
  if not exists (select from leads_leadevent e join leads_specimen s on s.event_id = e.id where e.lead_id = any(asked))
     and not exists (select from leads_leadpair p where p.one_id = any(asked))
     and not exists (select from leads_leadpair p where p.other_id = any(asked))
     and not exists (select from leads_leadmention n where n.lead_id = any(asked))
     and not exists (select from leads_leadmention n where n.named_id = any(asked))
     and not exists (select from leads_clusterlead m where m.lead_id = any(asked)) then
    return;
  end if;
  perform pg_advisory_xact_lock(lock);
  return query
    select l.one, l.other, l.how, a.cluster_id, b.cluster_id from leads_links(asked) l
      left join leads_clusterlead a on a.lead_id = l.one left join leads_clusterlead b on b.lead_id = l.other;
end $$;

-- words: why a lead is in, by an exhibit, a notice and a person.
create function leads_join(there bigint[], singles bigint[], by_exhibit bigint[], by_notice bigint[], whose bigint,
                           moment timestamptz, words text[])
returns table (lead bigint, cluster bigint, center bigint) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare kept bigint := there[1]; others bigint[];
begin
  if kept is null then
    insert into leads_cluster (agency_id, opened_at, changed_at, layout)
    select l.agency_id, moment, moment, '{}' from leads_lead l where l.id = any(singles) order by l.opened_at, l.id
     limit 1 returning id into kept;
  elsif cardinality(there) > 1 then
    select c into kept from unnest(there) c
     order by (select count(*) from leads_clusterlead m where m.cluster_id = c) desc, c limit 1;
  end if;
  others := array_remove(there, kept);
  return query
  with moved as (
    update leads_clusterlead m set cluster_id = kept from leads_clusterlead was
     where m.cluster_id = any(others) and was.lead_id = m.lead_id returning m.lead_id, was.cluster_id),
  added as (
    insert into leads_clusterlead (lead_id, cluster_id) select s, kept from unnest(singles) s returning lead_id),
  clusters as (
    update leads_cluster set changed_at = moment, merged_into_id = nullif(kept, id)
     where id = kept or id = any(others)),
  changes as (
    select lead_id, cluster_id, 'merged' as kind, kept as other, words[3] as why from moved
     union all
    select lead_id, kept, 'joined', null,
           words[case when lead_id = any(by_exhibit) then 1 when lead_id = any(by_notice) then 2 else 3 end]
      from (select lead_id from moved union all select lead_id from added) x),
  written as (
    insert into leads_clusterchange (lead_id, cluster_id, kind, other_id, why, at, by_id)
    select lead_id, cluster_id, kind, other, why, moment, whose from changes order by lead_id, cluster_id
    returning lead_id)
  select w.lead_id, kept, (select c.agency_id from leads_cluster c where c.id = kept) from written w;
end $$;
"""
AWAY = """
drop function leads_join(bigint[], bigint[], bigint[], bigint[], bigint, timestamptz, text[]);
drop function leads_ties(bigint[], bigint);
drop function leads_name_specimens(bigint[]);
drop function leads_links(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0022_mentions")]

    operations = [migrations.RunSQL(FUNCTIONS, AWAY)]
