from django.db import models
from django.db.models import F, Q

from leads import statutes
from leads.models.proceeding import Proceeding
from leads.models.referral import Referral


class ChargeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(referral__in=Referral.objects.visible_to(user))

    def standing(self):
        """Without those that a superseding indictment replaced."""
        return self.filter(superseded_in=None)

    def undecided(self):
        """Those that stand and have not ended."""
        return self.standing().filter(disposition="pending")


class Sentence(models.Model):
    """What a court gave for one charge; of the federal ones what the guidelines said beside. Empty: not said."""

    class Departure(models.TextChoices):
        WITHIN = "within", "Within the range"
        ABOVE = "above", "Above the range"
        ASSISTANCE = "assistance", "Below, for assistance to the government"
        BELOW = "below", "Below the range, otherwise"

    prison_months = models.PositiveSmallIntegerField(null=True, blank=True)
    consecutive_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of the prison months those that are mandatory and consecutive."
    )
    suspended_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of the prison months.")
    probation_months = models.PositiveSmallIntegerField(null=True, blank=True)
    supervised_months = models.PositiveSmallIntegerField(null=True, blank=True)
    fine = models.PositiveIntegerField(null=True, blank=True, help_text="Dollars.")
    restitution = models.PositiveIntegerField(null=True, blank=True, help_text="Dollars.")
    forfeits_firearms = models.BooleanField(default=False)
    special_conditions = models.CharField(max_length=500, blank=True)
    sentenced_on = models.DateField(null=True, blank=True)
    sentenced_by_court = models.CharField(max_length=120, blank=True, help_text="Judge or court.")
    range_low = models.PositiveSmallIntegerField(null=True, blank=True)
    range_high = models.PositiveSmallIntegerField(null=True, blank=True)
    has_mandatory_minimum = models.BooleanField(default=False)
    is_armed_career = models.BooleanField(default=False)
    departure = models.CharField(max_length=10, choices=Departure, blank=True)

    # What a sentence says; an empty one has these values.
    MONTHS = ("prison_months", "consecutive_months", "suspended_months", "probation_months", "supervised_months",
              "range_low", "range_high")  # fmt: skip
    NOTHING = {
        **dict.fromkeys(MONTHS),
        "fine": None,
        "restitution": None,
        "forfeits_firearms": False,
        "special_conditions": "",
        "sentenced_on": None,
        "sentenced_by_court": "",
        "has_mandatory_minimum": False,
        "is_armed_career": False,
        "departure": "",
    }

    class Meta:
        abstract = True


def _within(part, whole):
    return Q(**{part: None}) | Q(**{f"{whole}__isnull": False, f"{part}__lte": F(whole)})


class Charge(Sentence):
    """One offense charged in an accepted case, and how it ended."""

    class Disposition(models.TextChoices):
        PENDING = "pending", "Pending"
        GUILTY_PLEA = "guilty_plea", "Guilty plea"
        PLED_OTHER_CHARGE = "pled_other_charge", "Pled to another charge"
        GUILTY_TRIAL = "guilty_trial", "Guilty at trial"
        NOT_GUILTY = "not_guilty", "Not guilty"
        DISMISSED_BY_PROSECUTOR = "dismissed_by_prosecutor", "Dismissed by the prosecutor"
        DISMISSED_BY_COURT = "dismissed_by_court", "Dismissed by the court"
        NO_BILL = "no_bill", "No bill"
        DIVERTED = "diverted", "Diverted"
        DEFERRED = "deferred", "Deferred"
        JUVENILE_ADJUDICATED = "juvenile_adjudicated", "Adjudicated as a juvenile"
        TRANSFERRED_FEDERAL = "transferred_federal", "Transferred to federal court"
        ABATED_DEATH = "abated_death", "Abated by death"

    LIFE_MONTHS = statutes.LIFE
    SENTENCED = (
        Disposition.GUILTY_PLEA,
        Disposition.PLED_OTHER_CHARGE,
        Disposition.GUILTY_TRIAL,
        Disposition.JUVENILE_ADJUDICATED,
    )

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="charges")
    statute = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    counts = models.PositiveSmallIntegerField(default=1)
    offense_on = models.DateField(null=True, blank=True, help_text="The day of the offense.")
    offense_class = models.CharField(max_length=20, blank=True, help_text="Such as: felony, second degree.")
    charged_on = models.DateField()
    # What the table said of the statute on the day of the offense, as it was when the charge was recorded.
    in_table = models.BooleanField(default=False)
    max_months = models.PositiveSmallIntegerField(null=True, blank=True)
    min_months = models.PositiveSmallIntegerField(null=True, blank=True)
    consecutive = models.BooleanField(default=False)
    to_check = models.BooleanField(default=False, help_text="The table's line was not read in the code.")
    superseded_in = models.ForeignKey(
        Proceeding, models.PROTECT, null=True, related_name="supersedes", help_text="Which indictment replaced it."
    )
    disposition = models.CharField(max_length=24, choices=Disposition, default=Disposition.PENDING)
    disposed_on = models.DateField(null=True, blank=True)
    adopted_into = models.ForeignKey(
        Referral, models.PROTECT, null=True, related_name="adopted_charges",
        help_text="The federal case that it went to by adoption.",
    )  # fmt: skip

    objects = ChargeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(counts__gte=1), name="charge_counts_from_one"),
            models.CheckConstraint(
                condition=Q(
                    disposition__in=[
                        "pending", "guilty_plea", "pled_other_charge", "guilty_trial", "not_guilty",
                        "dismissed_by_prosecutor", "dismissed_by_court", "no_bill", "diverted", "deferred",
                        "juvenile_adjudicated", "transferred_federal", "abated_death",
                    ]
                ),
                name="charge_disposition_known",
            ),
            models.CheckConstraint(
                condition=Q(disposition="pending", disposed_on=None)
                | (~Q(disposition="pending") & Q(disposed_on__isnull=False)),
                name="charge_disposed_on_when_disposed",
            ),
            models.CheckConstraint(
                condition=Q(**Sentence.NOTHING)
                | Q(disposition__in=["guilty_plea", "pled_other_charge", "guilty_trial", "juvenile_adjudicated"]),
                name="charge_sentence_needs_guilt",
            ),
            models.CheckConstraint(
                condition=_within("consecutive_months", "prison_months")
                & _within("suspended_months", "prison_months"),
                name="charge_parts_of_prison",
            ),
            models.CheckConstraint(
                condition=Q(range_low=None, range_high=None)
                | Q(range_low__isnull=False, range_high__isnull=False, range_high__gte=F("range_low")),
                name="charge_range_low_to_high",
            ),
            models.CheckConstraint(
                condition=Q(sentenced_on=None) | Q(sentenced_on__gte=F("disposed_on")),
                name="charge_sentenced_after_disposed",
            ),
            models.CheckConstraint(
                condition=Q(superseded_in=None) | Q(disposition="pending"), name="charge_superseded_has_no_end"
            ),
            models.CheckConstraint(
                condition=Q(adopted_into=None) | Q(disposition="transferred_federal"),
                name="charge_adopted_is_transferred",
            ),
            models.CheckConstraint(
                condition=Q(in_table=True) | Q(max_months=None, min_months=None, consecutive=False, to_check=False),
                name="charge_exposure_from_the_table",
            ),
            models.CheckConstraint(
                condition=Q(offense_on=None) | Q(offense_on__lte=F("charged_on")), name="charge_after_the_offense"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.statute} ({self.counts})"

    @property
    def stands_as(self):
        """How it stands in words: one that an indictment replaced is pending in the table and nowhere else."""
        return "Superseded" if self.is_superseded else self.get_disposition_display()

    @property
    def is_open(self):
        """Whether it stands and has not ended."""
        return self.disposition == self.Disposition.PENDING and not self.is_superseded

    @property
    def is_superseded(self):
        return self.superseded_in_id is not None
