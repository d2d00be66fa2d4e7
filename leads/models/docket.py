from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission
from evidence.models import Incident
from leads import statuswords

PERSON = settings.AUTH_USER_MODEL


class StatusSpellingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The center's analysts, and prosecutors of its offices: one table for all files of a center."""
        offices = access.agencies_with(user, Permission.REFERRAL_DECIDE)
        above = Agency.objects.filter(pk__in=offices, kind__in=Agency.PROSECUTORS).values("parent")
        return self.filter(Q(center_id__in=access.agencies_with(user, Permission.LEAD_TRIAGE)) | Q(center_id__in=above))

    def waiting(self):
        """Those that nobody has said the meaning of and a docket stands at, or stood."""
        return self.filter(Exists(DocketMove.objects.filter(spelling=OuterRef("pk"))), meaning="")


class StatusSpelling(models.Model):
    """One way in which files of a center write where a case stands, and what it means: "" until somebody says."""

    center = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    key = models.CharField(max_length=60, blank=True, help_text="The spelling as it is folded.")
    raw = models.CharField(max_length=80, blank=True, help_text="As the first file had it.")
    meaning = models.CharField(max_length=20, choices=statuswords.CHOICES, blank=True)
    seen_at = models.DateTimeField()
    said_at = models.DateTimeField(null=True, help_text="Of those of our own table nobody had to.")
    said_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = StatusSpellingQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["center", "key"], name="status_spelling_once"),
            models.CheckConstraint(
                condition=Q(meaning__in=["", *statuswords.LABELS]), name="status_spelling_meaning_known"
            ),
            models.CheckConstraint(
                condition=Q(said_at=None, said_by=None)
                | Q(said_at__isnull=False, said_by__isnull=False) & ~Q(meaning=""),
                name="status_spelling_said_at_and_by",
            ),
        ]

    def __str__(self):
        return self.raw


class OfficeMeaningQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office whose table it is in, and nobody else."""
        return self.filter(office__in=access.agencies_with(user, Permission.REFERRAL_DECIDE))

    def held(self):
        """Those that hold before what is said for all offices of the center."""
        return self.exclude(meaning="")


class OfficeMeaning(models.Model):
    """What a spelling means to one office, whatever it means to the others: "" when it goes by the center's again."""

    office = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    spelling = models.ForeignKey(StatusSpelling, models.PROTECT, related_name="of_offices")
    meaning = models.CharField(max_length=20, choices=statuswords.CHOICES, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = OfficeMeaningQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "spelling"], name="office_meaning_once"),
            models.CheckConstraint(condition=Q(meaning__in=["", *statuswords.LABELS]), name="office_meaning_known"),
        ]

    def __str__(self):
        return f"{self.spelling}, {self.office.code}"


class DocketQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever sees the incident, as an agency that may see what became of cases."""
        return self.filter(incident__in=Incident.objects.visible_to(user))


class Standing(models.Model):
    """Where a docket stands, by its spelling. `own_meaning` is what the office of the reader says that it means, where
    a query asked for it.
    """

    own_meaning = ""

    class Meta:
        abstract = True

    @property
    def meant(self):
        return self.own_meaning or self.spelling.meaning


class Docket(Standing):
    """One case of a court on an incident, as a file of dockets tells of it: not necessarily one that was referred."""

    incident = models.ForeignKey("evidence.Incident", models.PROTECT, db_index=False, related_name="dockets")
    number = models.CharField(max_length=60)
    status_raw = models.CharField(max_length=80, blank=True)
    spelling = models.ForeignKey(StatusSpelling, models.PROTECT, related_name="dockets")
    court = models.CharField(max_length=80, blank=True)
    court_level = models.CharField(max_length=80, blank=True)
    county = models.CharField(max_length=60, blank=True)
    filed_on = models.DateField(null=True)
    booking = models.CharField(max_length=40, blank=True, help_text="Offense tracking number: one for all courts.")
    # A reference of the court's and no name: who it is stands in the court's own file.
    defendant = models.CharField(max_length=40, blank=True, help_text="The court's reference of the defendant.")

    objects = DocketQuerySet.as_manager()

    class Meta:
        ordering = ["filed_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="docket_once"),
            models.CheckConstraint(condition=~Q(number=""), name="docket_has_a_number"),
        ]

    def __str__(self):
        return self.number


class DocketMoveQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(docket__in=Docket.objects.visible_to(user))


class DocketMove(Standing):
    """That a file said where a docket stands, otherwise than the file before: only ever added."""

    docket = models.ForeignKey(Docket, models.PROTECT, db_index=False, related_name="moves")
    spelling = models.ForeignKey(StatusSpelling, models.PROTECT, related_name="+")
    status_raw = models.CharField(max_length=80, blank=True)
    batch = models.ForeignKey("evidence.ImportBatch", models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()

    objects = DocketMoveQuerySet.as_manager()

    class Meta:
        ordering = ["moved_at", "id"]
        indexes = [models.Index(fields=["docket", "moved_at", "id"], name="docket_move_docket")]

    def __str__(self):
        return self.status_raw
