"""What is counted beforehand: the dashboard's figures of one day, and the days whose figures may have changed since."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class StageDay(models.Model):
    """The figures of one of the first three stages over an agency's incidents of one day (UTC) that the same groups may
    see: a row for each of these groups. Written and read by `insight.stage_days` alone.
    """

    stage = models.PositiveSmallIntegerField()
    day = models.DateField()
    group = models.ForeignKey("auth.Group", models.CASCADE, db_index=False, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.CASCADE, db_index=False, related_name="+")
    groups = ArrayField(models.IntegerField(), help_text="All groups that may see them, this one included.")
    came = models.IntegerField()
    went = models.IntegerField()
    more = models.IntegerField()
    in_time = models.IntegerField()
    late = models.IntegerField()
    hours = ArrayField(models.FloatField(), help_text="How long each took that is done.")
    waiting = ArrayField(models.DateTimeField(), help_text="When each will be late that still had time.")

    class Meta:
        indexes = [
            models.Index(fields=["group", "stage", "day"], name="stage_day_group"),
            models.Index(fields=["agency", "day"], name="stage_day_agency"),
        ]

    def __str__(self):
        return f"{self.stage}, {self.day}"


class StaleDay(models.Model):
    """That something of an agency's incidents of one day changed: their figures are counted from the records until they
    are kept anew. Written by triggers, one row or more for a day, so that nobody waits for anybody.
    """

    agency = models.ForeignKey("agencies.Agency", models.CASCADE, db_constraint=False, db_index=False, related_name="+")
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["day", "agency"], name="stale_day")]

    def __str__(self):
        return f"{self.day}"
