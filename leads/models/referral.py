from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission
from leads.models.entity import Entity
from leads.models.screening import Screening

# What a prosecutor still has on the desk: not decided yet, or accepted.
OPEN = Q(status__in=["referred", "more_asked", "accepted"])
REVIEW = Q(status__in=["referred", "more_asked"])
ENDED = Q(status__in=["declined", "transferred", "adopted"])


def _both_sides(name, keys, condition):
    """The indexes of one list of cases, for the agency that refers and for the office."""
    return [
        models.Index(side, *keys, "id", condition=condition, name=f"referral_{side}_{name}")
        for side in ("agency", "office")
    ]


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The agency that refers and the office it refers to, and nobody else."""
        agencies = access.agencies_with(user, Permission.REFERRAL_VIEW)
        return self.filter(Q(agency_id__in=agencies) | Q(office_id__in=agencies))


class Referral(models.Model):
    """One person's case on a lead, put before one prosecutor's office. Which events are asserted of the person stands
    in rows of their own (`ReferralEvent`): a link between events is a link of a gun, not of a person.
    """

    class Status(models.TextChoices):
        REFERRED = "referred", "Under review"
        MORE_ASKED = "more_asked", "More investigation asked"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        TRANSFERRED = "transferred", "Transferred"
        ADOPTED = "adopted", "Adopted, dismissed here"

    class Venue(models.TextChoices):
        STATE = "state", "State"
        FEDERAL = "federal", "Federal"
        JUVENILE = "juvenile", "Juvenile"
        REVOCATION = "revocation", "Revocation of supervision"

    class DeclineReason(models.TextChoices):
        OTHER_AUTHORITIES = "other_authorities", "To be prosecuted by other authorities"
        MINIMAL_INTEREST = "minimal_interest", "Minimal federal interest or no deterrent value"
        WEAK_EVIDENCE = "weak_evidence", "Weak or insufficient admissible evidence"
        NO_INTENT = "no_intent", "Lack of evidence of criminal intent"
        AGENCY_REQUEST = "agency_request", "Agency request"
        NO_OFFENSE = "no_offense", "No offense evident"
        NO_RESOURCES = "no_resources", "Lack of resources"
        OTHER_CHARGES = "other_charges", "Being prosecuted on other charges"
        OFFICE_POLICY = "office_policy", "Office policy"
        VICTIM_UNAVAILABLE = "victim_unavailable", "Victim or witness unavailable or refuses"
        SEARCH_PROBLEM = "search_problem", "Search or seizure problem"
        SELF_DEFENSE = "self_defense", "Self-defense or justification"
        CIVIL = "civil", "Civil, administrative or other alternative"
        INSTRUCTED = "instructed", "Instruction of the Department of Justice"
        LAB_PENDING = "lab_pending", "Laboratory result pending"
        DIVERSION = "diversion", "Diversion"
        TO_FEDERAL = "to_federal", "Referred to the federal office"
        TO_JUVENILE = "to_juvenile", "Referred to juvenile court"
        DUPLICATE = "duplicate", "Duplicate"
        LIMITATIONS = "limitations", "Statute of limitations"
        OTHER = "other", "Other"

    # The categories that U.S. Attorneys report by, and those usual in state offices; what was ever stored stays valid.
    FEDERAL_REASONS = (
        DeclineReason.OTHER_AUTHORITIES, DeclineReason.MINIMAL_INTEREST, DeclineReason.WEAK_EVIDENCE,
        DeclineReason.NO_INTENT, DeclineReason.AGENCY_REQUEST, DeclineReason.NO_OFFENSE, DeclineReason.NO_RESOURCES,
        DeclineReason.OTHER_CHARGES, DeclineReason.OFFICE_POLICY, DeclineReason.CIVIL, DeclineReason.INSTRUCTED,
        DeclineReason.OTHER,
    )  # fmt: skip
    STATE_REASONS = (
        DeclineReason.WEAK_EVIDENCE, DeclineReason.VICTIM_UNAVAILABLE, DeclineReason.SEARCH_PROBLEM,
        DeclineReason.LAB_PENDING, DeclineReason.SELF_DEFENSE, DeclineReason.DIVERSION, DeclineReason.TO_FEDERAL,
        DeclineReason.TO_JUVENILE, DeclineReason.DUPLICATE, DeclineReason.LIMITATIONS, DeclineReason.OTHER,
    )  # fmt: skip
    REVIEW = (Status.REFERRED, Status.MORE_ASKED)
    OPEN = (*REVIEW, Status.ACCEPTED)
    MOVED = (Status.TRANSFERRED, Status.ADOPTED)
    TRANSITIONS = {
        Status.REFERRED: {
            Status.MORE_ASKED, Status.ACCEPTED, Status.DECLINED, Status.TRANSFERRED, Status.ADOPTED,
        },
        Status.MORE_ASKED: {
            Status.REFERRED, Status.ACCEPTED, Status.DECLINED, Status.TRANSFERRED, Status.ADOPTED,
        },
        Status.ACCEPTED: {Status.DECLINED, Status.ADOPTED},
        Status.DECLINED: {Status.REFERRED},
        Status.TRANSFERRED: {Status.REFERRED},
        Status.ADOPTED: {Status.REFERRED, Status.MORE_ASKED, Status.ACCEPTED},
    }  # fmt: skip

    lead = models.ForeignKey("leads.Lead", models.PROTECT, related_name="referrals")
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="referrals_made", help_text="The agency that refers."
    )
    office = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="referrals_received")
    venue = models.CharField(max_length=10, choices=Venue)
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="referrals")
    person = models.ForeignKey(
        Entity, models.PROTECT, null=True, related_name="referrals", help_text="Their record, where there is one."
    )
    defendant = models.CharField(max_length=120)
    born_on = models.DateField(null=True)
    person_key = models.CharField(
        max_length=200, blank=True, db_collation="C", help_text="Name and day of birth, where both are known."
    )
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="moved_to", help_text="The case it was transferred from."
    )
    adopted_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="adopts", help_text="The federal case it was dismissed for."
    )
    summary = models.TextField(max_length=4000)
    status = models.CharField(max_length=12, choices=Status, default=Status.REFERRED)
    court_number = models.CharField(max_length=40, blank=True)
    referred_at = models.DateTimeField()
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision_due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decline_reason = models.CharField(max_length=24, choices=DeclineReason, blank=True)
    reason_said = models.CharField(
        max_length=80, blank=True, default="", db_default="",
        help_text="The reason in the words that the office's list had then.",
    )  # fmt: skip
    decision_note = models.CharField(max_length=1000, blank=True)
    next_on = models.DateField(null=True, blank=True, help_text="The next court date.")
    next_what = models.CharField(max_length=120, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+",
        help_text="The prosecutor whose case it is.",
    )  # fmt: skip
    assigned_at = models.DateTimeField(null=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-referred_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["referred", "more_asked", "accepted", "declined", "transferred", "adopted"]),
                name="referral_status_known",
            ),
            models.CheckConstraint(
                condition=Q(venue__in=["state", "federal", "juvenile", "revocation"]), name="referral_venue_known"
            ),
            models.CheckConstraint(
                condition=Q(status="adopted", adopted_into__isnull=False)
                | (~Q(status="adopted") & Q(adopted_into=None)),
                name="referral_adopted_into_a_case",
            ),
            models.CheckConstraint(condition=~Q(adopted_into=F("id")), name="referral_adopted_by_another"),
            models.CheckConstraint(condition=~Q(origin=F("id")), name="referral_moved_from_another"),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(decline_reason=""), name="referral_declined_says_why"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="referral_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "declined", "transferred", "adopted"])
                | Q(decided_at__isnull=False),
                name="referral_decision_is_signed",
            ),
            models.UniqueConstraint(fields=["lead", "office", "agency", "defendant"], name="referral_once"),
            models.CheckConstraint(
                condition=Q(assigned_to=None, assigned_at=None, assigned_by=None)
                | Q(assigned_to__isnull=False, assigned_at__isnull=False, assigned_by__isnull=False),
                name="referral_assigned_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "status", "-referred_at"], name="referral_office"),
            models.Index(fields=["agency", "-referred_at"], name="referral_agency"),
            models.Index(fields=["assigned_to", "referred_at", "id"], condition=OPEN, name="referral_assigned_age"),
            models.Index(
                fields=["assigned_to", "next_on", "id"],
                condition=Q(status="accepted", next_on__isnull=False),
                name="referral_assigned_next",
            ),
            models.Index(
                fields=["office", "next_on", "id"],
                condition=Q(status="accepted", next_on__isnull=False),
                name="referral_office_next",
            ),
            models.Index(
                fields=["agency", "next_on", "id"],
                condition=Q(status="accepted", next_on__isnull=False),
                name="referral_agency_next",
            ),
            *_both_sides("due", ["decision_due_at"], REVIEW),
            *_both_sides("court", [Coalesce("next_on", Value(date(9999, 12, 31)))], Q(status="accepted")),
            *_both_sides("ended", ["status", "decided_at"], ENDED),
            models.Index(fields=["office", "-referred_at", "-id"], name="referral_office_new"),
            models.Index(fields=["person_key"], condition=~Q(person_key=""), name="referral_person_key"),
        ]

    def __str__(self):
        return f"{self.lead.number}, {self.office.code}"

    def get_absolute_url(self):
        return reverse("referral", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]

    @property
    def version(self):
        """What was decided of it last: another one says that somebody decided, or the agency answered, since."""
        decided = self.decided_at.isoformat() if self.decided_at else ""
        return f"{self.status} {self.decision_due_at.isoformat()} {decided}"

    @classmethod
    def usual_reasons(cls, kind):
        """The reasons usual in offices of a kind: [(value, label)]."""
        federal = kind == Agency.Kind.US_ATTORNEY
        return [(each.value, each.label) for each in (cls.FEDERAL_REASONS if federal else cls.STATE_REASONS)]

    def get_decline_reason_display(self):
        """The reason as it was said: lists of offices change, and a case keeps its words."""
        return self.reason_said or dict(self.DeclineReason.choices).get(self.decline_reason, self.decline_reason)
