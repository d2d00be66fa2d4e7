"""Which fields of an incident a person set right, so that no file changes them again; and which agencies' case numbers
have hyphens that count.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_list_indexes")]

    operations = [
        migrations.AddField(
            model_name="incident",
            name="corrected",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="Names of the fields that a person set right, with commas between: no file changes them again.",
                max_length=200,
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(condition=Q(case_key__contains="-"), fields=["agency"], name="incident_hyphen_key"),
        ),
    ]
