"""What has to be disclosed of a lead: what speaks for somebody, what was given to whom, and what was kept back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies import access
from agencies.roles import Permission
from leads.models.lead import Lead
from leads.models.release import PacketRelease

PERSON = settings.AUTH_USER_MODEL


class Duty(models.TextChoices):
    """Under what an item is disclosed. What a court or an office asks beyond that is said in words."""

    NONE = "none", "No duty: for screening or charging"
    BRADY = "brady", "Brady: exculpatory"
    GIGLIO = "giglio", "Giglio: impeachment"
    RULE_16 = "rule16", "Rule 16"
    JENCKS = "jencks", "Jencks Act, Rule 26.2"


class OfLeads(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))


class OfOneRegister(OfLeads):
    """Rows of the register that one agency keeps of a lead. What it kept back and why, to whom it gave what and under
    what duty is its own: others on the lead learn that an item was disclosed, from the index.
    """

    def visible_to(self, user):
        return super().visible_to(user).filter(agency__in=access.agencies_with(user, Permission.DISCLOSURE_KEEP))


class RegisterLines(OfLeads):
    def visible_to(self, user):
        """Who keeps the register that a line is of, and in the office that got it by a packet."""
        mine = access.agencies_with(user, Permission.DISCLOSURE_KEEP)
        return super().visible_to(user).filter(Q(agency__in=mine) | Q(release__office__in=mine))

    def disclosing_for(self, agencies):
        """What makes an item disclosed as some agencies (ids) see it: given under a duty, and not to them. What was
        given for screening or charging leaves it as it was, and what they got themselves they have to pass on. A packet
        discloses once the copy is there.
        """
        return self._under_duty(agencies).filter(Q(release=None) | Q(release__ready_at__isnull=False))

    def binding(self, agencies):
        """`disclosing_for`, and what is on its way in a copy that nobody revoked."""
        there = Q(release=None) | Q(release__ready_at__isnull=False)
        return self._under_duty(agencies).filter(there | Q(release__revoked_at=None))

    def _under_duty(self, agencies):
        return self.exclude(duty=Duty.NONE).exclude(release__office__in=agencies)


class ExculpatoryMark(models.Model):
    """An entry, a file or a statement of a lead that speaks for somebody or against a witness. Marked once, and in the
    index of every packet from then on.
    """

    class Kind(models.TextChoices):
        EXCULPATORY = "exculpatory", "May be exculpatory"
        IMPEACHING = "impeaching", "May impeach a witness"
        OTHER_SUSPECT = "suspect", "Points to somebody else"

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="exculpatory_marks")
    activity = models.OneToOneField("leads.Activity", models.PROTECT, null=True, related_name="exculpatory")
    assertion = models.OneToOneField("leads.Assertion", models.PROTECT, null=True, related_name="exculpatory")
    file = models.OneToOneField("leads.LeadFile", models.PROTECT, null=True, related_name="exculpatory")
    kind = models.CharField(max_length=12, choices=Kind)
    note = models.CharField(max_length=300)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = OfLeads.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["exculpatory", "impeaching", "suspect"]) & ~Q(note=""),
                name="exculpatory_says_what",
            ),
            models.CheckConstraint(
                condition=Q(activity__isnull=False, assertion=None, file=None)
                | Q(activity=None, assertion__isnull=False, file=None)
                | Q(activity=None, assertion=None, file__isnull=False),
                name="exculpatory_of_one",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class Disclosure(models.Model):
    """An item of a lead that was given to somebody: a line of the register. Only its receipt is added to it. The line
    of a packet stands from its release on, and counts once the copy is there.
    """

    lead = models.ForeignKey(Lead, models.PROTECT, db_index=False, related_name="disclosures")
    item = models.CharField(max_length=40, help_text="What it is: `comparison-12`, as the index has it.")
    label = models.CharField(max_length=200, help_text="In words, as the index had it then.")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Who gave it.")
    to = models.CharField(max_length=160, help_text="A person and an office, in words.")
    duty = models.CharField(max_length=10, choices=Duty)
    how = models.CharField(max_length=120, help_text="In which packet, or how else.")
    release = models.ForeignKey(PacketRelease, models.PROTECT, null=True, related_name="disclosures")
    disclosed_at = models.DateTimeField()
    disclosed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    receipt = models.CharField(max_length=120, blank=True, help_text="Who received it, and where that is shown.")

    objects = RegisterLines.as_manager()

    class Meta:
        ordering = ["-disclosed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duty__in=["none", "brady", "giglio", "rule16", "jencks"]), name="disclosure_duty_known"
            ),
            models.CheckConstraint(
                condition=~Q(item="") & ~Q(label="") & ~Q(to="") & ~Q(how=""), name="disclosure_says_what"
            ),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by=None, receipt="")
                | (Q(received_at__isnull=False, received_by__isnull=False) & ~Q(receipt="")),
                name="disclosure_received_at_and_by",
            ),
        ]
        indexes = [models.Index(F("lead"), F("disclosed_at").desc(), F("id").desc(), name="disclosure_lead_new")]

    def __str__(self):
        return f"{self.label} to {self.to}"


class Withholding(models.Model):
    """An item that one agency does not disclose, with the reason, once a second person of it agreed. It stays in the
    index; whether another agency on the lead keeps it back as well, each decides without learning of the other.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Waits for a second person"
        AGREED = "agreed", "Not to be disclosed"
        REFUSED = "refused", "To be disclosed"
        LIFTED = "lifted", "Lifted"

    TRANSITIONS = {
        Status.PROPOSED: {Status.AGREED, Status.REFUSED},
        Status.AGREED: {Status.LIFTED},
        Status.REFUSED: set(),
        Status.LIFTED: set(),
    }

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="withholdings")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    item = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    status = models.CharField(max_length=8, choices=Status, default=Status.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = OfOneRegister.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "agreed", "refused", "lifted"]), name="withholding_status_known"
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(item="") & ~Q(label=""), name="withholding_says_why"),
            models.CheckConstraint(
                condition=Q(status="proposed", decided_at=None, decided_by=None)
                | (~Q(status="proposed") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="withholding_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="withholding_needs_a_second_person"
            ),
            models.CheckConstraint(
                condition=(~Q(status="lifted") & Q(lifted_at=None, lifted_by=None))
                | Q(status="lifted", lifted_at__isnull=False, lifted_by__isnull=False),
                name="withholding_lifted_at_and_by",
            ),
            models.UniqueConstraint(
                fields=["lead", "agency", "item"], condition=Q(status__in=["proposed", "agreed"]), name="withheld_once"
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.get_status_display()}"

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]


class WordingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(agency__in=access.agencies_with(user, Permission.PACKET_MAKE))


class Wording(models.Model):
    """A text of an agency that packets use, with places for names and days. The newest of its kind is in force."""

    class Kind(models.TextChoices):
        LETTER = "letter", "Cover letter"
        CAVEAT = "caveat", "Further caveat"

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(max_length=4000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["letter", "caveat"]) & ~Q(text=""), name="wording_says")
        ]
        indexes = [models.Index(F("agency"), F("kind"), F("id").desc(), name="wording_newest")]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.agency}"
