"""What lists of a million rows are walked by."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("evidence", "0012_rest")]
    operations = [
        migrations.AddIndex(
            "handover",
            models.Index(fields=["to_unit", "offered_at", "id"], condition=Q(status="offered"), name="hand_over_unit"),
        ),
        migrations.AddIndex(
            "inventoryline",
            models.Index(fields=["inventory", "outcome", "id"], name="inventory_line_outcome"),
        ),
        migrations.AddIndex(
            "storedfile",
            models.Index(fields=["checked_at", "id"], condition=Q(damage__in=["changed", "lost"]), name="file_damaged"),
        ),
    ]
