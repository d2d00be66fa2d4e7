"""What the people list and its log promise: an entry is never deleted and what is purged stays so; who got what stays."""

from django.db import migrations

KEPT = """
create function leads_listed_stands() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'an entry of the list is purged, not deleted' using errcode = 'check_violation';
  end if;
  if old.status = 'purged' then
    raise exception 'what was purged does not change' using errcode = 'check_violation';
  end if;
  if new.status = 'purged' and old.held_at is not null then
    raise exception 'an order of a court keeps this entry' using errcode = 'check_violation';
  end if;
  if (new.agency_id, new.entered_on, new.submitter_id, new.proposed_by_id, new.proposed_at)
     is distinct from (old.agency_id, old.entered_on, old.submitter_id, old.proposed_by_id, old.proposed_at)
     or new.validated_on < old.validated_on or new.reviewed_on < old.reviewed_on
     or (new.person_id is distinct from old.person_id and new.status <> 'purged') then
    raise exception 'who was entered when and by whom does not change' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger listed_stands before update or delete on leads_listedperson
  for each row execute function leads_listed_stands();

create function leads_listed_log_stays() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  purged boolean;
begin
  select l.status = 'purged' into purged from leads_listedperson l where l.id = old.listed_id;
  if tg_table_name = 'leads_listedfact' then
    if tg_op = 'DELETE' and purged then
      return old;
    end if;
    if tg_op = 'UPDATE' and old.withdrawn_at is null and not purged
       and (new.listed_id, new.factor, new."on", new.source, new.recorded_at, new.recorded_by_id)
         = (old.listed_id, old.factor, old."on", old.source, old.recorded_at, old.recorded_by_id) then
      return new;
    end if;
  elsif tg_op = 'UPDATE' and purged and new.reason = ''
     and (new.id, new.listed_id, new.how, new.agency_id, new.person_id, new."right", new.at, new.by_id)
       = (old.id, old.listed_id, old.how, old.agency_id, old.person_id, old."right", old.at, old.by_id) then
    return new;
  end if;
  raise exception 'what is on record of an entry stays until it is purged' using errcode = 'check_violation';
end $$;
create trigger listed_fact_stays before update or delete on leads_listedfact
  for each row execute function leads_listed_log_stays();
create trigger dissemination_stays before update or delete on leads_dissemination
  for each row execute function leads_listed_log_stays();
"""
BACK = """
drop trigger listed_stands on leads_listedperson; drop function leads_listed_stands();
drop trigger listed_fact_stays on leads_listedfact; drop trigger dissemination_stays on leads_dissemination;
drop function leads_listed_log_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0018_people_list")]

    operations = [migrations.RunSQL(KEPT, BACK)]
