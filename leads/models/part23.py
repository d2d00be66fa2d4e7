"""Who may read a list of people at all (28 CFR Part 23), and what the law of a center's state says of juveniles."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission

# Whoever else takes part in a center has no part in this list: laboratories, universities, community partners.
READERS = (*Agency.INVESTIGATORS, *Agency.PROSECUTORS, Agency.Kind.PROBATION, Agency.Kind.CENTER)


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the people of the agencies that a user administers, and their own."""
        return self.filter(Q(agency_id__in=access.agencies_with(user, Permission.AGENCY_MANAGE)) | Q(user_id=user.pk))

    def in_force(self, now=None):
        return self.filter(ended_at=None, expires_at__gt=now or timezone.now())


class Certificate(models.Model):
    """That a person was trained on 28 CFR Part 23, as an administrator of their agency has seen it, until when."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="certificates")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    completed_on = models.DateField()
    expires_at = models.DateTimeField(help_text="The end of its last day where the agency is.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-expires_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="certificate_ended_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(recorded_by=models.F("user")), name="certificate_recorded_by_another"),
            models.UniqueConstraint(
                fields=["user", "agency"], condition=Q(ended_at=None), name="certificate_once_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.completed_on}"


class ListRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(agency_id__in=reading(user))


class ListRule(models.Model):
    """What a center says of its list: by which law it may name a juvenile. Without a row, or a law, it may not."""

    agency = models.OneToOneField("agencies.Agency", models.PROTECT, related_name="+")
    juvenile_law = models.CharField(max_length=200, blank=True, help_text="The provision that allows it.")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ListRuleQuerySet.as_manager()

    def __str__(self):
        return self.juvenile_law or "No juvenile"


def reading(user):
    """The agencies for which a person may read the list: by role, by the kind of agency, by training in force."""
    found = {
        each.agency_id
        for each in access.standings(user)
        if Permission.LISTED_VIEW in each.permissions and each.agency_kind in READERS
    }
    return sorted(found) if found and Certificate.objects.in_force().filter(user_id=user.pk).exists() else []
