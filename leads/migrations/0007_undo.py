"""Events of a lead can be withdrawn: they stay on record, and count nowhere any more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from agencies.migrating import AtOnce

BEFORE = """
create or replace function leads_search_refresh(ids bigint[]) returns void language sql security definer set search_path = public, pg_temp as $$
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
create or replace function leads_close_when_done() returns trigger language plpgsql as $$
begin
  if exists (select 1 from leads_obligation o where o.lead_id = new.id and o.state not in ('closed', 'returned'))
     or exists (select 1 from leads_obligation o join leads_leadevent e on e.lead_id = o.lead_id and e.agency_id = o.agency_id
                 where o.lead_id = new.id and o.state = 'returned') then
    raise exception 'a lead closes when every agency has closed its part' using errcode = 'check_violation';
  end if;
  return new;
end $$;
"""
# The same functions, which now pass over what was withdrawn.
AFTER = BEFORE.replace("where lead_id = l.id) e", "where lead_id = l.id and withdrawn_at is null) e").replace(
    "and e.agency_id = o.agency_id\n", "and e.agency_id = o.agency_id\n                  and e.withdrawn_at is null\n"
)


class Migration(migrations.Migration):
    dependencies = [("leads", "0006_asked"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        # None of these needs the states between: drawn once instead of once each, they take half the time.
        AtOnce([
            migrations.AddField("leadevent", "withdrawn_at", models.DateTimeField(null=True)),
            migrations.AddField(
                "leadevent",
                "withdrawn_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddConstraint(
                "leadevent",
                models.CheckConstraint(
                    condition=Q(withdrawn_at=None, withdrawn_by=None)
                    | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                    name="lead_event_withdrawn_at_and_by",
                ),
            ),
            migrations.RemoveConstraint("leadevent", "lead_event_once"),
            migrations.RemoveConstraint("leadevent", "lead_incident_once"),
            migrations.AddConstraint(
                "leadevent",
                models.UniqueConstraint(
                    fields=["lead", "agency", "case_key"],
                    condition=Q(withdrawn_at=None),
                    nulls_distinct=False,
                    name="lead_event_once",
                ),
            ),
            migrations.AddConstraint(
                "leadevent",
                models.UniqueConstraint(
                    fields=["lead", "incident"],
                    condition=Q(incident__isnull=False, withdrawn_at=None),
                    name="lead_incident_once",
                ),
            ),
            migrations.AlterField(
                "obligation",
                "return_reason",
                models.CharField(
                    blank=True,
                    choices=[
                        ("wrong_agency", "Not our case"),
                        ("no_such_case", "We have no such case number"),
                        ("other_jurisdiction", "Another agency has jurisdiction"),
                        ("duplicate", "We hold this already under another lead"),
                        ("withdrawn", "The notice was withdrawn"),
                    ],
                    max_length=20,
                ),
            ),
        ]),
        migrations.RunSQL(AFTER, BEFORE),
    ]
