"""What an office says for itself: its reasons to decline, and what statuses of court files mean to it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce

# A reason keeps its words; that it is retired, or used again, is all that changes. Neither is ever deleted.
STAYS = """
create function leads_declination_reason_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or to_jsonb(old) - array['retired_at', 'retired_by_id'] <> to_jsonb(new) - array['retired_at', 'retired_by_id'] then
    raise exception 'a reason to decline stays as it was said; it is retired' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger declination_reason_stays before update or delete on leads_declinationreason for each row execute function leads_declination_reason_stays();
"""
GOES = "drop trigger declination_reason_stays on leads_declinationreason; drop function leads_declination_reason_stays();"

class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_notice_choices'),
        ('leads', '0033_whose_it_is'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.AddField(
                model_name='referral',
                name='reason_said',
                field=models.CharField(blank=True, db_default='', default='', help_text="The reason in the words that the office's list had then.", max_length=80),
            ),
            migrations.AddField(
                model_name='referraldecision',
                name='reason_said',
                field=models.CharField(blank=True, db_default='', default='', help_text="In the words of the office's list then.", max_length=80),
            ),
            migrations.CreateModel(
                name='DeclinationReason',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=24)),
                    ('label', models.CharField(max_length=80)),
                    ('added_at', models.DateTimeField()),
                    ('retired_at', models.DateTimeField(null=True)),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('retired_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('label', ''), _negated=True)), name='declination_reason_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('retired_at', None), ('retired_by', None)), models.Q(('retired_at__isnull', False), ('retired_by__isnull', False)), _connector='OR'), name='declination_reason_retired_at_and_by'), models.UniqueConstraint(fields=('office', 'code'), name='declination_reason_once')],
                },
            ),
            migrations.CreateModel(
                name='OfficeMeaning',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meaning', models.CharField(blank=True, choices=[('pending', 'Charged, pending'), ('inactive', 'Inactive'), ('warrant', 'Not located'), ('laboratory', 'Not charged, laboratory result awaited'), ('other_office', 'With another office'), ('juvenile', 'Juvenile case'), ('not_charged', 'Not charged'), ('codefendant', 'Not charged, another defendant charged'), ('adjudicated', 'Adjudicated'), ('closed', 'Closed by the court'), ('guilty_plea', 'Guilty plea'), ('pled_other_charge', 'Pled to another charge'), ('guilty_trial', 'Guilty at trial'), ('not_guilty', 'Not guilty'), ('dismissed', 'Dismissed'), ('no_bill', 'No bill'), ('diverted', 'Diverted'), ('deferred', 'Deferred'), ('transferred_federal', 'Transferred to federal court'), ('abated_death', 'Abated by death'), ('no_status', 'Says nothing of a status')], max_length=20)),
                    ('said_at', models.DateTimeField()),
                    ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('spelling', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='of_offices', to='leads.statusspelling')),
                ],
                options={
                    'ordering': ['-said_at', '-id'],
                    'constraints': [models.UniqueConstraint(fields=('office', 'spelling'), name='office_meaning_once'), models.CheckConstraint(condition=models.Q(('meaning__in', ['', 'pending', 'inactive', 'warrant', 'laboratory', 'other_office', 'juvenile', 'not_charged', 'codefendant', 'adjudicated', 'closed', 'guilty_plea', 'pled_other_charge', 'guilty_trial', 'not_guilty', 'dismissed', 'no_bill', 'diverted', 'deferred', 'transferred_federal', 'abated_death', 'no_status'])), name='office_meaning_known')],
                },
            ),
        ]),
        migrations.RunSQL(STAYS, GOES),
    ]
