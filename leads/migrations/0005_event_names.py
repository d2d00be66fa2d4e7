"""How notices gave an event is kept apart from what is said of it since: the same notice finds its event again."""

import re
from datetime import UTC
from hashlib import sha256

import django.db.models.deletion
from django.db import migrations, models

KEY = 40
NOT_GIVEN = "not given"

# Of an event that an agency returned it is not known for whom its notice meant it: the text of the notice tells.
FILL = """
insert into leads_eventname (event_id, agency_id, agency_text, case_number, key, lab_number, exhibit_number)
select id, case when agency_text = '' then agency_id end, agency_text,
       case when case_number = 'not given' then '' else case_number end,
       case when case_number = 'not given' and lab_number <> '' then left('?' || lab_number, 40) else case_key end,
       lab_number, exhibit_number
  from leads_leadevent order by id
"""

GUARD = """
create function leads_event_named_once() returns trigger language plpgsql as $$
begin
  raise exception 'how a notice named an event is written once' using errcode = 'integrity_constraint_violation';
end $$;
create trigger event_name_stays
  before delete or update of agency_id, agency_text, case_number, key, lab_number, exhibit_number on leads_eventname
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
    """Of these only what was found, when and where tells; till now it was their row in the file."""
    kept = apps.get_model("leads", "EventName")
    for event in apps.get_model("leads", "LeadEvent").objects.filter(case_number=NOT_GIVEN, lab_number="").iterator():
        kept.objects.filter(event_id=event.pk).update(key=_key_without_numbers(event))


def name_those_merged(apps, schema_editor):
    """Of events that turned out to be doubles only the log still knows how they were named."""
    log, kept = apps.get_model("agencies", "AuditEvent").objects, apps.get_model("leads", "EventName").objects
    merged = list(log.filter(object_type="leads.leadevent", verb="event.merged").order_by("id"))
    into = {each.data["event"]: each.object_id for each in merged}
    events = apps.get_model("leads", "LeadEvent").objects
    for each in merged:
        event, told = each.object_id, each.data
        while event in into:
            event = into[event]
        number = told["case_number"].removeprefix(NOT_GIVEN)
        key = _case_key(number) or (told["lab_number"] and f"?{told['lab_number']}")
        if key and events.filter(pk=event).exists():
            same = {name: told[name] for name in ("agency_text", "lab_number", "exhibit_number")}
            kept.create(event_id=event, case_number=number, key=key[:KEY], **same)


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
                ("case_number", models.CharField(blank=True, max_length=40)),
                (
                    "key",
                    models.CharField(
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
        migrations.RunSQL(GUARD, UNGUARD),
    ]
