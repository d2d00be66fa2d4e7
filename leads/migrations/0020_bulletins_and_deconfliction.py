"""Bulletins, which stay as they were sent, and questions to other agencies, which stay as they were asked."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce


BULLETINS = """
create function leads_bulletin_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a bulletin is never deleted' using errcode = 'integrity_constraint_violation';
  end if;
  if old.status not in ('draft', 'waiting') and (old.sent_at, old.sent_by_id, old.supersedes_id) is distinct from (new.sent_at, new.sent_by_id, new.supersedes_id)
     or old.status in ('sent', 'superseded', 'retracted') and new.status in ('draft', 'waiting')
     or old.status in ('superseded', 'retracted') and new.status <> old.status then
    raise exception 'a bulletin that was sent stays sent' using errcode = 'integrity_constraint_violation';
  end if;
  if old.status <> 'draft' and (old.agency_id, old.lead_id, old.whole_cluster, old.purpose, old.title, old.sections, old.summary, old.asks, old.contact, old.handling, old.drafted_at, old.drafted_by_id)
       is distinct from (new.agency_id, new.lead_id, new.whole_cluster, new.purpose, new.title, new.sections, new.summary, new.asks, new.contact, new.handling, new.drafted_at, new.drafted_by_id)
     or old.status <> 'draft' and new.status <> 'draft' and old.body <> new.body then
    raise exception 'what is approved or sent does not change: return it, or send a newer version' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger bulletin_stays before update or delete on leads_bulletin for each row execute function leads_bulletin_stays();

create function leads_recipient_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.sent_at is not null then
      raise exception 'an agency that got a bulletin stays on its list' using errcode = 'integrity_constraint_violation';
    end if;
    return old;
  end if;
  if (old.bulletin_id, old.agency_id, old.source_id) is distinct from (new.bulletin_id, new.agency_id, new.source_id)
     or old.sent_at is not null and old.sent_at is distinct from new.sent_at
     or old.acknowledged_at is not null and (old.acknowledged_at, old.acknowledged_by_id) is distinct from (new.acknowledged_at, new.acknowledged_by_id) then
    raise exception 'what an agency got and acknowledged does not change' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger recipient_stays before update or delete on leads_bulletinrecipient for each row execute function leads_recipient_stays();
"""
NO_BULLETINS = """
drop trigger bulletin_stays on leads_bulletin;
drop function leads_bulletin_stays();
drop trigger recipient_stays on leads_bulletinrecipient;
drop function leads_recipient_stays();
"""

INQUIRIES = """
create function leads_inquiry_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.reviewed_at is not null
     or to_jsonb(old) - array['reviewed_at', 'reviewed_by_id', 'review_note'] <> to_jsonb(new) - array['reviewed_at', 'reviewed_by_id', 'review_note'] then
    raise exception 'a question to other agencies is reviewed once and otherwise stays' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger inquiry_stays before update or delete on leads_inquiry for each row execute function leads_inquiry_stays();
create trigger inquiry_answer_append_only before update or delete on leads_inquiryanswer for each row execute function agencies_append_only();
"""
NO_INQUIRIES = """
drop trigger inquiry_answer_append_only on leads_inquiryanswer;
drop trigger inquiry_stays on leads_inquiry;
drop function leads_inquiry_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_notice_choices'),
        ('evidence', '0014_plans'),
        ('leads', '0017_enrichment'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Bulletin',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('whole_cluster', models.BooleanField(default=False, help_text='All leads of the presumed gun, not this one alone.')),
                    ('status', models.CharField(choices=[('draft', 'Draft'), ('waiting', 'Awaiting approval'), ('sent', 'Sent'), ('superseded', 'Superseded'), ('retracted', 'Retracted')], default='draft', max_length=10)),
                    ('purpose', models.CharField(choices=[('safety', 'Officer safety'), ('information', 'For information'), ('request', 'Request for information')], max_length=12)),
                    ('title', models.CharField(max_length=120)),
                    ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                    ('summary', models.TextField(blank=True, max_length=2000)),
                    ('asks', models.TextField(blank=True, help_text='What readers are asked for.', max_length=1000)),
                    ('contact', models.CharField(max_length=200)),
                    ('handling', models.CharField(max_length=300)),
                    ('body', models.JSONField(default=dict, help_text='What is read: put together when it was handed in for approval.')),
                    ('drafted_at', models.DateTimeField()),
                    ('submitted_at', models.DateTimeField(null=True)),
                    ('returned_at', models.DateTimeField(null=True)),
                    ('returned_why', models.CharField(blank=True, max_length=300)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('stale_at', models.DateTimeField(help_text='When a link it tells of was taken back.', null=True)),
                    ('stale_why', models.CharField(blank=True, max_length=200)),
                    ('retracted_at', models.DateTimeField(null=True)),
                    ('retracted_why', models.CharField(blank=True, max_length=300)),
                    ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('drafted_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to='leads.lead')),
                    ('retracted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('returned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sent_by', models.ForeignKey(help_text='Who approved it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('supersedes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='leads.bulletin')),
                ],
                options={
                    'ordering': ['-drafted_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='BulletinEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('confirmed', models.BooleanField()),
                    ('bulletin', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='told_of', to='leads.bulletin')),
                    ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletin_events', to='leads.leadevent')),
                ],
            ),
            migrations.CreateModel(
                name='BulletinRecipient',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('due_at', models.DateTimeField(null=True)),
                    ('acknowledged_at', models.DateTimeField(null=True)),
                    ('warned_at', models.DateTimeField(help_text='When it was told not to rely on the bulletin any more.', null=True)),
                    ('heeded_at', models.DateTimeField(null=True)),
                    ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('bulletin', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='recipients', to='leads.bulletin')),
                    ('heeded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('source', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ],
            ),
            migrations.CreateModel(
                name='DeconflictionRule',
                fields=[
                    ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='deconfliction_rule', serialize=False, to='agencies.agency')),
                    ('answers', models.BooleanField(default=False)),
                    ('contact', models.CharField(blank=True, help_text='A unit or a desk.', max_length=120)),
                    ('phone', models.CharField(blank=True, max_length=32)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('set_at', models.DateTimeField()),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Inquiry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked_at', models.DateTimeField()),
                    ('kind', models.CharField(choices=[('gun', 'Firearm by serial number'), ('person', 'Person by name and day of birth')], max_length=8)),
                    ('key_hash', models.CharField(help_text="Of what was asked, under the portal's secret key.", max_length=64)),
                    ('case_number', models.CharField(max_length=40)),
                    ('reason', models.CharField(max_length=200)),
                    ('answers_count', models.PositiveSmallIntegerField(default=0)),
                    ('reviewed_at', models.DateTimeField(null=True)),
                    ('review_note', models.CharField(blank=True, max_length=200)),
                    ('agency', models.ForeignKey(db_index=False, help_text="The asker's.", on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'inquiries',
                },
            ),
            migrations.CreateModel(
                name='InquiryAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('answered_at', models.DateTimeField()),
                    ('contact', models.CharField(max_length=120)),
                    ('phone', models.CharField(blank=True, max_length=32)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('exhibit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.exhibit')),
                    ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.lead')),
                    ('holder', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='leads.inquiry')),
                ],
            ),
            migrations.AddIndex(
                model_name='bulletin',
                index=models.Index(models.F('agency'), models.OrderBy(models.F('drafted_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='bulletin_agency_new'),
            ),
            migrations.AddIndex(
                model_name='bulletin',
                index=models.Index(models.F('agency'), models.F('drafted_by'), models.OrderBy(models.F('drafted_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='bulletin_drafter_new'),
            ),
            migrations.AddIndex(
                model_name='bulletin',
                index=models.Index(models.F('agency'), models.F('submitted_at'), models.F('id'), condition=models.Q(('status', 'waiting')), name='bulletin_to_approve'),
            ),
            migrations.AddConstraint(
                model_name='bulletin',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'waiting', 'sent', 'superseded', 'retracted'])), name='bulletin_status_known'),
            ),
            migrations.AddConstraint(
                model_name='bulletin',
                constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['safety', 'information', 'request'])), name='bulletin_purpose_known'),
            ),
            migrations.AddConstraint(
                model_name='bulletin',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('submitted_at', None), ('submitted_by', None)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='bulletin_submitted_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='bulletin',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('returned_at', None), ('returned_by', None), ('returned_why', '')), models.Q(('returned_at__isnull', False), ('returned_by__isnull', False), models.Q(('returned_why', ''), _negated=True)), _connector='OR'), name='bulletin_returned_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='bulletin',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('sent_by', None), ('status__in', ['draft', 'waiting'])), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False), ('status__in', ['sent', 'superseded', 'retracted'])), _connector='OR'), name='bulletin_sent_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='bulletin',
                constraint=models.CheckConstraint(condition=models.Q(('sent_by', None), models.Q(models.Q(('sent_by', models.F('drafted_by')), _negated=True), models.Q(('sent_by', models.F('submitted_by')), _negated=True)), _connector='OR'), name='bulletin_approved_by_a_second_person'),
            ),
            migrations.AddConstraint(
                model_name='bulletin',
                constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('submitted_at__isnull', False), models.Q(('body', {}), _negated=True)), _connector='OR'), name='bulletin_is_put_together'),
            ),
            migrations.AddConstraint(
                model_name='bulletin',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stale_at', None), ('stale_why', '')), models.Q(('stale_at__isnull', False), models.Q(('stale_why', ''), _negated=True)), _connector='OR'), name='bulletin_stale_says_why'),
            ),
            migrations.AddConstraint(
                model_name='bulletin',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('retracted_at', None), ('retracted_by', None), ('retracted_why', ''), models.Q(('status', 'retracted'), _negated=True)), models.Q(('retracted_at__isnull', False), ('retracted_by__isnull', False), ('status', 'retracted'), models.Q(('retracted_why', ''), _negated=True)), _connector='OR'), name='bulletin_retracted_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='bulletin',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('contact', ''), _negated=True), models.Q(('handling', ''), _negated=True)), name='bulletin_says'),
            ),
            migrations.AddConstraint(
                model_name='bulletin',
                constraint=models.UniqueConstraint(fields=('supersedes',), name='bulletin_superseded_once'),
            ),
            migrations.AddConstraint(
                model_name='bulletinevent',
                constraint=models.UniqueConstraint(fields=('bulletin', 'event'), name='bulletin_event_once'),
            ),
            migrations.AddIndex(
                model_name='bulletinrecipient',
                index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['agency', 'due_at', 'id'], name='recipient_to_acknowledge'),
            ),
            migrations.AddIndex(
                model_name='bulletinrecipient',
                index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['source', 'due_at', 'id'], name='recipient_source_due'),
            ),
            migrations.AddIndex(
                model_name='bulletinrecipient',
                index=models.Index(models.F('agency'), models.OrderBy(models.F('sent_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('sent_at__isnull', False)), name='recipient_received'),
            ),
            migrations.AddConstraint(
                model_name='bulletinrecipient',
                constraint=models.UniqueConstraint(fields=('bulletin', 'agency'), name='bulletin_recipient_once'),
            ),
            migrations.AddConstraint(
                model_name='bulletinrecipient',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at', None), ('acknowledged_by', None)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='recipient_acknowledged_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='bulletinrecipient',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('heeded_at', None), ('heeded_by', None)), models.Q(('heeded_at__isnull', False), ('heeded_by__isnull', False), ('warned_at__isnull', False)), _connector='OR'), name='recipient_heeded_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='bulletinrecipient',
                constraint=models.CheckConstraint(condition=models.Q(('sent_at__isnull', False), models.Q(('acknowledged_at', None), ('due_at', None), ('warned_at', None)), _connector='OR'), name='recipient_owes_what_was_sent'),
            ),
            migrations.AddConstraint(
                model_name='deconflictionrule',
                constraint=models.CheckConstraint(condition=models.Q(('answers', False), models.Q(models.Q(('contact', ''), _negated=True), models.Q(models.Q(('phone', ''), _negated=True), models.Q(('email', ''), _negated=True), _connector='OR')), _connector='OR'), name='deconfliction_answers_with_a_contact'),
            ),
            migrations.AddIndex(
                model_name='inquiry',
                index=models.Index(models.F('asked_by'), models.OrderBy(models.F('asked_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='inquiry_asker_new'),
            ),
            migrations.AddIndex(
                model_name='inquiry',
                index=models.Index(models.F('agency'), models.OrderBy(models.F('asked_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='inquiry_agency_new'),
            ),
            migrations.AddIndex(
                model_name='inquiry',
                index=models.Index(models.F('agency'), models.F('asked_at'), models.F('id'), condition=models.Q(('reviewed_at', None)), name='inquiry_to_review'),
            ),
            migrations.AddIndex(
                model_name='inquiry',
                index=models.Index(models.F('agency'), models.OrderBy(models.F('asked_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('answers_count__gt', 0)), name='inquiry_hit'),
            ),
            migrations.AddConstraint(
                model_name='inquiry',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['gun', 'person'])), name='inquiry_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='inquiry',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('review_note', ''), ('reviewed_at', None), ('reviewed_by', None)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='inquiry_reviewed_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='inquiry',
                constraint=models.CheckConstraint(condition=models.Q(('reviewed_by', None), models.Q(('reviewed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='inquiry_reviewed_by_another'),
            ),
            migrations.AddConstraint(
                model_name='inquiry',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('case_number', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='inquiry_says_why'),
            ),
            migrations.AddIndex(
                model_name='inquiryanswer',
                index=models.Index(models.F('holder'), models.OrderBy(models.F('answered_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='inquiry_answer_holder_new'),
            ),
            migrations.AddConstraint(
                model_name='inquiryanswer',
                constraint=models.UniqueConstraint(fields=('inquiry', 'holder'), name='inquiry_answer_once'),
            ),
            migrations.AddConstraint(
                model_name='inquiryanswer',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('exhibit__isnull', False), ('lead', None)), models.Q(('exhibit', None), ('lead__isnull', False)), _connector='OR'), name='inquiry_answer_is_of_a_record'),
            ),
        ]),
        migrations.RunSQL(BULLETINS, NO_BULLETINS),
        migrations.RunSQL(INQUIRIES, NO_INQUIRIES),
    ]
