from django.conf import settings
from django.db import models
from django.db.models import Q

from leads.models.referral import Referral

PERSON = settings.AUTH_USER_MODEL


class ProceedingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(referral__in=Referral.objects.visible_to(user))

    def coming(self):
        """What is set and neither held nor taken off, the first on top."""
        return self.filter(status=Proceeding.Status.SET).order_by("on", "starts_at", "id")


class Proceeding(models.Model):
    """One step of a case in court: a paper that is filed, or a day that is set and then held, put off or taken off."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", "Complaint"
        INDICTMENT = "indictment", "Indictment"
        INFORMATION = "information", "Information"
        SUPERSEDING = "superseding", "Superseding indictment"
        BAIL = "bail", "Detention or bail hearing"
        ARRAIGNMENT = "arraignment", "Arraignment"
        PRELIMINARY = "preliminary", "Preliminary hearing"
        HEARING = "hearing", "Hearing"
        PLEA = "plea", "Plea hearing"
        TRIAL = "trial", "Trial"
        SENTENCING = "sentencing", "Sentencing"

    class Status(models.TextChoices):
        SET = "set", "Set"
        HELD = "held", "Held"
        CONTINUED = "continued", "Put off"
        OFF = "off", "Taken off"

    class Custody(models.TextChoices):
        DETAINED = "detained", "Detained"
        BAIL = "bail", "Bail set"
        RELEASED = "released", "Released"

    TRANSITIONS = {
        Status.SET: {Status.HELD, Status.CONTINUED, Status.OFF},
        Status.HELD: set(),
        Status.CONTINUED: set(),
        Status.OFF: set(),
    }
    # Papers that bring charges: they have no day that is waited for.
    FILED = (Kind.COMPLAINT, Kind.INDICTMENT, Kind.INFORMATION, Kind.SUPERSEDING)

    referral = models.ForeignKey(Referral, models.PROTECT, db_index=False, related_name="proceedings")
    kind = models.CharField(max_length=12, choices=Kind)
    what = models.CharField(max_length=120, blank=True, help_text="In the office's own words.")
    on = models.DateField(help_text="The day it is set for, or was filed.")
    starts_at = models.TimeField(null=True, blank=True, help_text="On the office's clock.")
    court = models.CharField(max_length=120, blank=True, help_text="Court, room or judge.")
    number = models.CharField(max_length=40, blank=True, help_text="The court's number of the case.")
    status = models.CharField(max_length=10, choices=Status, default=Status.SET)
    custody = models.CharField(max_length=8, choices=Custody, blank=True)
    result = models.CharField(max_length=300, blank=True, help_text="What was decided, or why it was put off.")
    # What was put off goes on as another one.
    continued_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="continued_as")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="When it was said that it was held, put off or taken off.")
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = ProceedingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["set", "held", "continued", "off"]), name="proceeding_status_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "complaint",
                        "indictment",
                        "information",
                        "superseding",
                        "bail",
                        "arraignment",
                        "preliminary",
                        "hearing",
                        "plea",
                        "trial",
                        "sentencing",
                    ]
                ),
                name="proceeding_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(status="set", ended_at=None, ended_by=None)
                | ~Q(status="set") & Q(ended_at__isnull=False, ended_by__isnull=False),
                name="proceeding_ended_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["complaint", "indictment", "information", "superseding"]) | Q(status="held"),
                name="proceeding_filed_is_done",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["continued", "off"]) | ~Q(result=""), name="proceeding_put_off_says_why"
            ),
            models.CheckConstraint(
                condition=Q(custody="") | Q(status="held", custody__in=["detained", "bail", "released"]),
                name="proceeding_custody_when_held",
            ),
        ]
        indexes = [
            models.Index(fields=["referral", "on", "id"], name="proceeding_referral"),
            models.Index(fields=["on", "id"], condition=Q(status="set"), name="proceeding_coming"),
        ]  # fmt: skip

    def __str__(self):
        return self.what or self.get_kind_display()

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]


class RevocationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(referral__in=Referral.objects.visible_to(user))


class Revocation(models.Model):
    """Supervision that was revoked instead of, or beside, a new conviction: an outcome of the case in its own right."""

    class Of(models.TextChoices):
        PROBATION = "probation", "Probation"
        PAROLE = "parole", "Parole"
        SUPERVISED = "supervised", "Supervised release"

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="revocation")
    of = models.CharField("supervision", max_length=12, choices=Of)
    revoked_on = models.DateField()
    months = models.PositiveSmallIntegerField(help_text="In custody for the revocation.")
    court = models.CharField(max_length=120, help_text="Court or board.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = RevocationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(of__in=["probation", "parole", "supervised"]), name="revocation_of_known"
            ),
            models.CheckConstraint(condition=Q(months__lte=1200), name="revocation_months_up_to_life"),
            models.CheckConstraint(condition=~Q(court=""), name="revocation_says_where"),
        ]

    def __str__(self):
        return f"{self.get_of_display()} revoked"
