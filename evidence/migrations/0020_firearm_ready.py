"""A request that is not sent yet traces nothing, also once it is whole; partly readable numbers are read off an index."""

from django.db import migrations, models
from django.db.models import Q

SENT = "t.status not in ('draft', 'ready', 'cancelled')"
BEFORE = "t.status not in ('draft', 'cancelled')"
# The function of 0016 as it is in the database, with another condition for what traces a firearm.
CHANGE = """
do $do$ begin
  execute replace(pg_get_functiondef('evidence_firearm_sights(bigint[])'::regprocedure), $a${before}$a$, $a${after}$a$);
end $do$;
select evidence_firearm_sights(array(select firearm_id from evidence_trace where status = 'ready'));
set constraints all immediate;
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0012_inventories_and_disposal")]

    operations = [
        migrations.RunSQL(CHANGE.format(before=BEFORE, after=SENT), CHANGE.format(before=SENT, after=BEFORE)),
        migrations.RemoveIndex(model_name="firearmsight", name="firearm_sight_partial"),
        migrations.AddIndex(
            model_name="firearmsight",
            index=models.Index(fields=["group", "key"], condition=Q(key__regex="[?*]"), name="firearm_sight_partial"),
        ),
    ]
