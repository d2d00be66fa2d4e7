"""What is open on a part ends with it."""

from django.db import migrations, models
from django.db.models import Q

from agencies.migrating import AtOnce

STATES = [("open", "Open"), ("done", "Done"), ("dropped", "Dropped"), ("closed", "Closed with its part")]


class Migration(migrations.Migration):
    dependencies = [("leads", "0031_steps_of_a_lead")]

    operations = [
        AtOnce([
            migrations.RemoveConstraint(model_name="task", name="task_status_known"),
            migrations.RemoveConstraint(model_name="task", name="task_ended_at_and_by"),
            migrations.AlterField(
                model_name="task",
                name="status",
                field=models.CharField(choices=STATES, default="open", max_length=8),
            ),
            migrations.AddConstraint(
                model_name="task",
                constraint=models.CheckConstraint(
                    condition=Q(status__in=["open", "done", "dropped", "closed"]), name="task_status_known"
                ),
            ),
            migrations.AddConstraint(
                model_name="task",
                constraint=models.CheckConstraint(
                    condition=Q(status="open", ended_at=None, ended_by=None, activity=None, dropped_why="")
                    | Q(
                        status="done",
                        ended_at__isnull=False,
                        ended_by__isnull=False,
                        activity__isnull=False,
                        dropped_why="",
                    )
                    | Q(status="dropped", ended_at__isnull=False, ended_by__isnull=False, activity=None)
                    & ~Q(dropped_why="")
                    | Q(
                        status="closed",
                        ended_at__isnull=False,
                        ended_by__isnull=False,
                        activity=None,
                        dropped_why="",
                    ),
                    name="task_ended_at_and_by",
                ),
            ),
        ])
    ]
