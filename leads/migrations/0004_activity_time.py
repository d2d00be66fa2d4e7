"""What was done on a lead was done in our time: one row of the year 1 kept every page of its lead from being drawn."""

from datetime import UTC, datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0003_board_indexes")]
    operations = [
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(at__gte=datetime(1990, 1, 1, tzinfo=UTC)), name="activity_at_in_our_time"
            ),
        ),
    ]
