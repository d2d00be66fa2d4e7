from django import forms
from django.utils import timezone

from agencies.widgets import Day
from evidence import policies, queries
from evidence.forms.fields import LinesForm
from evidence.models import Disposal, Exhibit

WHY = {"label": "Why", "max_length": 200}


class ReasonForm(LinesForm):
    called = {"reason": "reason"}
    reason = forms.CharField(**WHY)


class KeepForm(LinesForm):
    """An exhibit is kept on."""

    called = {"reason": "reason", "until": "day of the next review"}
    until = forms.DateField(label="Review again on", widget=Day)
    reason = forms.CharField(**WHY, help_text="Such as: appeal pending, case open")

    def __init__(self, *args, exhibit, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = queries.today_of(exhibit.agency, timezone.now())

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError("Choose a day to come.")
        return until


class ProposalForm(LinesForm):
    called = {"reason": "reason", "method": "way it goes"}
    method = forms.ChoiceField(label="How does it go?", choices=[("", "Choose"), *Disposal.Method.choices])
    reason = forms.CharField(**WHY, help_text="Such as: sentence served, no appeal; court order 26-114")


class CarryOutForm(LinesForm):
    called = {"witness": "name of the witness"}
    witness = forms.CharField(label="Witness", max_length=80, help_text="Who else saw it, by name and office")
    note = forms.CharField(label="Note", max_length=200, required=False)

    def __init__(self, *args, user, disposal, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.disposal = user, disposal

    def clean_witness(self):
        witness = self.cleaned_data["witness"]
        if refused := policies.carry_out_disposal(self.user, self.disposal, witness=witness):
            raise forms.ValidationError(refused)
        return witness


class RulesForm(LinesForm):
    """How many months an agency keeps each kind."""

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = queries.rules_of(agency)
        for kind, label in Exhibit.Kind.choices:
            self.fields[kind] = forms.IntegerField(
                label=f"{label}, months", min_value=1, max_value=1200, required=False, initial=self.known.get(kind)
            )

    def changed(self):
        """{kind: months} of those that were given and are not as they were."""
        return {kind: months for kind, months in self.cleaned_data.items() if months and months != self.known.get(kind)}
