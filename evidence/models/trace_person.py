from django.db import models
from django.db.models import Q

from evidence.models.restricted import TraceData
from evidence.models.trace import Trace


class TracePersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(trace__in=Trace.objects.visible_to(user))


class TracePerson(TraceData):
    """Who had the gun, or was with them, as the federal form asks: parts VI and VII. Sex, race and ethnicity stand here
    because they stand on the form; they are shown on the request alone and nothing is computed from them.
    """

    class Kind(models.TextChoices):
        POSSESSOR = "possessor", "Possessor"
        ASSOCIATE = "associate", "Associate"

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        UNKNOWN = "U", "Unknown"

    class Race(models.TextChoices):
        INDIAN = "I", "American Indian or Alaska Native"
        ASIAN = "A", "Asian"
        BLACK = "B", "Black or African American"
        PACIFIC = "P", "Native Hawaiian or other Pacific Islander"
        WHITE = "W", "White"

    FORM = (
        "last_name", "first_name", "middle_name", "alias", "alias_born_on", "height", "weight", "sex", "is_hispanic",
        "race", "route", "apartment", "number", "direction", "street", "city", "county", "state", "zip_code",
        "country", "born_on", "birthplace", "id_kind", "id_number", "id_state",
    )  # fmt: skip

    trace = models.ForeignKey(Trace, models.PROTECT, related_name="people")
    kind = models.CharField(max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField(default=0, help_text="0 for the possessor, then 1, 2, 3.")
    last_name = models.CharField(max_length=60, blank=True)
    first_name = models.CharField(max_length=60, blank=True)
    middle_name = models.CharField(max_length=60, blank=True)
    alias = models.CharField(max_length=120, blank=True)
    alias_born_on = models.DateField(null=True, blank=True)
    height = models.CharField(max_length=10, blank=True)
    weight = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    is_hispanic = models.BooleanField(null=True, blank=True)
    race = models.CharField(max_length=9, blank=True, help_text="Codes with commas between: one box or more.")
    route = models.CharField(max_length=20, blank=True)
    apartment = models.CharField(max_length=12, blank=True)
    number = models.CharField(max_length=12, blank=True)
    direction = models.CharField(max_length=4, blank=True)
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=60, blank=True)
    county = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=2, blank=True)
    zip_code = models.CharField(max_length=10, blank=True)
    country = models.CharField(max_length=3, blank=True)
    born_on = models.DateField(null=True, blank=True)
    birthplace = models.CharField(max_length=80, blank=True)
    id_kind = models.CharField(max_length=40, blank=True)
    id_number = models.CharField(max_length=40, blank=True)
    id_state = models.CharField(max_length=2, blank=True)

    objects = TracePersonQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["trace", "position"], name="trace_person_position_once"),
            models.CheckConstraint(
                condition=Q(kind="possessor", position=0) | Q(kind="associate", position__gte=1),
                name="trace_person_kind_known",
            ),
            models.CheckConstraint(condition=Q(sex__in=["", "F", "M", "U"]), name="trace_person_sex_known"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.trace_id}"

    @property
    def name(self):
        """As the form writes it: "Last, First Middle"."""
        return ", ".join(filter(None, [self.last_name, f"{self.first_name} {self.middle_name}".strip()]))
