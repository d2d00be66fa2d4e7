"""What an agency's case numbers need to be known again: whether hyphens count in them, and what a case was called
before a person set its number right.
"""

from django.db import models

from evidence.models.incident import Incident


class HyphenRule(models.Model):
    """Hyphens count in an agency's case numbers ('53-16' and '531-6' are two cases), in files and in what is typed. A
    file sets it, for good: without it cases that only the hyphen tells apart would become one.
    """

    agency = models.OneToOneField("agencies.Agency", models.PROTECT, related_name="hyphen_rule")
    batch = models.ForeignKey("evidence.ImportBatch", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"Hyphens count in case numbers of {self.agency}"


class FormerNumberQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(incident__in=Incident.objects.visible_to(user))


class FormerNumber(models.Model):
    """A case number that a person replaced, with what tells the same event in a file that still has it."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="former_numbers")
    case_number = models.CharField(max_length=40)
    occurred_at = models.DateTimeField()
    time_known = models.BooleanField()
    address = models.CharField(max_length=200, blank=True)

    objects = FormerNumberQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "case_number"], name="former_number_once")]

    def __str__(self):
        return self.case_number
