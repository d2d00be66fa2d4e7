"""Tasks and questions that are overdue are found by an index, each until it was told of."""

from django.db import migrations, models

from agencies.migrating import AtOnce

OPEN = models.Q(("late_told_at", None), ("status", "open"))


class Migration(migrations.Migration):
    dependencies = [("leads", "0023_cluster_functions")]

    operations = [
        AtOnce([
            migrations.AddField(
                model_name="task",
                name="late_told_at",
                field=models.DateTimeField(help_text="When the clock looked at it after it was due: once.", null=True),
            ),
            migrations.AddField(
                model_name="question",
                name="late_told_at",
                field=models.DateTimeField(help_text="When the center was told that it is due: once.", null=True),
            ),
            migrations.AddIndex(
                model_name="task", index=models.Index(condition=OPEN, fields=["due_at"], name="task_late")
            ),
            migrations.AddIndex(
                model_name="question", index=models.Index(condition=OPEN, fields=["due_at"], name="question_late")
            ),
        ])
    ]
