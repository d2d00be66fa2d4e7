"""Raw input of decisions on the desk -> clean values."""

from django import forms

from agencies.forms.sentences import Form
from agencies.widgets import Day
from leads.models import DeskItem, Lead

Why = DeskItem.Why


class DeferForm(Form):
    """Until when a lead waits."""

    until_on = forms.DateField(label="Comes back on", widget=Day, error_messages={"required": "Give the day."})
    note = forms.CharField(label="Why", max_length=300, required=False, help_text="What is waited for")

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until_on(self):
        day = self.cleaned_data["until_on"]
        if day <= self.today:
            raise forms.ValidationError("Choose a day after today.")
        return day


class DeclineForm(Form):
    """Why a lead goes to nobody; of a duplicate, of which other lead."""

    why = forms.ChoiceField(
        label="Reason", choices=Why, widget=forms.RadioSelect, error_messages={"required": "Choose a reason."}
    )
    twin = forms.CharField(label="The other lead", max_length=40, required=False, help_text="Number, of a duplicate")
    note = forms.CharField(
        label="For the second person",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What they should look at",
    )

    def __init__(self, *args, lead, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.lead, self.user = lead, user

    def clean(self):
        cleaned = super().clean()
        number, is_twin = (cleaned.get("twin") or "").strip().upper(), cleaned.get("why") == Why.DUPLICATE
        cleaned["twin"] = self._twin(number) if is_twin else None
        if is_twin and cleaned["twin"] is None:
            self.add_error("twin", "Give the number of another lead of this center.")
        return cleaned

    def _twin(self, number):
        others = Lead.objects.visible_to(self.user).filter(agency=self.lead.agency_id).exclude(pk=self.lead.pk)
        return others.filter(number=number).first() if number else None


class RuleForm(Form):
    """Whether leads of a center go out at once."""

    first = forms.TypedChoiceField(
        label="New leads",
        coerce=lambda value: value == "yes",
        choices=[("no", "Go to their agencies at once"), ("yes", "Wait for an analyst first")],
        widget=forms.RadioSelect,
    )
