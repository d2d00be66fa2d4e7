"""What programs send of referrals: put before an office, decided, adopted, weighed, annotated."""

from django.utils import timezone
from rest_framework import serializers as s

from agencies.api.inputs import Body, Chosen
from agencies.models import Agency
from agencies.moments import why_not_yet
from leads.actions._asked import MOST_ITEMS
from leads.api.bodies import YourAgency, YourLead, YourOffice, with_purpose
from leads.forms.referring import LONGEST, decision_wants
from leads.models import Entity, Lead, LeadEvent, Referral

Status = Referral.Status
DECISIONS = [each for each in Status.choices if each[0] not in (Status.REFERRED, Status.ADOPTED)]
VENUES = [each for each in Referral.Venue.choices if each[0] in ("juvenile", "revocation")]


class ThePerson(Chosen):
    """A person named on a lead that the owner of the token sees."""

    def get_queryset(self):
        return Entity.objects.visible_to(self.context["user"]).filter(kind=Entity.Kind.PERSON)


class TheEvent(Chosen):
    def get_queryset(self):
        return LeadEvent.objects.visible_to(self.context["user"])


class TheState(Chosen):
    """One of the cases that may be adopted, or were."""

    def get_queryset(self):
        return Referral.objects.filter(pk__in=[each.pk for each in self.context["states"]])


class TheOffice(Chosen):
    """One of the offices that the case is before."""

    def get_queryset(self):
        return Agency.objects.filter(pk__in=[each.pk for each in self.context["offices"]])


class Refer(Body):
    lead = YourLead(queryset=Lead.objects.none())
    agency = YourAgency(queryset=Agency.objects.none(), help_text="The agency that refers: one of yours.")
    office = YourOffice(queryset=Agency.objects.none(), help_text="The prosecutor's office.")
    venue = s.ChoiceField(VENUES, required=False, allow_blank=True, help_text="Empty: the law of the office.")
    person = ThePerson(queryset=Entity.objects.none(), required=False, allow_null=True)
    defendant = s.CharField(max_length=120, required=False, allow_blank=True, help_text="Where there is no record.")
    born_on = s.DateField(required=False, allow_null=True)
    events = TheEvent(
        queryset=LeadEvent.objects.none(), many=True, required=False, help_text="Those asserted about the person."
    )
    summary = s.CharField(max_length=4000)

    def validate(self, given):
        given.setdefault("defendant", "")
        if not given["defendant"] and not given.get("person"):
            raise s.ValidationError({"defendant": ["Give the name as on the arrest report."]})
        return given


class Decide(Body):
    status = s.ChoiceField(DECISIONS)
    reason = s.CharField(
        max_length=24, required=False, allow_blank=True, help_text="A code of the office's list (`decline-reasons`)."
    )
    note = s.CharField(max_length=1000, required=False, allow_blank=True)
    items = s.ListField(
        child=s.CharField(max_length=LONGEST), max_length=MOST_ITEMS, required=False,
        help_text="What is asked for: each is a task of the agency.",
    )  # fmt: skip
    due_on = s.DateField(required=False, allow_null=True, help_text="The day by which it is to be there.")
    office = YourOffice(
        queryset=Agency.objects.none(), required=False, allow_null=True, help_text="To which it is transferred."
    )
    court_number = s.CharField(max_length=40, required=False, allow_blank=True)
    next_on = s.DateField(required=False, allow_null=True, help_text="The next court date.")
    next_what = s.CharField(max_length=120, required=False, allow_blank=True)

    def validate(self, given):
        if wrong := decision_wants(given, self.context["referral"], timezone.now()):
            raise s.ValidationError({name: [sentence] for name, sentence in wrong.items()})
        return with_purpose(given)


class State(Body):
    state = TheState(queryset=Referral.objects.none(), help_text="The case of the state.")
    note = s.CharField(max_length=1000)


class WriteNote(Body):
    text = s.CharField(max_length=4000)


class Strike(Body):
    reason = s.CharField(max_length=300, help_text="Why the note does not hold; it stays with this beside it.")


class Check(Body):
    checked_on = s.DateField(help_text="The day of the Giglio check, and nothing of what it found.")

    def validate_checked_on(self, day):
        if wrong := why_not_yet(day, timezone.now(), self.context["zone"]):
            raise s.ValidationError(wrong)
        return day


class SayVenue(Body):
    chosen = TheOffice(queryset=Agency.objects.none(), help_text="The office that should have the case.")
    why = s.CharField(max_length=1000)


class SaveScreening(Body):
    seen = s.IntegerField(allow_null=True, help_text="The version that was read, none for the first.")
    state_offenses = s.CharField(max_length=1000, required=False, allow_blank=True)
    state_exposure = s.CharField(max_length=400, required=False, allow_blank=True)
    state_months = s.IntegerField(min_value=0, max_value=1200, required=False, allow_null=True)
    federal_offenses = s.CharField(max_length=1000, required=False, allow_blank=True)
    federal_exposure = s.CharField(max_length=400, required=False, allow_blank=True)
    federal_months = s.IntegerField(min_value=0, max_value=1200, required=False, allow_null=True)
    category = s.ChoiceField(["", "I", "II", "III", "IV", "V", "VI"], required=False, allow_blank=True)
    prior_record = s.CharField(max_length=400, required=False, allow_blank=True)
    witnesses = s.IntegerField(min_value=0, max_value=999, required=False, allow_null=True)
    witness_needs = s.CharField(max_length=400, required=False, allow_blank=True)
    suppression = s.ChoiceField(["", "none", "some", "serious"], required=False, allow_blank=True)
    suppression_words = s.CharField(max_length=1000, required=False, allow_blank=True)
