"""What the database keeps by itself about leads: sort keys on grants, due times on leads, and three promises checked at commit."""

from django.db import migrations

GRANTS = """
create function leads_fill_grant() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from auth_permission where id = new.permission_id and codename = 'view_lead') then
    raise exception 'only sight is granted on one lead: what a person may do comes from their role' using errcode = 'check_violation';
  end if;
  select l.status, l.opened_at, l.due_at into strict new.status, new.opened_at, new.due_at from leads_lead l where l.id = new.content_object_id for share;
  new.due_at := coalesce((select o.due_at from leads_obligation o join agencies_agency a on a.id = o.agency_id
                           where o.lead_id = new.content_object_id and a.group_id = new.group_id), new.due_at);
  return new;
end $$;
create trigger lead_grant_fill before insert on leads_leadgrant for each row when (new.status is null) execute function leads_fill_grant();

create function leads_sync_grants(ids bigint[]) returns void language sql security definer set search_path = public, pg_temp as $$
  update leads_leadgrant p set status = x.status, opened_at = x.opened_at, due_at = x.due_at
    from (select g.id, l.status, l.opened_at, coalesce(o.due_at, l.due_at) as due_at
            from leads_lead l
            join leads_leadgrant g on g.content_object_id = l.id
            left join agencies_agency a on a.group_id = g.group_id
            left join leads_obligation o on o.lead_id = l.id and o.agency_id = a.id
           where l.id = any(ids)) x
   where p.id = x.id and (p.status, p.opened_at, p.due_at) is distinct from (x.status, x.opened_at, x.due_at)
$$;
create function leads_lead_moved() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform leads_sync_grants(array[new.id]);
  return null;
end $$;
create trigger lead_grant_sync after update on leads_lead for each row
  when ((old.status, old.opened_at, old.due_at) is distinct from (new.status, new.opened_at, new.due_at)) execute function leads_lead_moved();

create function leads_obligation_moved() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update leads_lead l set due_at = x.due_at
    from (select coalesce(min(o.due_at), (select opened_at + interval '1 day' from leads_lead where id = new.lead_id)) as due_at
            from leads_obligation o where o.lead_id = new.lead_id) x
   where l.id = new.lead_id and l.due_at is distinct from x.due_at;
  perform leads_sync_grants(array[new.lead_id]);
  return null;
end $$;
create trigger obligation_sent after insert on leads_obligation for each row execute function leads_obligation_moved();
create trigger obligation_moved after update on leads_obligation for each row when (old.due_at is distinct from new.due_at) execute function leads_obligation_moved();
"""

SEARCH = """
create function leads_search_refresh(ids bigint[]) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into leads_leadsearch as s (lead_id, opened_at, doc)
  select l.id, l.opened_at, array_to_tsvector(array(
           select distinct w from (
             select regexp_split_to_table(lower(concat_ws(' ', l.number, l.caliber, e.words)), '[^[:alnum:]]+') as w
             union all select unnest(e.keys)
             union all select '§g' || g.group_id from leads_leadgrant g where g.content_object_id = l.id
             union all select unnest(e.tokens)
             union all select '§s' || l.status
             union all select '§p' || l.priority
             union all select '§c' || (l.confirmed_count = l.events_count and l.events_count > 0)::int
             union all select '§b' || regexp_replace(lower(l.caliber), '[^a-z0-9]', '', 'g')
           ) t where length(w) between 1 and 60))
    from leads_lead l
    cross join lateral (
      select string_agg(concat_ws(' ', case_number, lab_number, exhibit_number, address, offense, replace(kind, '_', ' ')), ' ') as words,
             array_agg(lower(case_key)) as keys,
             array_agg('§k' || kind) || array_agg('§a' || coalesce(agency_id, 0)) as tokens
        from leads_leadevent where lead_id = l.id) e
   where l.id = any(ids)
  on conflict (lead_id) do update set opened_at = excluded.opened_at, doc = excluded.doc where s.doc is distinct from excluded.doc
$$;
create function leads_search_of_lead() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform leads_search_refresh(array[new.id]);
  return null;
end $$;
create trigger lead_search_changed after update on leads_lead for each row
  when ((old.number, old.caliber, old.status, old.priority, old.events_count, old.confirmed_count)
        is distinct from (new.number, new.caliber, new.status, new.priority, new.events_count, new.confirmed_count)) execute function leads_search_of_lead();

create function leads_search_of_rows() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'leads_leadgrant' then
    perform leads_search_refresh(array(select distinct content_object_id from touched));
  else
    perform leads_search_refresh(array(select distinct lead_id from touched));
  end if;
  return null;
end $$;
create trigger lead_search_event_added after insert on leads_leadevent referencing new table as touched for each statement execute function leads_search_of_rows();
create trigger lead_search_event_changed after update on leads_leadevent referencing new table as touched for each statement execute function leads_search_of_rows();
create trigger lead_search_event_gone after delete on leads_leadevent referencing old table as touched for each statement execute function leads_search_of_rows();
create trigger lead_search_granted after insert on leads_leadgrant referencing new table as touched for each statement execute function leads_search_of_rows();
create trigger lead_search_withdrawn after delete on leads_leadgrant referencing old table as touched for each statement execute function leads_search_of_rows();
"""

PROMISES = """
create function leads_two_events() returns trigger language plpgsql as $$
declare which bigint;
begin
  if tg_table_name = 'leads_lead' then
    which := new.id;
  else
    which := old.lead_id;
  end if;
  if (select count(*) from leads_leadevent where lead_id = which) < 2 and exists (select 1 from leads_lead where id = which) then
    raise exception 'a lead links two events or more' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger lead_links_two_events after insert on leads_lead deferrable initially deferred for each row execute function leads_two_events();
create constraint trigger lead_keeps_two_events after delete on leads_leadevent deferrable initially deferred for each row execute function leads_two_events();

create function leads_event_owed() returns trigger language plpgsql as $$
begin
  if exists (select 1 from leads_leadevent e where e.id = new.id and e.agency_id is not null
              and not exists (select 1 from leads_obligation o where o.lead_id = e.lead_id and o.agency_id = e.agency_id)) then
    raise exception 'an agency with an event on a lead owes on it: give it an obligation' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger event_has_obligation after insert or update of agency_id, lead_id on leads_leadevent deferrable initially deferred
  for each row execute function leads_event_owed();
create function leads_obligation_stays() returns trigger language plpgsql as $$
begin
  raise exception 'an obligation is closed or returned, never removed' using errcode = 'integrity_constraint_violation';
end $$;
create trigger obligation_stays before delete on leads_obligation for each row execute function leads_obligation_stays();

create function leads_close_when_done() returns trigger language plpgsql as $$
begin
  if exists (select 1 from leads_obligation o where o.lead_id = new.id and o.state not in ('closed', 'returned'))
     or exists (select 1 from leads_obligation o join leads_leadevent e on e.lead_id = o.lead_id and e.agency_id = o.agency_id
                 where o.lead_id = new.id and o.state = 'returned') then
    raise exception 'a lead closes when every agency has closed its part' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger lead_closes_when_done before update of status on leads_lead for each row when (new.status = 2) execute function leads_close_when_done();

create trigger escalation_append_only before update or delete on leads_escalation for each row execute function agencies_append_only();
create trigger activity_append_only before update or delete on leads_activity for each row execute function agencies_append_only();
"""

BACKWARD = """
drop trigger activity_append_only on leads_activity;
drop trigger escalation_append_only on leads_escalation;
drop function leads_close_when_done() cascade;
drop function leads_obligation_stays() cascade;
drop function leads_event_owed() cascade;
drop function leads_two_events() cascade;
drop function leads_search_of_rows() cascade;
drop function leads_search_of_lead() cascade;
drop function leads_search_refresh(bigint[]);
drop function leads_obligation_moved() cascade;
drop function leads_lead_moved() cascade;
drop function leads_sync_grants(bigint[]);
drop function leads_fill_grant() cascade;
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial"), ("evidence", "0002_triggers")]
    operations = [migrations.RunSQL([GRANTS, SEARCH, PROMISES], BACKWARD)]
