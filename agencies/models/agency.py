import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from agencies import access
from agencies.calendars import working_calendar


def validate_zone(value):
    if value not in zoneinfo.available_timezones():
        raise ValidationError(f"“{value}” is not a time zone. Use a name such as America/Chicago.")


class ServiceCalendar(models.Model):
    """The hours in which an agency's clocks run, minutes after local midnight, the same on each working day."""

    name = models.CharField(max_length=80, unique=True)
    opens = models.PositiveSmallIntegerField(default=8 * 60)
    closes = models.PositiveSmallIntegerField(default=16 * 60)
    days = models.CharField(max_length=7, default="1234567"[:5], help_text="ISO weekdays, 1 is Monday.")
    always = models.BooleanField(default=False, help_text="Round the clock, holidays included.")
    federal_holidays = models.BooleanField(default=False, help_text="Closed on the federal holidays of every year.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes"), closes__lte=1440), name="calendar_opens_before_it_closes"
            ),
            models.CheckConstraint(condition=Q(days__regex=r"^[1-7]{1,7}$"), name="calendar_days_are_iso"),
        ]

    def __str__(self):
        return self.name

    def working(self, zone):
        """The calendar as the pure clock functions take it, in an agency's zone."""
        holidays = tuple(holiday.on.isoformat() for holiday in self.holidays.all())
        hours = self.opens, self.closes, self.days, self.always
        return working_calendar(zone, *hours, self.federal_holidays, holidays)


class Holiday(models.Model):
    """A day on which an agency is closed beside the federal holidays."""

    calendar = models.ForeignKey(ServiceCalendar, models.PROTECT, related_name="holidays")
    on = models.DateField()
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["calendar", "on"], name="holiday_once")]

    def __str__(self):
        return f"{self.on} {self.name}"


class AgencyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The directory (names and codes, no case data) is open to every member of an active agency."""
        return self if access.is_member(user) else self.none()


class Agency(models.Model):
    class Kind(models.TextChoices):
        POLICE = "police", "Police department"
        SHERIFF = "sheriff", "Sheriff's office"
        LABORATORY = "laboratory", "Crime laboratory"
        FEDERAL = "federal", "Federal law enforcement"
        DISTRICT_ATTORNEY = "district_attorney", "District attorney"
        US_ATTORNEY = "us_attorney", "U.S. Attorney's office"
        PROBATION = "probation", "Probation and parole"
        UNIVERSITY = "university", "University"
        COMMUNITY = "community", "Community partner"
        CENTER = "center", "Crime gun intelligence center"

    name = models.CharField(max_length=120, unique=True)
    code = models.CharField(max_length=8, unique=True, validators=[RegexValidator(r"^[A-Z0-9]{2,8}$")])
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        help_text="The center or agency it belongs to.",
    )
    zone = models.CharField(max_length=64, validators=[validate_zone])
    calendar = models.ForeignKey(ServiceCalendar, models.PROTECT, related_name="agencies")
    group = models.OneToOneField("auth.Group", models.PROTECT, editable=False)
    mark = models.PositiveSmallIntegerField(default=5, help_text="Colour and shape, 1 to 5, beside the code.")
    phone = models.CharField(max_length=32, blank=True)
    is_active = models.BooleanField(default=True)

    objects = AgencyQuerySet.as_manager()

    PROSECUTORS = (Kind.DISTRICT_ATTORNEY, Kind.US_ATTORNEY)
    GIVE_NOTICE = (Kind.CENTER, Kind.LABORATORY)
    INVESTIGATORS = (Kind.POLICE, Kind.SHERIFF, Kind.FEDERAL)
    # Whom a center asks to take part in a lead on which they have no event.
    TAKE_PART = (*INVESTIGATORS, Kind.PROBATION)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(condition=Q(mark__gte=1, mark__lte=5), name="agency_mark_1_to_5"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="agency_is_not_its_own_parent"),
        ]

    def __str__(self):
        return self.name

    @property
    def working_calendar(self):
        return self.calendar.working(self.zone)

    @property
    def center(self):
        return self if self.kind == self.Kind.CENTER else self.parent


class AgencyOri(models.Model):
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="oris")
    ori = models.CharField(max_length=9, unique=True, validators=[RegexValidator(r"^[A-Z]{2}[A-Z0-9]{7}$")])

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ori__regex=r"^[A-Z]{2}[A-Z0-9]{7}$"), name="ori_nine_characters")
        ]

    def __str__(self):
        return self.ori


class UnitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if access.is_member(user) else self.none()


class Unit(models.Model):
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="unit_name_once_per_agency")]

    def __str__(self):
        return self.name
