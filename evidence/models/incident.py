from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Replace
from django.urls import reverse

from agencies import access
from agencies.roles import Permission

# A case number's key without the hyphens that count at some agencies, and without the zeros in front of digits.
PLAIN_KEY = Func(Replace("case_key", Value("-"), Value("")), Value("0"), function="ltrim")

# The kinds with gunfire, as their index names them.
GUNFIRE_KINDS = (
    "homicide", "non_fatal_shooting", "shots_fired_person", "shots_fired_property", "shots_fired_confirmed",
    "gds_alert_confirmed", "officer_involved",
)  # fmt: skip


class IncidentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return access.visible(self, user, Permission.INCIDENT_VIEW)


class Incident(models.Model):
    """One event under one agency's case number: a shooting, shots fired, or a gun recovered."""

    class Kind(models.TextChoices):
        HOMICIDE = "homicide", "Homicide"
        NON_FATAL_SHOOTING = "non_fatal_shooting", "Non-fatal shooting"
        SHOTS_FIRED_PERSON = "shots_fired_person", "Shots fired at a person"
        SHOTS_FIRED_PROPERTY = "shots_fired_property", "Shots fired at property"
        SHOTS_FIRED_CONFIRMED = "shots_fired_confirmed", "Shots fired, confirmed"
        GDS_ALERT_CONFIRMED = "gds_alert_confirmed", "Gunshot detection, confirmed"
        ROBBERY_GUN = "robbery_gun", "Robbery with a gun"
        CARJACKING = "carjacking", "Carjacking"
        DV_GUN = "dv_gun", "Domestic violence with a gun"
        OFFICER_INVOLVED = "officer_involved", "Officer involved"
        SUICIDE = "suicide", "Suicide"
        ACCIDENTAL = "accidental", "Accidental"
        GUN_RECOVERY = "gun_recovery", "Gun recovered"
        FOUND_GUN = "found_gun", "Found gun"
        SEARCH_WARRANT = "search_warrant", "Search warrant"
        TRAFFIC_STOP = "traffic_stop", "Traffic stop"
        OTHER = "other", "Other"

    GUNFIRE = tuple(map(Kind, GUNFIRE_KINDS))

    class Collection(models.TextChoices):
        """What became of the question whether evidence was collected at the scene."""

        UNANSWERED = "", "No answer yet"
        COLLECTED = "collected", "Evidence collected"
        NONE_FOUND = "none_found", "None found"
        NOT_SEARCHED = "not_searched", "Not searched"

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="incidents")
    case_number = models.CharField(max_length=40, help_text="As the agency writes it.")
    case_key = models.CharField(max_length=40, editable=False, help_text="The case number normalised, for matching.")
    kind = models.CharField(max_length=24, choices=Kind)
    occurred_at = models.DateTimeField()
    time_known = models.BooleanField(default=True)
    offense_code = models.CharField(max_length=8, blank=True)
    offense = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=200, blank=True)
    district = models.CharField(max_length=40, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    accuracy = models.PositiveIntegerField(
        null=True, editable=False, help_text="Within how many meters the device gave the point; empty for a typed one."
    )
    narrative = models.TextField(blank=True, max_length=8000)
    victims_count = models.PositiveSmallIntegerField(default=0, editable=False)
    review = models.CharField(
        max_length=120, blank=True, editable=False, help_text="Why a person should look at this record."
    )
    corrected = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Names of the fields that a person set right, with commas between: no file changes them again.",
    )
    collection = models.CharField(
        max_length=12,
        choices=Collection,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Kept by triggers on exhibits; without evidence, what a person said (Canvass).",
    )
    owing_unit = models.ForeignKey(
        "agencies.Unit",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        help_text="Who owes the answer for the scene; without one, the unit that the agency's rule names.",
    )
    owing_officer = models.CharField(max_length=120, blank=True, default="", db_default="", editable=False)
    batch = models.ForeignKey(
        "evidence.ImportBatch", models.PROTECT, null=True, editable=False, related_name="incidents"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = IncidentQuerySet.as_manager()
    view_permission = Permission.INCIDENT_VIEW

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "case_key"], name="incident_case_once_per_agency"),
            models.CheckConstraint(condition=~Q(case_key=""), name="incident_has_a_case_key"),
            models.CheckConstraint(
                condition=Q(lat=None, lng=None)
                | Q(lat__isnull=False, lat__gte=-90, lat__lte=90, lng__isnull=False, lng__gte=-180, lng__lte=180),
                name="incident_point_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(collection__in=["", "collected", "none_found", "not_searched"]),
                name="incident_collection_known",
            ),
        ]
        indexes = [
            models.Index(fields=["case_key"], name="incident_case_key"),
            models.Index(fields=["agency", "-occurred_at"], name="incident_agency_occurred"),
            models.Index(fields=["agency"], condition=~Q(review=""), name="incident_to_review"),
            models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="incident_batch"),
            # For finding '53-160' by '53160': what other agencies and laboratories write.
            models.Index(PLAIN_KEY, F("agency"), condition=Q(case_key__contains="-"), name="incident_plain_key_hyphen"),
            models.Index(
                fields=["agency", "occurred_at", "id"],
                condition=Q(collection="", kind__in=GUNFIRE_KINDS),
                name="incident_unanswered",
            ),
            models.Index(
                fields=["agency", "owing_unit", "occurred_at", "id"],
                condition=Q(collection="", kind__in=GUNFIRE_KINDS),
                name="incident_unit_owes",
            ),
            models.Index(
                fields=["agency", "collection", "-occurred_at", "-id"],
                condition=Q(collection__in=["none_found", "not_searched"]),
                name="incident_without_evidence",
            ),
        ]

    def __str__(self):
        return self.case_number

    def get_absolute_url(self):
        return reverse("incident", args=[self.pk])


class IncidentGrant(access.Grant):
    """An agency that may see an incident; `occurred_at` and `kind` are copies kept by triggers for the lists."""

    content_object = models.ForeignKey(Incident, models.CASCADE, db_index=False, related_name="grants")
    occurred_at = models.DateTimeField(null=True, editable=False)
    kind = models.CharField(max_length=24, null=True, editable=False)

    class Meta(access.Grant.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["content_object", "group"], name="incident_grant_object"),
            models.Index(F("group"), F("occurred_at").desc(), F("content_object").desc(), name="incident_grant_new"),
            models.Index(
                F("group"),
                F("kind"),
                F("occurred_at").desc(),
                F("content_object").desc(),
                name="incident_grant_kind_new",
            ),
        ]


class VictimQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(incident__in=Incident.objects.visible_to(user))


class Victim(models.Model):
    """A person shot in an incident, without a name: what linkage and counting need and no more."""

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        OTHER = "X", "Other"
        UNKNOWN = "U", "Unknown"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="victims")
    position = models.PositiveSmallIntegerField(help_text="1 for the first of the incident.")
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    died = models.BooleanField(null=True)
    wound = models.CharField(max_length=80, blank=True)

    objects = VictimQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "position"], name="victim_position_once"),
            models.CheckConstraint(condition=Q(age=None) | Q(age__lte=120), name="victim_age_plausible"),
            models.CheckConstraint(condition=Q(sex__in=["F", "M", "X", "U"]), name="victim_sex_known"),
        ]

    def __str__(self):
        return f"Victim {self.position}"
