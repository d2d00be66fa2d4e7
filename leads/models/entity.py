from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from leads.models.lead import Lead


class EntityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of whom anything was ever said on a lead that the user sees."""
        seen = Lead.objects.visible_to(user)
        return self.filter(Exists(Assertion.objects.filter(entity=OuterRef("pk"), lead__in=seen)))

    def same_as(self, entity):
        """All records that were said to be the same as one, itself included."""
        return self.filter(standing=entity.standing_id)


class Entity(models.Model):
    """A person, vehicle, phone or address that somebody named on a lead, used again on others. It holds what tells it
    from others and no more: whoever names it on a lead says that much to all who see the lead. What else is known
    stands in rows that belong to a lead (`Particular`, `Assertion`) and is seen with it.

    What was named wrongly is withdrawn and named anew. Records that are the same keep their rows and point at one of
    them (`standing`, themselves where nothing was said): so a reader never sees through one what was said of another,
    and parting them again loses nothing.
    """

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        VEHICLE = "vehicle", "Vehicle"
        PHONE = "phone", "Phone"
        ADDRESS = "address", "Address"

    LETTERS = {Kind.PERSON: "P", Kind.VEHICLE: "V", Kind.PHONE: "T", Kind.ADDRESS: "A"}

    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="+", help_text="The center of the lead it was first named on."
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PERSON)
    name = models.CharField(max_length=160, help_text="A person's name, a plate, a phone number, an address.")
    region = models.CharField(max_length=2, blank=True, help_text="The state of a plate.")
    born_on = models.DateField(null=True, blank=True)
    standing = models.ForeignKey(
        "self", models.PROTECT, related_name="+", help_text="The first of those that are the same; kept by a trigger."
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = EntityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["person", "vehicle", "phone", "address"]), name="entity_kind_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="entity_has_a_name"),
            models.CheckConstraint(condition=Q(kind="vehicle") | Q(region=""), name="entity_plate_has_a_state"),
            models.CheckConstraint(condition=Q(kind="person") | Q(born_on=None), name="entity_person_was_born"),
            models.CheckConstraint(condition=Q(standing__lte=F("id")), name="entity_stands_by_the_first"),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("entity", args=[self.pk])

    @property
    def number(self):
        return f"{self.LETTERS[self.kind]}-{self.pk}"


class Persons(models.Manager.from_queryset(EntityQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(kind=Entity.Kind.PERSON)


class Person(Entity):
    """An entity that is a person: whose lists, referrals and packets name people name these."""

    objects = Persons()

    class Meta:
        proxy = True


class OfLeads(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))

    def standing(self):
        return self.filter(withdrawn_at=None)


class Particular(models.Model):
    """Something more that is known of an entity, from one lead: seen by those who see that lead."""

    class Kind(models.TextChoices):
        OTHER_NAME = "other_name", "Other name"
        STATE_NUMBER = "state_number", "State number"
        FBI_NUMBER = "fbi_number", "FBI number"
        LOCAL_NUMBER = "local_number", "Local number"
        MAKE = "make", "Make and model"
        COLOR = "color", "Color"

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="particulars")
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfLeads.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["other_name", "state_number", "fbi_number", "local_number", "make", "color"]),
                name="particular_kind_known",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="particular_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="particular_withdrawn_at_and_by",
            ),
            models.UniqueConstraint(
                fields=["entity", "lead", "kind", "value"],
                condition=Q(withdrawn_at=None),
                name="particular_once_from_a_lead",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.value}"


class EntityKey(models.Model):
    """What an entity is found by, written so that two spellings are one (`leads.entitykeys`): by what it is itself, or
    by what is known of it from a lead, which finds it for those alone who see that lead.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="keys")
    particular = models.ForeignKey(Particular, models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=200, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "entity", "particular"], nulls_distinct=False, name="entity_key_once"
            ),
        ]

    def __str__(self):
        return self.key


class Assertion(models.Model):
    """That somebody or something had to do with an event, as a source says: never because of the gun. It stands until
    it is withdrawn with a reason, and stays on record then. Traces are no source here: who may read these reads them on
    their own pages.
    """

    class Role(models.TextChoices):
        SUSPECT = "suspect", "Suspect"
        POSSESSOR = "possessor", "Possessor"
        WITNESS = "witness", "Witness"
        VICTIM = "victim", "Victim"
        NAMED = "named", "Named"

    class Source(models.TextChoices):
        REPORT = "report", "Police report"
        STATEMENT = "statement", "Statement"
        VIDEO = "video", "Video or photo"
        LPR = "lpr", "License plate reader"
        PHONE = "phone", "Phone records"
        SOCIAL = "social", "Social media"
        FORENSIC = "forensic", "DNA or fingerprint"
        SUPERVISION = "supervision", "Supervision record"
        SOURCE_NUMBER = "source_number", "Confidential source, by number"
        OTHER = "other", "Other"

    class Reliability(models.TextChoices):
        A = "A", "A - reliable"
        B = "B", "B - usually reliable"
        C = "C", "C - fairly reliable"
        D = "D", "D - not usually reliable"
        E = "E", "E - unreliable"
        F = "F", "F - cannot be judged"

    class Validity(models.IntegerChoices):
        CONFIRMED = 1, "1 - confirmed by other sources"
        PROBABLE = 2, "2 - probably true"
        POSSIBLE = 3, "3 - possibly true"
        DOUBTFUL = 4, "4 - doubtful"
        IMPROBABLE = 5, "5 - improbable"
        UNKNOWN = 6, "6 - cannot be judged"

    PROTECTED = (Role.WITNESS, Role.VICTIM)

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="assertions")
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="assertions")
    event = models.ForeignKey("leads.LeadEvent", models.PROTECT, null=True, related_name="assertions")
    role = models.CharField(max_length=9, choices=Role)
    source_kind = models.CharField(max_length=13, choices=Source)
    source = models.CharField(max_length=200, help_text="Report number, system and day: where it can be read again.")
    reliability = models.CharField(max_length=1, choices=Reliability)
    validity = models.PositiveSmallIntegerField(choices=Validity)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="For whom it was said.")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = OfLeads.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["suspect", "possessor", "witness", "victim", "named"]),
                name="assertion_role_known",
            ),
            models.CheckConstraint(
                condition=Q(role="named") | Q(event__isnull=False), name="assertion_role_is_in_an_event"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="assertion_has_a_source"),
            models.CheckConstraint(
                condition=Q(reliability__in=["A", "B", "C", "D", "E", "F"]), name="assertion_reliability_known"
            ),
            models.CheckConstraint(condition=Q(validity__gte=1, validity__lte=6), name="assertion_validity_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
                name="assertion_withdrawn_at_and_by",
            ),
            models.UniqueConstraint(
                fields=["entity", "lead", "event", "role", "source_kind", "source"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="assertion_once_by_a_source",
            ),
        ]

    def __str__(self):
        return f"{self.entity}: {self.get_role_display().lower()}"
