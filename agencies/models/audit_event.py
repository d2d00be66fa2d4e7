from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies import access
from agencies.models.agency import Agency
from agencies.roles import Permission


class AuditEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An auditor reads the log of their agency and, in a center, of the agencies that belong to it and of what the
        portal did by itself for nobody's agency.
        """
        read = access.agencies_with(user, Permission.AUDIT_VIEW)
        if not read:
            return self.none()
        return self.filter(Q(agency__in=Agency.objects.filter(Q(pk__in=read) | Q(parent__in=read))) | Q(agency=None))


class AuditEvent(models.Model):
    """One thing somebody did, tried or looked at. Rows are only ever added: triggers chain them by hash and refuse
    the rest.
    """

    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_constraint=True)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_object"),
            models.Index(fields=["agency", "-id"], name="audit_agency"),
            models.Index(fields=["by", "-id"], name="audit_by"),
            # Deeds on many records at once, which name no single one: by what was done, and when.
            models.Index(fields=["verb", "at"], condition=Q(object_id__isnull=True), name="audit_of_many"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class AuditLink(models.Model):
    """The place of an event in the chain, written by the database when the event's transaction commits: the hash is of
    the link before and of the event.
    """

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="link")
    hash = models.CharField(max_length=64)

    def __str__(self):
        return f"{self.position} {self.hash[:8]}"
