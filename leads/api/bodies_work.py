"""What programs send about triage, time, tasks and questions: raw input -> the clean values that the actions take."""

from datetime import UTC

from rest_framework import serializers as s

from agencies.api.inputs import Body, Chosen
from leads import respite
from leads.forms.time import midnight
from leads.models import Activity, DeskItem, Lead, TaskTemplate, TimeRequest
from leads.queries import casetasks as queries_tasks


class TwinLead(Chosen):
    """Another lead of the center (`lead` of the context)."""

    def get_queryset(self):
        lead = self.context["lead"]
        return Lead.objects.visible_to(self.context["user"]).filter(agency=lead.agency_id).exclude(pk=lead.pk)


class ItsList(Chosen):
    """A list of tasks of the agency or of its center (`obligation` of the context)."""

    def get_queryset(self):
        return queries_tasks.lists_for(self.context["obligation"])


class DeferLead(Body):
    until_on = s.DateField(help_text="A day to come: on it the lead is back on the desk.")
    note = s.CharField(max_length=300, required=False, allow_blank=True, help_text="What is waited for.")


class DeclineLead(Body):
    why = s.ChoiceField(DeskItem.Why.choices)
    twin = TwinLead(
        queryset=Lead.objects.none(), required=False, allow_null=True, help_text="Of a duplicate: the other lead."
    )
    note = s.CharField(max_length=300, required=False, allow_blank=True, help_text="For the second person.")


class PauseClock(Body):
    reason = s.ChoiceField(TimeRequest.Reason.choices)
    until = s.DateField(help_text="The day on which the clock runs again, where the agency is.")
    note = s.CharField(max_length=300, required=False, allow_blank=True)

    def validate_until(self, day):
        return midnight(day, self.context["zone"])


class ExtendTime(Body):
    days = s.IntegerField(min_value=1, max_value=respite.MOST_DAYS, help_text="Business days more.")
    note = s.CharField(max_length=300, help_text="Why; the supervisor reads it.")


class AsRead(Body):
    """What is decided on may be another thing by now than was read."""

    seen = s.DateTimeField(
        required=False, help_text="The moment at which it was said, as you read it: refused where it was said anew."
    )

    def validate_seen(self, moment):
        return moment.astimezone(UTC).isoformat()


class DecideTime(AsRead):
    grant = s.BooleanField()
    answer = s.CharField(max_length=300, required=False, allow_blank=True, help_text="Why, if it is refused.")

    def validate(self, given):
        if not given["grant"] and not given.get("answer", "").strip():
            raise s.ValidationError({"answer": ["Say why it is refused: who asked reads it."]})
        return given


class GiveTasks(Body):
    template = ItsList(queryset=TaskTemplate.objects.none(), help_text="A list of tasks.")


class FinishTask(Body):
    note = s.CharField(max_length=1500, required=False, allow_blank=True, help_text="What came of it.")
    result = s.ChoiceField(
        Activity.Result.choices, required=False, allow_blank=True, help_text="Not of what a prosecutor asked for."
    )
    minutes = s.IntegerField(
        min_value=0, max_value=1440, required=False, allow_null=True, help_text="Not of what a prosecutor asked for."
    )

    def validate(self, given):
        """`task` of the context: what a prosecutor asked for is no activity, which alone has these."""
        said = [name for name in ("result", "minutes") if given.get(name) not in (None, "")]
        if said and self.context["task"].referral_id:
            raise s.ValidationError({name: ["The office is told `note` alone: leave this out."] for name in said})
        return given


class DropTask(Body):
    why = s.CharField(max_length=200)


class AskAnalyst(Body):
    text = s.CharField(max_length=1000)


class AnswerQuestion(Body):
    answer = s.CharField(max_length=2000)
