"""Whom the newest results of an agency name again is read from one index, however many results there ever were."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0021_laboratory")]
    operations = [
        migrations.AddIndex(
            model_name="traceresult",
            index=models.Index(
                fields=["agency", "-id"], include=("dealer_key", "purchaser_key"), name="trace_result_new"
            ),
        ),
    ]
