from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies import access
from agencies.roles import Permission, Role


class MembershipQuerySet(models.QuerySet):
    def active(self):
        return self.filter(ended_at=None, user__is_active=True, agency__is_active=True)

    def visible_to(self, user):
        return self.filter(agency_id__in=access.agencies_with(user, Permission.AGENCY_MANAGE))


class Membership(models.Model):
    """One role of one person in one agency, perhaps in one unit. Ended, never deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="memberships")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"], condition=Q(ended_at=None), name="membership_role_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="membership_ended_at_and_by",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]
        indexes = [models.Index(fields=["agency", "role"], condition=Q(ended_at=None), name="membership_agency_role")]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}, {self.agency}"


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(agency_id__in=access.agencies_with(user, Permission.AGENCY_MANAGE))


class Invitation(models.Model):
    """An offer of one role, sent by mail; the link's secret is stored only as a hash and works once."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="invitations")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24, choices=Role)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    nonce = models.CharField(max_length=43, default="", editable=False, help_text="With the portal's key: the secret.")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="invitation_withdrawn_at_and_by",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
        ]

    def __str__(self):
        return f"{self.email}, {self.get_role_display()}, {self.agency}"
