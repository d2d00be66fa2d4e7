"""What a person said of the search of a scene, and from when an agency answers for its scenes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.models.incident import Incident


class CanvassQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(incident__in=Incident.objects.visible_to(user))


class Canvass(models.Model):
    """No evidence from a scene, and why: it was canvassed and none was found, or it was not searched. What is collected
    later goes before it.
    """

    class Answer(models.TextChoices):
        NONE_FOUND = "none_found", "None found"
        NOT_SEARCHED = "not_searched", "Not searched"

    class Reason(models.TextChoices):
        UNSAFE = "unsafe", "Scene was not safe"
        NO_SCENE = "no_scene", "No scene could be found"
        REPORTED_LATER = "reported_later", "Reported too late"
        WEATHER = "weather", "Weather"
        NO_OFFICER = "no_officer", "No officer was free"
        OTHER_AGENCY = "other_agency", "Another agency has the scene"
        OTHER = "other", "Other"

    incident = models.OneToOneField(Incident, models.PROTECT, related_name="canvass")
    answer = models.CharField(max_length=12, choices=Answer)
    searched_by = models.CharField(max_length=120, blank=True, help_text="Who canvassed the scene.")
    searched_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    note = models.CharField(max_length=200, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CanvassQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="none_found", searched_at__isnull=False, reason="") & ~Q(searched_by="")
                | Q(answer="not_searched", searched_at=None, searched_by="") & ~Q(reason=""),
                name="canvass_says_who_and_when_or_why_not",
            ),
            models.CheckConstraint(condition=~Q(reason="other") | ~Q(note=""), name="canvass_other_says_what"),
        ]

    def __str__(self):
        return self.get_answer_display()


class CollectionRule(models.Model):
    """From which day an agency answers for every scene with gunfire, and which unit owes where nobody else is named.
    What lies before is counted apart: the history that files bring is nobody's debt.
    """

    agency = models.OneToOneField("agencies.Agency", models.PROTECT, related_name="collection_rule")
    begins_on = models.DateField()
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.agency} from {self.begins_on}"
