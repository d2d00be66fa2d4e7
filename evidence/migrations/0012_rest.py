import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper

# A case that more agencies see puts its guns beside others: they are looked for again.
COMPARED_AGAIN = """
create function evidence_compare_again() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update evidence_firearm f set compared_as = '' from evidence_exhibit e, touched t
   where e.incident_id = t.content_object_id and f.exhibit_id = e.id and f.compared_as <> '';
  return null;
end $$;
create trigger firearm_compared_again after insert on evidence_incidentgrant referencing new table as touched
  for each statement execute function evidence_compare_again();
"""

# What was typed as its shelf stood on while it was away.
AWAY = """
update evidence_exhibit e set was_in = e.storage, storage = ''
 where e.place_id is null and e.storage <> ''
   and (select c.purpose from evidence_custodyevent c where c.exhibit_id = e.id order by c.position desc limit 1)
       in ('to_laboratory', 'received', 'to_court', 'investigation', 'disposed')
"""

AWAY_BACK = "update evidence_exhibit set storage = was_in, was_in = '' where storage = '' and was_in <> ''"

COMPARED_AGAIN_BACK = """
drop trigger firearm_compared_again on evidence_incidentgrant;
drop function evidence_compare_again();
"""

from agencies.migrating import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("evidence", "0011_undo"),
    ]

    operations = [
        AtOnce([
            migrations.AddField(
                model_name="exhibit",
                name="review_told_on",
                field=models.DateField(
                    editable=False, help_text="The day of review of which its agency was told.", null=True
                ),
            ),
            migrations.AddField(
                model_name="exhibit",
                name="was_in",
                field=models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    editable=False,
                    help_text="Where it lay before that.",
                    max_length=80,
                ),
            ),
            migrations.AlterField(
                model_name="exhibit",
                name="storage",
                field=models.CharField(
                    blank=True, help_text="Where it lies now; empty while it is in somebody's hands.", max_length=80
                ),
            ),
            migrations.AddIndex(
                model_name="exhibit",
                index=models.Index(
                    condition=Q(disposed_at=None, review_on__isnull=False)
                    & (Q(review_told_on=None) | ~Q(review_told_on=F("review_on"))),
                    fields=["agency", "review_on", "id"],
                    name="exhibit_review_to_tell",
                ),
            ),
            migrations.AddIndex(
                model_name="exhibit",
                index=models.Index(
                    Upper(Func("property_number", Value(" -./#"), Value(""), function="translate")),
                    condition=~Q(property_number=""),
                    name="exhibit_property_number",
                ),
            ),
            migrations.AddIndex(
                model_name="exhibit",
                index=models.Index(
                    Upper(Func("lab_number", Value(" -./#"), Value(""), function="translate")),
                    condition=~Q(lab_number=""),
                    name="exhibit_lab_number",
                ),
            ),
            migrations.AddIndex(
                model_name="trace",
                index=models.Index(condition=~Q(trace_number=""), fields=["trace_number"], name="trace_numbered"),
            ),
        ]),
        migrations.CreateModel(
            name="ReviewCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("exhibits_count", models.PositiveIntegerField()),
                ("told_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_calls",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=Q(exhibits_count__gte=1), name="review_call_of_some")]
            },
        ),
        migrations.RunSQL(AWAY, AWAY_BACK),
        migrations.RunSQL(COMPARED_AGAIN, COMPARED_AGAIN_BACK),
    ]
