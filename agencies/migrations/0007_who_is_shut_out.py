from django.db import migrations, models
from django.db.models import Q

# Until now every lock ended sessions and tokens: the locks there are go on doing so.
KEEP = "update agencies_user set is_shut = true where locked_at is not null"


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_federal_holidays")]

    operations = [
        migrations.AddField(
            "user",
            "is_shut",
            models.BooleanField(
                default=False,
                editable=False,
                help_text="Locked by an administrator or by guesses inside a session: then sessions and tokens end too."
                " Wrong passwords from outside keep a person from signing in and do not take their work away.",
            ),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(condition=Q(is_shut=False) | Q(locked_at__isnull=False), name="user_shut_is_locked"),
        ),
    ]
