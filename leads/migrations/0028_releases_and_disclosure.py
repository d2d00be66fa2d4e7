"""What becomes of packets and what was disclosed: rows that are only ever added, or that change in what is left open."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce

ADDED = ("packetseal", "packetevent", "packetretraction", "packetunmasking", "exculpatorymark", "wording")
STAYS = "".join(
    f"create trigger {name}_append_only before update or delete on leads_{name} for each row execute function agencies_append_only();\n"
    for name in ADDED
) + """
create function leads_packet_release_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a release of a packet is never deleted' using errcode = 'integrity_constraint_violation';
  end if;
  if (old.version_id, old.source_id, old.office_id, old.to_id, old.duty, old.letter, old.files, old.ends_at, old.released_at, old.released_by_id)
       is distinct from (new.version_id, new.source_id, new.office_id, new.to_id, new.duty, new.letter, new.files, new.ends_at, new.released_at, new.released_by_id)
     or old.state = 'ready' and (old.state, old.copy_sha256, old.copy_size, old.ready_at) is distinct from (new.state, new.copy_sha256, new.copy_size, new.ready_at)
     or old.received_at is not null and (old.received_at, old.received_by_id) is distinct from (new.received_at, new.received_by_id)
     or old.revoked_at is not null and (old.revoked_at, old.revoked_by_id, old.revoked_why) is distinct from (new.revoked_at, new.revoked_by_id, new.revoked_why)
     or old.warned_at is not null and old.warned_at is distinct from new.warned_at
     or old.heeded_at is not null and (old.heeded_at, old.heeded_by_id) is distinct from (new.heeded_at, new.heeded_by_id) then
    raise exception 'what was released, to whom and until when does not change' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger packetrelease_stays before update or delete on leads_packetrelease for each row execute function leads_packet_release_stays();

create function leads_disclosure_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.received_at is not null
     or to_jsonb(old) - array['received_at', 'received_by_id', 'receipt'] <> to_jsonb(new) - array['received_at', 'received_by_id', 'receipt'] then
    raise exception 'a line of the disclosure register stays; its receipt is added once' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger disclosure_stays before update or delete on leads_disclosure for each row execute function leads_disclosure_stays();

create function leads_withholding_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.status in ('refused', 'lifted')
     or (old.lead_id, old.agency_id, old.item, old.label, old.reason, old.proposed_at, old.proposed_by_id)
        is distinct from (new.lead_id, new.agency_id, new.item, new.label, new.reason, new.proposed_at, new.proposed_by_id)
     or old.decided_at is not null and (old.decided_at, old.decided_by_id) is distinct from (new.decided_at, new.decided_by_id) then
    raise exception 'what was kept back, why and by whom does not change' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger withholding_stays before update or delete on leads_withholding for each row execute function leads_withholding_stays();
"""
MAY_GO = "".join(f"drop trigger {name}_append_only on leads_{name};\n" for name in ADDED) + """
drop trigger packetrelease_stays on leads_packetrelease;
drop trigger disclosure_stays on leads_disclosure;
drop trigger withholding_stays on leads_withholding;
drop function leads_packet_release_stays();
drop function leads_disclosure_stays();
drop function leads_withholding_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_notice_choices'),
        ("leads", "0027_packets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='PacketRelease',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('duty', models.CharField(max_length=10)),
                    ('letter', models.TextField(blank=True, help_text='The letter that goes before the pages.', max_length=4000)),
                    ('files', models.JSONField(default=list, help_text='Files that go along: [{file, name, sha256, size}].')),
                    ('ends_at', models.DateTimeField(help_text='When the link ends: the end of a day of the office.')),
                    ('state', models.CharField(choices=[('preparing', 'Being prepared'), ('ready', 'Ready'), ('failed', 'Not prepared')], default='preparing', max_length=10)),
                    ('failed_why', models.CharField(blank=True, max_length=300)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('copy_sha256', models.CharField(blank=True, help_text='Of the copy of this person, in the vault.', max_length=64)),
                    ('copy_size', models.PositiveIntegerField(null=True)),
                    ('ready_at', models.DateTimeField(null=True)),
                    ('released_at', models.DateTimeField()),
                    ('received_at', models.DateTimeField(null=True)),
                    ('revoked_at', models.DateTimeField(null=True)),
                    ('revoked_why', models.CharField(blank=True, max_length=300)),
                    ('warned_at', models.DateTimeField(help_text='When they were told not to rely on it.', null=True)),
                    ('due_at', models.DateTimeField(help_text='By when they acknowledge that.', null=True)),
                    ('heeded_at', models.DateTimeField(null=True)),
                    ('escalated_at', models.DateTimeField(null=True)),
                    ('heeded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('released_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('source', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('to', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='leads.packetversion')),
                ],
                options={
                    'ordering': ['-released_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='Disclosure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('item', models.CharField(help_text='What it is: `comparison-12`, as the index has it.', max_length=40)),
                    ('label', models.CharField(help_text='In words, as the index had it then.', max_length=200)),
                    ('to', models.CharField(help_text='A person and an office, in words.', max_length=160)),
                    ('duty', models.CharField(choices=[('none', 'No duty: for screening or charging'), ('brady', 'Brady: exculpatory'), ('giglio', 'Giglio: impeachment'), ('rule16', 'Rule 16'), ('jencks', 'Jencks Act, Rule 26.2')], max_length=10)),
                    ('how', models.CharField(help_text='In which packet, or how else.', max_length=120)),
                    ('disclosed_at', models.DateTimeField()),
                    ('received_at', models.DateTimeField(null=True)),
                    ('receipt', models.CharField(blank=True, help_text='Who received it, and where that is shown.', max_length=120)),
                    ('agency', models.ForeignKey(help_text='Who gave it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('disclosed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lead', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='leads.lead')),
                    ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='leads.packetrelease')),
                ],
                options={
                    'ordering': ['-disclosed_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='PacketRetraction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.CharField(max_length=300)),
                    ('retracted_at', models.DateTimeField()),
                    ('retracted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='retraction', to='leads.packetversion')),
                ],
            ),
            migrations.CreateModel(
                name='PacketSeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pdf_sha256', models.CharField(help_text='Of the sealed pages, as in the vault.', max_length=64, unique=True)),
                    ('pdf_size', models.PositiveIntegerField()),
                    ('items_sha256', models.CharField(help_text='Of the list of all items with their hashes.', max_length=64)),
                    ('certificate', models.CharField(help_text='SHA-256 of the certificate that it was sealed with.', max_length=64)),
                    ('timed', models.BooleanField(help_text='Whether an authority for time stamped it.')),
                    ('sealed_at', models.DateTimeField()),
                    ('sealed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='leads.packetversion')),
                ],
            ),
            migrations.CreateModel(
                name='PacketUnmasking',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=300)),
                    ('unmasked_at', models.DateTimeField()),
                    ('packet', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='unmaskings', to='leads.packet')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.entity')),
                    ('unmasked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='Withholding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('item', models.CharField(max_length=40)),
                    ('label', models.CharField(max_length=200)),
                    ('reason', models.CharField(max_length=300)),
                    ('status', models.CharField(choices=[('proposed', 'Waits for a second person'), ('agreed', 'Not to be disclosed'), ('refused', 'To be disclosed'), ('lifted', 'Lifted')], default='proposed', max_length=8)),
                    ('proposed_at', models.DateTimeField()),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('lifted_at', models.DateTimeField(null=True)),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withholdings', to='leads.lead')),
                    ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='Wording',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('letter', 'Cover letter'), ('caveat', 'Further caveat')], max_length=8)),
                    ('text', models.TextField(max_length=4000)),
                    ('written_at', models.DateTimeField()),
                    ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='ExculpatoryMark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('exculpatory', 'May be exculpatory'), ('impeaching', 'May impeach a witness'), ('suspect', 'Points to somebody else')], max_length=12)),
                    ('note', models.CharField(max_length=300)),
                    ('marked_at', models.DateTimeField()),
                    ('activity', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exculpatory', to='leads.activity')),
                    ('assertion', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exculpatory', to='leads.assertion')),
                    ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exculpatory', to='leads.leadfile')),
                    ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exculpatory_marks', to='leads.lead')),
                    ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['exculpatory', 'impeaching', 'suspect']), models.Q(('note', ''), _negated=True)), name='exculpatory_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('assertion', None), ('file', None)), models.Q(('activity', None), ('assertion__isnull', False), ('file', None)), models.Q(('activity', None), ('assertion', None), ('file__isnull', False)), _connector='OR'), name='exculpatory_of_one')],
                },
            ),
            migrations.CreateModel(
                name='PacketEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('confirmed', models.BooleanField()),
                    ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packet_events', to='leads.leadevent')),
                    ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='told_of', to='leads.packetversion')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('version', 'event'), name='packet_event_once')],
                },
            ),
            migrations.AddIndex(
                model_name='packetrelease',
                index=models.Index(models.F('to'), models.OrderBy(models.F('released_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='packet_release_to_new'),
            ),
            migrations.AddIndex(
                model_name='packetrelease',
                index=models.Index(models.F('source'), models.OrderBy(models.F('released_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='packet_release_source_new'),
            ),
            migrations.AddIndex(
                model_name='packetrelease',
                index=models.Index(models.F('due_at'), models.F('id'), condition=models.Q(('due_at__isnull', False)), name='packet_release_owed'),
            ),
            migrations.AddIndex(
                model_name='packetrelease',
                index=models.Index(condition=models.Q(('state', 'preparing')), fields=['id'], name='packet_release_to_make'),
            ),
            migrations.AddIndex(
                model_name='packetrelease',
                index=models.Index(condition=models.Q(('copy_sha256', ''), _negated=True), fields=['copy_sha256'], name='packet_release_copy'),
            ),
            migrations.AddConstraint(
                model_name='packetrelease',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['preparing', 'ready', 'failed'])), name='packet_release_state_known'),
            ),
            migrations.AddConstraint(
                model_name='packetrelease',
                constraint=models.CheckConstraint(condition=models.Q(('duty__in', ['none', 'brady', 'giglio', 'rule16', 'jencks'])), name='packet_release_duty_known'),
            ),
            migrations.AddConstraint(
                model_name='packetrelease',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('copy_sha256__regex', '^[0-9a-f]{64}$'), ('copy_size__gte', 1), ('ready_at__isnull', False), ('state', 'ready')), models.Q(models.Q(('state', 'ready'), _negated=True), ('copy_sha256', ''), ('copy_size', None), ('ready_at', None)), _connector='OR'), name='packet_release_ready_has_its_copy'),
            ),
            migrations.AddConstraint(
                model_name='packetrelease',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('failed_why', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('failed_why', '')), _connector='OR'), name='packet_release_failed_says_why'),
            ),
            migrations.AddConstraint(
                model_name='packetrelease',
                constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('released_at'))), name='packet_release_ends_after_it_began'),
            ),
            migrations.AddConstraint(
                model_name='packetrelease',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('received_at', None), ('received_by', None)), models.Q(('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='packet_release_received_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='packetrelease',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None), ('revoked_why', '')), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False), models.Q(('revoked_why', ''), _negated=True)), _connector='OR'), name='packet_release_revoked_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='packetrelease',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('heeded_at', None), ('heeded_by', None)), models.Q(('heeded_at__isnull', False), ('heeded_by__isnull', False)), _connector='OR'), name='packet_release_heeded_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='packetrelease',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at', None), ('escalated_at', None), ('heeded_at', None), ('warned_at', None)), models.Q(('due_at__isnull', False), ('heeded_at', None), ('warned_at__isnull', False)), models.Q(('due_at', None), ('heeded_at__isnull', False), ('warned_at__isnull', False)), _connector='OR'), name='packet_release_warned_until_heeded'),
            ),
            migrations.AddConstraint(
                model_name='packetrelease',
                constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('version', 'to'), name='packet_released_once_to_one'),
            ),
            migrations.AddIndex(
                model_name='disclosure',
                index=models.Index(models.F('lead'), models.OrderBy(models.F('disclosed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='disclosure_lead_new'),
            ),
            migrations.AddConstraint(
                model_name='disclosure',
                constraint=models.CheckConstraint(condition=models.Q(('duty__in', ['none', 'brady', 'giglio', 'rule16', 'jencks'])), name='disclosure_duty_known'),
            ),
            migrations.AddConstraint(
                model_name='disclosure',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('item', ''), _negated=True), models.Q(('label', ''), _negated=True), models.Q(('to', ''), _negated=True), models.Q(('how', ''), _negated=True)), name='disclosure_says_what'),
            ),
            migrations.AddConstraint(
                model_name='disclosure',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('receipt', ''), ('received_at', None), ('received_by', None)), models.Q(('received_at__isnull', False), ('received_by__isnull', False), models.Q(('receipt', ''), _negated=True)), _connector='OR'), name='disclosure_received_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='packetretraction',
                constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='packet_retraction_says_why'),
            ),
            migrations.AddConstraint(
                model_name='packetseal',
                constraint=models.CheckConstraint(condition=models.Q(('certificate__regex', '^[0-9a-f]{64}$'), ('items_sha256__regex', '^[0-9a-f]{64}$'), ('pdf_sha256__regex', '^[0-9a-f]{64}$')), name='packet_seal_has_hashes'),
            ),
            migrations.AddConstraint(
                model_name='packetunmasking',
                constraint=models.UniqueConstraint(fields=('packet', 'person'), name='packet_unmasked_once'),
            ),
            migrations.AddConstraint(
                model_name='packetunmasking',
                constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='packet_unmasking_says_why'),
            ),
            migrations.AddConstraint(
                model_name='withholding',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'agreed', 'refused', 'lifted'])), name='withholding_status_known'),
            ),
            migrations.AddConstraint(
                model_name='withholding',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('item', ''), _negated=True), models.Q(('label', ''), _negated=True)), name='withholding_says_why'),
            ),
            migrations.AddConstraint(
                model_name='withholding',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('status', 'proposed')), models.Q(models.Q(('status', 'proposed'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='withholding_decided_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='withholding',
                constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='withholding_needs_a_second_person'),
            ),
            migrations.AddConstraint(
                model_name='withholding',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('status', 'lifted'), _negated=True), ('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False), ('status', 'lifted')), _connector='OR'), name='withholding_lifted_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='withholding',
                constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['proposed', 'agreed'])), fields=('lead', 'item'), name='withheld_once'),
            ),
            migrations.AddIndex(
                model_name='wording',
                index=models.Index(models.F('agency'), models.F('kind'), models.OrderBy(models.F('id'), descending=True), name='wording_newest'),
            ),
            migrations.AddConstraint(
                model_name='wording',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['letter', 'caveat']), models.Q(('text', ''), _negated=True)), name='wording_says'),
            ),
        ]),
        migrations.RunSQL(STAYS, MAY_GO),
    ]
