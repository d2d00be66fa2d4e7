from django.conf import settings
from django.db import models
from django.db.models import Q

from leads.models.listed import ListedPerson
from leads.models.part23 import reading


class DisseminationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The center that keeps the list sees all of its log, an agency what went to it."""
        own = reading(user)
        return self.filter(Q(listed__agency_id__in=own) | Q(agency_id__in=own)) if own else self.none()


class Dissemination(models.Model):
    """Who got what of an entry, why and when: each opening by another agency, each printing, each giving. Rows are only
    ever added; the words of the reason go when the entry is purged.
    """

    class How(models.TextChoices):
        OPENED = "opened", "Opened"
        PRINTED = "printed", "Printed"
        GIVEN = "given", "Given by the center"

    class Right(models.TextChoices):
        INVESTIGATION = "investigation", "Criminal investigation"
        SAFETY = "safety", "Imminent danger to life or property"
        PROSECUTION = "prosecution", "Prosecution"
        SUPERVISION = "supervision", "Supervision"
        REVIEW = "review", "Review of the list"

    listed = models.ForeignKey(ListedPerson, models.PROTECT, related_name="disseminations")
    how = models.CharField(max_length=7, choices=How)
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="+", help_text="Of whoever got it, when they got it."
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Who got it.")
    right = models.CharField(max_length=13, choices=Right, help_text="The right to know.")
    reason = models.CharField(max_length=200, help_text="The need to know.")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Who gave it.")

    objects = DisseminationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(how__in=["opened", "printed", "given"]), name="dissemination_how_known"),
        ]
        indexes = [models.Index(fields=["listed", "-at", "-id"], name="dissemination_listed")]

    def __str__(self):
        return f"{self.get_how_display()} {self.at:%Y-%m-%d}"
