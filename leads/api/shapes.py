"""The shapes of the answers about leads, as the description of the interface gives them. Nothing is read with these:
`answers` makes the same shapes from plain rows, and a test holds each beside the other.
"""

from rest_framework import serializers as s

from evidence.models import Incident
from leads.models import Activity, Charge, Obligation, Proceeding, Referral, Revocation, TimeRequest

STATUS = [("open", "Open"), ("closed", "Closed")]


class Person(s.Serializer):
    id = s.IntegerField()
    name = s.CharField()


class UnitOf(s.Serializer):
    id = s.IntegerField()
    name = s.CharField()


class LeadOf(s.Serializer):
    id = s.IntegerField()
    number = s.CharField()


class OnLine(s.Serializer):
    at = s.DateTimeField()
    kind = s.ChoiceField(Incident.Kind.choices)
    agency = s.CharField(help_text="The agency's code.")
    case_number = s.CharField()
    confirmed = s.BooleanField(help_text="Whether an examiner confirmed this event.")


class Owed(s.Serializer):
    id = s.IntegerField()
    agency = s.CharField()
    state = s.ChoiceField(Obligation.State.choices)
    due_at = s.DateTimeField(allow_null=True)


class LeadRow(s.Serializer):
    """One presumed gun: unconfirmed until an examiner has confirmed every event, and then no identification of a
    person either.
    """

    id = s.IntegerField()
    number = s.CharField()
    status = s.ChoiceField(STATUS)
    confirmed = s.BooleanField()
    score = s.IntegerField()
    priority = s.IntegerField(min_value=1, max_value=3)
    caliber = s.CharField(allow_blank=True)
    notice_on = s.DateField()
    opened_at = s.DateTimeField()
    closed_at = s.DateTimeField(allow_null=True)
    first_event_at = s.DateTimeField(allow_null=True)
    last_event_at = s.DateTimeField(allow_null=True)
    events_count = s.IntegerField()
    confirmed_count = s.IntegerField()
    hits = s.IntegerField(help_text="Pairs of cases that an examiner confirmed.")
    line = OnLine(many=True)
    obligations = Owed(many=True)


class ObligationRow(s.Serializer):
    id = s.IntegerField()
    lead = LeadOf()
    agency = s.CharField()
    agency_id = s.IntegerField()
    state = s.ChoiceField(Obligation.State.choices)
    priority = s.IntegerField(min_value=1, max_value=3)
    unit = UnitOf(allow_null=True)
    investigator = Person(allow_null=True)
    asked = s.CharField(allow_blank=True, help_text="Why an agency without an event was asked to take part.")
    sent_at = s.DateTimeField()
    acknowledged_at = s.DateTimeField(allow_null=True)
    assigned_at = s.DateTimeField(allow_null=True)
    started_at = s.DateTimeField(allow_null=True)
    last_activity_at = s.DateTimeField(allow_null=True)
    proposed_at = s.DateTimeField(allow_null=True)
    closed_at = s.DateTimeField(allow_null=True)
    returned_at = s.DateTimeField(allow_null=True)
    outcome = s.ChoiceField(Obligation.Outcome.choices, allow_blank=True)
    named_outcome_id = s.IntegerField(
        allow_null=True, help_text="Which arrest, warrant or gun: count these, as several parts may name one."
    )
    usefulness = s.IntegerField(min_value=1, max_value=5, allow_null=True)
    closing_note = s.CharField(allow_blank=True)
    return_reason = s.ChoiceField(Obligation.ReturnReason.choices, allow_blank=True)
    stage_started_at = s.DateTimeField()
    due_at = s.DateTimeField(allow_null=True, help_text="When the present stage is due; none when nothing is owed.")
    paused_until = s.DateTimeField(allow_null=True, help_text="Till when its clock stands, or last stood, still.")
    level = s.IntegerField(
        min_value=0, max_value=5, help_text="Rungs of the ladder that the present stage has reached."
    )
    receipt = s.ListField(child=s.ListField(child=s.CharField()), help_text="The sum that led to the due time.")


class TimeAsked(s.Serializer):
    kind = s.ChoiceField(TimeRequest.Kind.choices)
    reason = s.ChoiceField(TimeRequest.Reason.choices, allow_blank=True)
    days = s.IntegerField(allow_null=True)
    until = s.DateTimeField(allow_null=True)
    note = s.CharField(allow_blank=True)
    asked_at = s.DateTimeField(help_text="Send it as `seen` with your decision.")


class ObligationDetail(ObligationRow):
    time_asked = TimeAsked(allow_null=True, help_text="A pause or more time that waits for a decision.")
    may = s.ListField(child=s.CharField(), help_text="The steps that the owner of the token may take now.")


class EventRow(s.Serializer):
    id = s.IntegerField()
    agency = s.CharField(help_text="The agency's code, or its name in the notice when it is not known.")
    case_number = s.CharField()
    incident = s.IntegerField(allow_null=True, help_text="The incident, when it is matched and visible to you.")
    matched = s.BooleanField()
    kind = s.ChoiceField(Incident.Kind.choices)
    offense = s.CharField(allow_blank=True)
    occurred_at = s.DateTimeField(allow_null=True)
    address = s.CharField(allow_blank=True)
    caliber = s.CharField(allow_blank=True)
    casings = s.IntegerField(allow_null=True)
    lab_number = s.CharField(allow_blank=True)
    exhibit_number = s.CharField(allow_blank=True)
    confirmed_at = s.DateTimeField(allow_null=True)
    report = s.CharField(allow_blank=True)


class NamesLead(s.Serializer):
    number = s.CharField(help_text="As the notice of this lead writes it.")
    supersedes = s.BooleanField(help_text="The notice takes the place of the other's.")
    absent = s.BooleanField(help_text="An analyst found that there is no such lead.")
    lead = LeadOf(allow_null=True, help_text="The lead that is meant, where it is known and visible to you.")


class NamedByLead(s.Serializer):
    supersedes = s.BooleanField()
    lead = LeadOf(allow_null=True, help_text="The lead whose notice names this one, where you see it.")


class LeadDetail(s.Serializer):
    id = s.IntegerField()
    number = s.CharField()
    status = s.ChoiceField(STATUS)
    confirmed = s.BooleanField()
    center = s.CharField()
    site = s.CharField(allow_null=True)
    score = s.IntegerField()
    reasons = s.ListField(
        child=s.ListField(), help_text="The parts of the score: points, a sentence, the letter of GETS."
    )
    priority = s.IntegerField(min_value=1, max_value=3)
    priority_reason = s.CharField(allow_blank=True)
    caliber = s.CharField(allow_blank=True)
    notice_on = s.DateField()
    opened_at = s.DateTimeField()
    closed_at = s.DateTimeField(allow_null=True)
    events = EventRow(many=True)
    obligations = ObligationRow(many=True)
    names = NamesLead(many=True)
    named_by = NamedByLead(many=True)


class WaitingEvent(EventRow):
    lead = LeadOf()


class FileRow(s.Serializer):
    id = s.IntegerField()
    name = s.CharField()
    kind = s.CharField(help_text="The media type that its content shows.")
    size = s.IntegerField(help_text="In bytes.")
    sha256 = s.CharField()
    note = s.CharField(allow_blank=True)
    agency = s.CharField()
    added_at = s.DateTimeField()
    by = Person()


class ActivityRow(s.Serializer):
    id = s.IntegerField()
    lead = s.IntegerField()
    obligation = s.IntegerField(allow_null=True)
    agency = s.CharField()
    kind = s.ChoiceField(Activity.Kind.choices)
    result = s.ChoiceField(Activity.Result.choices, allow_blank=True)
    text = s.CharField()
    minutes = s.IntegerField(allow_null=True)
    at = s.DateTimeField()
    recorded_at = s.DateTimeField()
    by = Person()


class ReferralRow(s.Serializer):
    id = s.IntegerField()
    lead = LeadOf()
    agency = s.CharField()
    office = s.CharField()
    venue = s.ChoiceField(Referral.Venue.choices)
    person = s.IntegerField(allow_null=True, help_text="The record of the person, where there is one.")
    defendant = s.CharField()
    status = s.ChoiceField(Referral.Status.choices)
    referred_at = s.DateTimeField()
    decision_due_at = s.DateTimeField()
    decided_at = s.DateTimeField(allow_null=True)
    court_number = s.CharField(allow_blank=True)
    next_on = s.DateField(allow_null=True)
    next_what = s.CharField(allow_blank=True)
    prosecutor = s.IntegerField(allow_null=True, help_text="Whose case it is in its office.")


class ChargeRow(s.ModelSerializer):
    in_table = s.BooleanField(help_text="Whether the statute stands in the table; without, no exposure is known.")
    to_check = s.BooleanField(help_text="The table's line was not read in the code: check before relying on it.")
    superseded_in = s.IntegerField(allow_null=True, help_text="The proceeding that replaced the charge.")

    class Meta:
        model = Charge
        fields = ("id", "statute", "title", "counts", "offense_on", "offense_class", "charged_on", "in_table",
                  "max_months", "min_months", "consecutive", "to_check", "superseded_in", "disposition", "disposed_on",
                  *Charge.NOTHING)  # fmt: skip


class ProceedingRow(s.Serializer):
    id = s.IntegerField()
    kind = s.ChoiceField(Proceeding.Kind.choices)
    what = s.CharField(allow_blank=True)
    on = s.DateField()
    starts_at = s.TimeField(allow_null=True)
    court = s.CharField(allow_blank=True)
    number = s.CharField(allow_blank=True)
    status = s.ChoiceField(Proceeding.Status.choices)
    custody = s.ChoiceField(Proceeding.Custody.choices, allow_blank=True)
    result = s.CharField(allow_blank=True)
    continued_from = s.IntegerField(allow_null=True)


class RevocationRow(s.Serializer):
    of = s.ChoiceField(Revocation.Of.choices)
    revoked_on = s.DateField()
    months = s.IntegerField()
    court = s.CharField()


class ReferralStep(s.Serializer):
    became = s.ChoiceField(Referral.Status.choices)
    reason = s.CharField(allow_blank=True, help_text="A code of the office's list.")
    reason_said = s.CharField(allow_blank=True, help_text="In the words that the list had then.")
    note = s.CharField(allow_blank=True)
    at = s.DateTimeField()


class ReferralDetail(ReferralRow):
    summary = s.CharField()
    decline_reason = s.CharField(allow_blank=True, help_text="A code of the office's list.")
    reason_said = s.CharField(allow_blank=True, help_text="In the words that the list had then.")
    decision_note = s.CharField(allow_blank=True)
    events = s.ListField(child=s.IntegerField(), help_text="Those asserted about the person.")
    decisions = ReferralStep(many=True)
    charges = ChargeRow(many=True)
    proceedings = ProceedingRow(many=True)
    revocation = RevocationRow(allow_null=True)
