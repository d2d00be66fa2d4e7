"""Deconfliction without content: what was asked of other agencies, what was answered, and which agencies answer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission, Role


class DeconflictionRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whether an agency answers is its own affair and its center's: nobody who asks may learn that it does not."""
        own = access.agencies_with(user, Permission.AGENCY_MANAGE)
        centers = [each.agency_id for each in access.standings(user) if each.role == Role.CENTER_COORDINATOR]
        return self.filter(Q(agency__in=own) | Q(agency__parent__in=centers))


class DeconflictionRule(models.Model):
    """Whether an agency answers that it holds a record, and whom to call then. Without a row it does not."""

    agency = models.OneToOneField(
        "agencies.Agency", models.PROTECT, primary_key=True, related_name="deconfliction_rule"
    )
    answers = models.BooleanField(default=False)
    contact = models.CharField(max_length=120, blank=True, help_text="A unit or a desk.")
    phone = models.CharField(max_length=32, blank=True)
    email = models.EmailField(blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = DeconflictionRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answers=False) | (~Q(contact="") & (~Q(phone="") | ~Q(email=""))),
                name="deconfliction_answers_with_a_contact",
            ),
        ]

    def __str__(self):
        return f"{self.agency}: {'answers' if self.answers else 'does not answer'}"


def reviewed_by(user):
    """Ids of the agencies whose questions a person reviews: their own and, for a center, those of its members."""
    own = access.agencies_with(user, Permission.DECONFLICT_REVIEW)
    return Agency.objects.filter(Q(pk__in=own) | Q(parent__in=own)).values("pk") if own else []


class InquiryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those one asked oneself, while one works there still, and those one reviews."""
        asks = access.agencies_with(user, Permission.DECONFLICT_ASK)
        return self.filter(Q(asked_by=user.pk, agency__in=asks) | Q(agency__in=reviewed_by(user)))


class Inquiry(models.Model):
    """One question, whether another agency holds a record. Only its review is written later."""

    class Kind(models.TextChoices):
        GUN = "gun", "Firearm by serial number"
        PERSON = "person", "Person by name and day of birth"

    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, db_index=False, related_name="+", help_text="The asker's."
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    asked_at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind)
    key_hash = models.CharField(max_length=64, help_text="Of what was asked, under the portal's secret key.")
    case_number = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    answers_count = models.PositiveSmallIntegerField(default=0)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    review_note = models.CharField(max_length=200, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inquiries"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["gun", "person"]), name="inquiry_kind_known"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, review_note="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="inquiry_reviewed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("asked_by")), name="inquiry_reviewed_by_another"
            ),
            models.CheckConstraint(condition=~Q(case_number="") & ~Q(reason=""), name="inquiry_says_why"),
        ]
        indexes = [
            models.Index(F("asked_by"), F("asked_at").desc(), F("id").desc(), name="inquiry_asker_new"),
            models.Index(F("agency"), F("asked_at").desc(), F("id").desc(), name="inquiry_agency_new"),
            models.Index(
                F("agency"), F("asked_at"), F("id"), condition=Q(reviewed_at=None), name="inquiry_to_review"
            ),
            models.Index(
                F("agency"), F("asked_at").desc(), F("id").desc(), condition=Q(answers_count__gt=0), name="inquiry_hit"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"DC-{self.pk}"

    def get_absolute_url(self):
        return reverse("inquiry", args=[self.pk])


class InquiryAnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The holder's side: those who review there. The asker's side reads the contact through its question."""
        return self.filter(holder__in=reviewed_by(user))


class InquiryAnswer(models.Model):
    """That an agency holds a record, and whom to call, as it was said then. Which record is the holder's to see."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="answers")
    holder = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    answered_at = models.DateTimeField()
    contact = models.CharField(max_length=120)
    phone = models.CharField(max_length=32, blank=True)
    email = models.EmailField(blank=True)
    exhibit = models.ForeignKey("evidence.Exhibit", models.PROTECT, null=True, related_name="+")
    lead = models.ForeignKey("leads.Lead", models.PROTECT, null=True, related_name="+")

    objects = InquiryAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "holder"], name="inquiry_answer_once"),
            models.CheckConstraint(
                condition=Q(exhibit__isnull=False, lead=None) | Q(exhibit=None, lead__isnull=False),
                name="inquiry_answer_is_of_a_record",
            ),
        ]
        indexes = [models.Index(F("holder"), F("answered_at").desc(), F("id").desc(), name="inquiry_answer_holder_new")]

    def __str__(self):
        return f"DC-{self.inquiry_id}"

    def get_absolute_url(self):
        return reverse("inquiry_answer", args=[self.pk])
