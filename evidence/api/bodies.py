"""What programs send about custody, scenes, alerts, laboratories and traces: raw input -> the values of the actions."""

from datetime import timedelta

from django.utils import timezone
from rest_framework import serializers as s

from agencies.api.inputs import NOT_THERE, Body, Chosen
from agencies.models import Agency, Unit, User
from evidence import answers, queries
from evidence.api.serializers import past
from evidence.forms.custody import NOT_CHOSEN, Purpose
from evidence.forms.fields import one_line
from evidence.forms.laboratory import DAYS
from evidence.models import Canvass, Detection, Exhibit, Incident, LabRequest, Place, Trace, TraceResult


def line(longest, required=False):
    """One line of text."""
    return s.CharField(max_length=longest, required=required, allow_blank=not required, validators=[one_line])


def moment(**how):
    return s.DateTimeField(validators=[past], **how)


class ByCode(s.SlugRelatedField):
    """An agency by its code, among those that `among(context)` names."""

    default_error_messages = {"does_not_exist": NOT_THERE}

    def __init__(self, among, **how):
        self.among = among
        super().__init__(slug_field="code", queryset=Agency.objects.none(), **how)

    def get_queryset(self):
        return self.among(self.context)


class ById(Chosen):
    """A record by its number, among those that `among(context)` names."""

    def __init__(self, among, model, **how):
        self.among = among
        super().__init__(queryset=model.objects.none(), **how)

    def get_queryset(self):
        return self.among(self.context)


def open_places(context):
    return Place.objects.visible_to(context["user"]).filter(closed_at=None).select_related("agency")


def receivers(context):
    return queries.receivers_for(context["of"])


class Nothing(Body):
    """A step that needs no more than being asked for."""


class Reason(Body):
    reason = line(200, required=True)


class Offer(Body):
    purpose = s.ChoiceField([each for each in Purpose.choices if each[0] not in NOT_CHOSEN])
    agency = ByCode(receivers)
    person = ById(lambda context: queries.people_for(receivers(context)), User, required=False, allow_null=True)
    unit = ById(lambda context: queries.units_for(receivers(context)), Unit, required=False, allow_null=True)
    place = ById(open_places, Place, required=False, allow_null=True)
    at = moment()
    condition, seal, note = line(120), line(40), line(200)


class Store(Body):
    place = ById(open_places, Place)
    at = moment()
    condition, seal, note = line(120), line(40), line(200)


class ConfirmHandOver(Body):
    """Without `seal_seen` the seal is the one that was given."""

    seal_seen, condition_seen, note = line(40), line(120), line(200)
    place = ById(open_places, Place, required=False, allow_null=True)


class Withdraw(Body):
    reason = line(200)


class ChangePlace(Body):
    kind = s.ChoiceField(Place.Kind.choices)
    code = s.RegexField(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=20)
    label = line(60)
    parent = ById(open_places, Place, required=False, allow_null=True)


class NewPlace(ChangePlace):
    agency = ByCode(
        lambda context: Agency.objects.filter(pk__in=[each.pk for each in queries.kept_agencies(context["user"])])
    )


class AnswerScene(Body):
    answer = s.ChoiceField(Canvass.Answer.choices)
    searched_by, note = line(120), line(200)
    searched_at = moment(required=False, allow_null=True)
    reason = s.ChoiceField(Canvass.Reason.choices, required=False, allow_blank=True)


class Owe(Body):
    unit = ById(lambda context: queries.owing_units([context["of"].agency_id]), Unit, required=False, allow_null=True)
    officer = line(120)


class Belong(Body):
    incident = ById(lambda context: Incident.objects.visible_to(context["user"]), Incident)


class Make(Body):
    case_number = line(40, required=True)
    kind = s.ChoiceField([(kind.value, kind.label) for kind in Incident.GUNFIRE])


class Dismiss(Body):
    dismissal = s.ChoiceField(Detection.Dismissal.choices)
    note = line(200)


class SendToLaboratory(Body):
    """Without `needed_on`: in 3 days when urgent, 10 soon, 30 routine."""

    exhibits = s.ListField(
        child=ById(lambda context: context["of"].exhibits.all(), Exhibit), allow_empty=False, max_length=200
    )
    laboratory = ByCode(lambda context: queries.laboratories_of(context["of"].agency))
    asked = s.ChoiceField(LabRequest.Asked.choices)
    note, condition, seal = line(300), line(120), line(40)
    priority = s.ChoiceField(LabRequest.Priority.choices, default=LabRequest.Priority.ROUTINE)
    needed_on = s.DateField(required=False)
    at = moment()

    def validate(self, values):
        values.setdefault("needed_on", (values["at"] + timedelta(days=DAYS[values["priority"]])).date())
        return values


class Receive(Body):
    at = moment()
    condition, seal = line(120), line(40)


class Finish(Body):
    result = line(300, required=True)
    at = moment()


class ReturnExhibits(Body):
    at = moment()
    to_whom, condition, seal = line(120), line(120), line(40)


class Review(Body):
    """Reviewer 1: `candidate` names case and exhibit that it may match; an empty one says that there is none."""

    candidate = s.CharField(max_length=200, allow_blank=True, validators=[one_line])
    lead_number, note = line(40), line(200)


class DecideReview(Body):
    release = s.BooleanField()
    note = line(200)


def known_day(day):
    if day > timezone.localdate():
        raise s.ValidationError("This day lies in the future. Check the date.")


class Result(Body):
    """How far a trace of the context's `of` came. What is not sent stays as it is."""

    status = s.ChoiceField(Trace.Status.choices)
    trace_number = line(20)
    reason = s.ChoiceField(Trace.Reason.choices, required=False, allow_blank=True)
    purchased_on = s.DateField(required=False, allow_null=True, validators=[known_day])
    dealer_name, dealer_license, dealer_city, dealer_state = line(120), line(30), line(60), line(2)
    purchaser_name, purchaser_id_kind = line(120), line(40)
    purchaser_born_on = s.DateField(required=False, allow_null=True, validators=[known_day])
    is_multiple_sale = s.BooleanField(required=False, allow_null=True)
    theft = s.ChoiceField(TraceResult.Theft.choices, required=False, allow_blank=True)
    remarks = line(500)

    def validate(self, values):
        sold = values.get("purchased_on")
        if sold and sold > answers.recovered_on(self.context["of"]):
            raise s.ValidationError(
                {"purchased_on": "The firearm was recovered before this day. Check the date of the sale."}
            )
        # What a program leaves out of an answer that completes a trace is what is known already.
        values.setdefault("purchased_on", self.context["of"].purchased_on)
        return values | {"dealer_state": values["dealer_state"].upper()} if "dealer_state" in values else values
