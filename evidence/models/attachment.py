from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from evidence.models.exhibit import Exhibit
from evidence.models.incident import Incident


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(incident__in=Incident.objects.visible_to(user))


class Attachment(models.Model):
    """A photo or a paper of an incident, or of one exhibit of it. It is never deleted; one that was hung here by
    mistake is withdrawn.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", "Photo"
        DOCUMENT = "document", "Document"
        OTHER = "other", "Other"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="attachments")
    exhibit = models.ForeignKey(Exhibit, models.PROTECT, null=True, related_name="attachments")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", editable=False)
    file = models.ForeignKey("evidence.StoredFile", models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=8, choices=Kind)
    caption = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True, help_text="When it was taken, as a person says.")
    sent_key = models.UUIDField(
        null=True, unique=True, help_text="Made on the device: what is sent again is no second."
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.CharField(max_length=200, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["photo", "document", "other"]), name="attachment_kind_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="attachment_withdrawn_at_by_and_why",
            ),
        ]
        indexes = [
            models.Index(F("incident"), F("id").desc(), name="attachment_incident_new"),
            models.Index(F("exhibit"), F("id").desc(), name="attachment_exhibit_new"),
        ]

    def __str__(self):
        return self.caption or self.get_kind_display()

    def get_absolute_url(self):
        return reverse("attachment", args=[self.pk])


class SentFormQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(sent_by=user)


class SentForm(models.Model):
    """What became of a form that a device may send twice, because the answer to the first was lost on the way."""

    key = models.UUIDField(unique=True)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = SentFormQuerySet.as_manager()

    def __str__(self):
        return str(self.key)
