"""An agency without an event on the line may be asked to take part, and its part says why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0005_event_names")]
    operations = [
        migrations.AddField(
            model_name="obligation",
            name="asked",
            field=models.CharField(
                max_length=300,
                blank=True,
                default="",
                db_default="",
                help_text="Why the center asked an agency without an event of its own to take part.",
            ),
        ),
    ]
