"""Case numbers whose hyphens count are found by what others write of them, too: without hyphens."""

from django.db import migrations, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Replace


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_corrections")]

    operations = [
        migrations.RemoveIndex(model_name="incident", name="incident_hyphen_key"),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                F("agency"),
                Func(Replace("case_key", Value("-"), Value("")), Value("0"), function="ltrim"),
                condition=Q(case_key__contains="-"),
                name="incident_hyphen_plain_key",
            ),
        ),
    ]
