"""How notices gave an event is kept apart from what is said of it since: the same notice finds its event again."""

import re
from datetime import UTC
from hashlib import sha256
from itertools import islice

import django.db.models.deletion
from django.db import migrations, models

KEY = 40
BATCH = 1000
NOT_GIVEN = "not given"

# Of an event that an agency returned it is not known for whom its notice meant it: the text of the notice tells.
# One without numbers that was matched has the time and place of its incident now: of its name only the evidence is left.
FILL = """
insert into leads_eventname (event_id, agency_id, agency_text, ori, case_number, key, lab_number, exhibit_number)
select id, case when agency_text = '' then agency_id end, agency_text, '',
       case when case_number = 'not given' then '' else case_number end,
       case when case_number <> 'not given' then case_key when lab_number <> '' then left('?' || lab_number, 40) else '' end,
       lab_number, exhibit_number
  from leads_leadevent
 where not (case_number = 'not given' and lab_number = '' and case_key like '?%') order by id
"""

# Where an event was given by its ORI alone no text tells: it may have been meant for any agency that routed on what it
# had on the lead, or has nothing there any more.
MOVED = """
insert into leads_eventname (event_id, agency_id, agency_text, ori, case_number, key, lab_number, exhibit_number)
select n.event_id, o.agency_id, '', '', n.case_number, n.key, n.lab_number, n.exhibit_number
  from leads_eventname n
  join leads_leadevent e on e.id = n.event_id
  join leads_obligation o on o.lead_id = e.lead_id and o.agency_id <> n.agency_id
 where n.agency_text = ''
   and (exists (select from agencies_auditevent a where a.object_type = 'leads.obligation' and a.object_id = o.id
                   and a.verb = 'obligation.rerouted')
        or not exists (select from leads_leadevent x where x.lead_id = e.lead_id and x.agency_id = o.agency_id))
 order by n.id
"""

GUARD = """
create function leads_event_named_once() returns trigger language plpgsql as $$
begin
  raise exception 'how a notice named an event is written once' using errcode = 'integrity_constraint_violation';
end $$;
create trigger event_name_stays
  before delete or update of agency_id, agency_text, ori, case_number, key, lab_number, exhibit_number on leads_eventname
  for each row execute function leads_event_named_once();
"""
UNGUARD = "drop function leads_event_named_once() cascade;"


def _plain(text):
    return "".join(character for character in text.casefold() if character.isalnum())


def _key_without_numbers(event):
    at = event.occurred_at.astimezone(UTC).isoformat() if event.occurred_at else ""
    told = "|".join((_plain(event.exhibit_number), at, _plain(event.address)))
    return f"?{sha256(told.encode()).hexdigest()[:24]}"


def name_those_without_numbers(apps, schema_editor):
    """Of these only what was found, when and where tells; till now it was their row in the file. They are written as
    they are: the indexes of a table that is made here come last, so each row to be changed would be looked for in all.
    """
    kept = apps.get_model("leads", "EventName")
    events = apps.get_model("leads", "LeadEvent").objects
    events = events.filter(case_number=NOT_GIVEN, lab_number="", case_key__startswith="?").order_by("pk").iterator()
    names = (
        kept(
            event_id=event.pk,
            agency_id=None if event.agency_text else event.agency_id,
            agency_text=event.agency_text,
            key=_key_without_numbers(event),
            exhibit_number=event.exhibit_number,
        )
        for event in events
    )
    while batch := list(islice(names, BATCH)):
        kept.objects.bulk_create(batch)


def name_those_merged(apps, schema_editor):
    """Of events that turned out to be doubles only the log still knows how they were named, and of one given by its ORI
    alone not for whom: for one of those who owe on its lead.
    """
    log, kept = apps.get_model("agencies", "AuditEvent").objects, apps.get_model("leads", "EventName").objects
    merged = list(log.filter(object_type="leads.leadevent", verb="event.merged").order_by("id"))
    into = {each.data["event"]: each.object_id for each in merged}
    events, parts = apps.get_model("leads", "LeadEvent").objects, apps.get_model("leads", "Obligation").objects
    for each in merged:
        event, told = each.object_id, each.data
        while event in into:
            event = into[event]
        stays = events.filter(pk=event).first()
        if stays is None:
            continue
        number = told["case_number"].removeprefix(NOT_GIVEN)
        key = _case_key(number) or (told["lab_number"] and f"?{told['lab_number']}")
        same = {name: told[name] for name in ("agency_text", "lab_number", "exhibit_number")}
        meant = [None] if same["agency_text"] else parts.filter(lead=stays.lead_id).values_list("agency", flat=True)
        for agency in meant:
            kept.create(event_id=event, agency_id=agency, case_number=number, key=key[:KEY], **same)


def _case_key(number):
    key = re.sub(r"[^A-Z0-9]+", "", number.upper())
    return (key.lstrip("0") or key) if key.isdecimal() else key


class Migration(migrations.Migration):
    dependencies = [("leads", "0004_activity_time"), ("agencies", "0002_audit_chain")]

    operations = [
        migrations.CreateModel(
            name="EventName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agency_text", models.CharField(blank=True, max_length=120)),
                ("ori", models.CharField(blank=True, max_length=20)),
                ("case_number", models.CharField(blank=True, max_length=40)),
                (
                    "key",
                    models.CharField(
                        blank=True,
                        help_text="What tells it from others of its agency: case, else laboratory number, else what, when, where.",
                        max_length=40,
                    ),
                ),
                ("lab_number", models.CharField(blank=True, max_length=40)),
                ("exhibit_number", models.CharField(blank=True, max_length=40)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The agency that was understood then.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="names", to="leads.leadevent"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunPython(name_those_without_numbers, migrations.RunPython.noop),
        migrations.RunPython(name_those_merged, migrations.RunPython.noop),
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
