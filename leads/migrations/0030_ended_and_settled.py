"""Tasks end with their part; an analyst says that there is no lead of a number that a notice names."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from agencies.migrating import AtOnce

STATES = [("open", "Open"), ("done", "Done"), ("dropped", "Dropped"), ("closed", "Closed with its part")]


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0029_court_dates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

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
                        Q(activity__isnull=False, template__isnull=False) | Q(activity=None, referral__isnull=False),
                        status="done",
                        ended_at__isnull=False,
                        ended_by__isnull=False,
                        dropped_why="",
                    )
                    | Q(status="dropped", ended_at__isnull=False, ended_by__isnull=False, activity=None)
                    & ~Q(dropped_why="")
                    | Q(
                        status="closed", ended_at__isnull=False, ended_by__isnull=False, activity=None, dropped_why=""
                    ),
                    name="task_ended_at_and_by",
                ),
            ),
            migrations.AddField(
                model_name="leadmention",
                name="absent_at",
                field=models.DateTimeField(help_text="When an analyst said that there is no such lead.", null=True),
            ),
            migrations.AddField(
                model_name="leadmention",
                name="absent_by",
                field=models.ForeignKey(
                    db_index=False, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            migrations.AddField(
                model_name="leadmention",
                name="absent_why",
                field=models.CharField(blank=True, db_default="", default="", max_length=200),
            ),
            migrations.AddIndex(
                model_name="leadmention",
                index=models.Index(
                    condition=Q(named=None, withdrawn_at=None, absent_at=None), fields=["-id"], name="lead_mention_unknown"
                ),
            ),
            migrations.AddConstraint(
                model_name="leadmention",
                constraint=models.CheckConstraint(
                    condition=Q(absent_at=None, absent_by=None, absent_why="")
                    | Q(absent_at__isnull=False, absent_by__isnull=False, named=None) & ~Q(absent_why=""),
                    name="lead_mention_absent_by_at_why",
                ),
            ),
        ])
    ]
