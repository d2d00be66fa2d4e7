"""Each agency keeps back for itself, and refers for itself: what one did is no reason to refuse another, and is not told
by a refusal. A note of an office is struck and stays.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STAYS = """
drop trigger work_note_append_only on leads_worknote;
create function leads_work_note_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.struck_at is not null
     or to_jsonb(old) - array['struck_at', 'struck_by_id', 'struck_why'] <> to_jsonb(new) - array['struck_at', 'struck_by_id', 'struck_why'] then
    raise exception 'a note of an office stays; it is struck once' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger work_note_stays before update or delete on leads_worknote for each row execute function leads_work_note_stays();
"""
MAY_CHANGE = """
drop trigger work_note_stays on leads_worknote;
drop function leads_work_note_stays();
create trigger work_note_append_only before update or delete on leads_worknote for each row execute function agencies_append_only();
"""

class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0032_told_joined_adopted'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='withholding', name='withheld_once'),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['proposed', 'agreed'])), fields=('lead', 'agency', 'item'), name='withheld_once'),
        ),
        migrations.RemoveConstraint(model_name='referral', name='referral_once'),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(fields=('lead', 'office', 'agency', 'defendant'), name='referral_once'),
        ),
        migrations.AddField(
            model_name='worknote',
            name='struck_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='worknote',
            name='struck_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='worknote',
            name='struck_why',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddConstraint(
            model_name='worknote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('struck_at', None), ('struck_by', None), ('struck_why', '')), models.Q(('struck_at__isnull', False), ('struck_by__isnull', False), models.Q(('struck_why', ''), _negated=True)), _connector='OR'), name='work_note_struck_at_by_and_why'),
        ),
        migrations.RunSQL(STAYS, MAY_CHANGE),
    ]
