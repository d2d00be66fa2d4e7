"""What programs send about confirmation: raw input -> the clean values that the actions take."""

from django.utils import timezone
from rest_framework import serializers as s

from agencies.api.inputs import NOT_THERE, Body, Chosen
from agencies.models import Agency, User
from leads.models import Comparison
from leads.policies import confirmation as policies
from leads.queries import confirmations as queries
from leads.standing import confirmations as standing


class AskingAgency(Chosen):
    """An agency of the person with a part in the lead (`lead` of the context)."""

    def get_queryset(self):
        return standing.asking_agencies(self.context["user"], self.context["lead"])


class ItsLaboratory(Chosen):
    def get_queryset(self):
        places = queries.laboratories(self.context["lead"])
        return Agency.objects.filter(pk__in=[each.pk for each in places])


class ItsExaminer(Chosen):
    """Who compares specimens at the laboratory (`laboratory` of the context)."""

    def get_queryset(self):
        return standing.examiners(self.context["laboratory"])


class EventToCompare(Body):
    event = s.IntegerField(help_text="An event of the lead.")
    evidence = s.CharField(max_length=120, required=False, allow_blank=True, help_text="What of it is submitted.")


def _known(ids, lead):
    found = {event.pk: event for event in lead.events.all()}
    if not found.keys() >= set(ids):
        raise s.ValidationError(NOT_THERE)
    return found


class AskConfirmation(Body):
    agency = AskingAgency(queryset=Agency.objects.none(), help_text="In whose name it is asked: one of yours.")
    laboratory = ItsLaboratory(queryset=Agency.objects.none())
    events = EventToCompare(many=True, allow_empty=False, help_text="Two to eight events of the lead.")
    needed_on = s.DateField()
    court_on = s.DateField(required=False, allow_null=True)
    note = s.CharField(max_length=300, required=False, allow_blank=True)

    def validate_events(self, given):
        found = _known([each["event"] for each in given], self.context["lead"])
        self.evidence = {each["event"]: each.get("evidence", "") for each in given}
        chosen = [found[pk] for pk in self.evidence]
        if refused := policies.ask(self.context["user"], self.context["lead"], events=chosen):
            raise s.ValidationError(refused)
        return chosen

    def validate_needed_on(self, day):
        if day < timezone.localdate():
            raise s.ValidationError("This day is over. Give one to come.")
        return day

    def validate(self, given):
        return given | {"evidence": self.evidence}


class GiveTo(Body):
    examiner = ItsExaminer(queryset=User.objects.none(), help_text="An examiner of the laboratory.")


class WhyNot(Body):
    reason = s.CharField(max_length=200)


class AskAgain(Body):
    needed_on = s.DateField()
    note = s.CharField(max_length=300, required=False, allow_blank=True)


class PairFound(Body):
    first = s.IntegerField(help_text="An event of the request.")
    second = s.IntegerField()
    result = s.ChoiceField(Comparison.Result.choices)
    off = s.IntegerField(required=False, allow_null=True, help_text="Which of both an elimination takes off the line.")

    def validate(self, given):
        if given["first"] == given["second"]:
            raise s.ValidationError({"second": ["A pair is of two events."]})
        if given.get("off") not in (None, given["first"], given["second"]):
            raise s.ValidationError({"off": ["Take off one of the two events that were compared."]})
        return given


class Results(Body):
    pairs = PairFound(many=True, allow_empty=False)
    report = s.CharField(max_length=40)
    reported_on = s.DateField()
    verified_by = ItsExaminer(
        queryset=User.objects.none(), required=False, allow_null=True, help_text="The second examiner."
    )
    note = s.CharField(max_length=200, required=False, allow_blank=True)
    ends = s.BooleanField(default=True, help_text="Whether this answers the request.")

    def validate_pairs(self, given):
        ids = {each[name] for each in given for name in ("first", "second")}
        found = _known(ids, self.context["lead"])
        return [
            (found[each["first"]], found[each["second"]], each["result"], found.get(each.get("off"))) for each in given
        ]

    def validate_reported_on(self, day):
        if day > timezone.localdate():
            raise s.ValidationError("A report is not of a day to come. Check the date.")
        return day


class Confirm(Body):
    """`lead` of the context is the one whose events are confirmed, `laboratory` that of its notice."""

    events = s.ListField(child=s.IntegerField(), allow_empty=False, help_text="Events of the lead.")
    report = s.CharField(max_length=40, help_text="The number of the examiner's report.")
    verified_by = ItsExaminer(
        queryset=User.objects.none(), required=False, allow_null=True, help_text="The second examiner."
    )

    def validate_events(self, ids):
        known = _known(ids, self.context["lead"])
        return [known[pk] for pk in set(ids)]
