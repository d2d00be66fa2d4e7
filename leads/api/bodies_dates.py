"""What programs send of the days of a case, whose case it is, and arrests: raw input -> what actions take."""

from rest_framework import serializers as s

from agencies.api.inputs import Body, Chosen
from leads.forms.dates import ANSWERS
from leads.models import Deadline
from leads.queries import dates as queries


class ProsecutorOfIt(Chosen):
    """Somebody of the office of the case who may have it."""

    def get_queryset(self):
        return queries.prosecutors(self.context["case"].office_id)


class SetDeadline(Body):
    kind = s.ChoiceField(Deadline.Kind.choices)
    due_on = s.DateField(help_text="A day of the office's calendar. No term of court is computed.")
    basis = s.CharField(max_length=160, required=False, allow_blank=True, help_text="The order or rule it follows.")


class MoveDeadline(Body):
    due_on = s.DateField()
    basis = s.CharField(max_length=160, required=False, allow_blank=True)

    def validate_due_on(self, day):
        if day == self.context["deadline"].due_on:
            raise s.ValidationError("It is due on this day already. Choose another one.")
        return day


class FinishDeadline(Body):
    why = s.CharField(max_length=200, required=False, allow_blank=True, help_text="How, if there is a word on it.")


class DropDeadline(Body):
    why = s.CharField(max_length=200)


class GiveCase(Body):
    prosecutor = ProsecutorOfIt(pk_field=s.IntegerField(), allow_null=True, help_text="None: it is everybody's there.")


class AnswerArrest(Body):
    status = s.ChoiceField(ANSWERS)
    reason = s.CharField(max_length=300, help_text="Why, or what is asked.")
