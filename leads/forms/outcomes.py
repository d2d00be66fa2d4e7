"""Raw input of how a part ends, and of which outcomes are one -> clean values."""

from django import forms
from django.utils import timezone

from agencies.fields import Line
from agencies.forms.sentences import Form
from agencies.models import Agency
from agencies.moments import why_not_yet
from agencies.widgets import Day, Tiles
from leads import outcomes
from leads.forms.work import DISCOVERABLE
from leads.models import Obligation, Outcome

USEFULNESS = [
    (5, "5 Decisive"),
    (4, "4 Very useful"),
    (3, "3 Useful"),
    (2, "2 A little"),
    (1, "1 No help"),
]
NEW = "One that is not in this list"


class Known(forms.ModelChoiceField):
    """A choice among outcomes, each with its number, agency and day."""

    def label_from_instance(self, outcome):
        return outcomes.words(outcome)


class ProposeForm(Form):
    """How it came out, and what the lead was worth: the laboratory and the center learn from the answer. An arrest, a
    warrant and a gun are named, so that what several parts came to counts once.
    """

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=[("", "Choose"), *Obligation.Outcome.choices],
        error_messages={"required": "Choose how it came out."},
    )
    named = Known(
        label="Which arrest, warrant or gun",
        queryset=Outcome.objects.none(),
        required=False,
        empty_label=NEW,
        help_text="Those named on this lead or its gun cluster, and your agency's own of the last 90 days",
    )
    number = Line(
        label="Its number",
        max_length=40,
        required=False,
        help_text="Of the arrest, the warrant or the property. The same number is the same outcome and counts once.",
    )
    agency = forms.ModelChoiceField(
        label="Which agency did it", queryset=Agency.objects.none(), required=False, empty_label="Your agency"
    )
    happened_on = forms.DateField(label="On which day", widget=Day, required=False)
    usefulness = forms.TypedChoiceField(
        label="How useful was the lead?",
        coerce=int,
        choices=USEFULNESS,
        widget=Tiles(attrs={"class": "tiles--five"}),
        error_messages={"required": "Choose how useful it was."},
    )
    note = forms.CharField(
        label="What the supervisor should know",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=DISCOVERABLE,
    )

    def __init__(self, *args, obligation, known, doers, **kwargs):
        super().__init__(*args, **kwargs)
        self.obligation = obligation
        self.fields["note"].initial = obligation.closing_note
        self.fields["named"].queryset = known
        self.fields["agency"].queryset = doers.exclude(pk=obligation.agency_id)

    def clean(self):
        cleaned = super().clean()
        if not outcomes.is_named(cleaned.get("outcome", "")):
            return cleaned | {"named": None, "agency": None, "number": "", "happened_on": None}
        if cleaned.get("named"):
            if cleaned["named"].kind != outcomes.KIND_OF[cleaned["outcome"]]:
                self.add_error("named", "This is of another kind than the outcome above. Choose one that fits.")
            return cleaned | {"agency": None, "number": "", "happened_on": None}
        if "named" not in self.errors:
            self._clean_new(cleaned)
        return cleaned

    def _clean_new(self, cleaned):
        zone = (cleaned.get("agency") or self.obligation.agency).zone
        day = cleaned.get("happened_on")
        if "number" in cleaned and not outcomes.key_of(cleaned["number"]):
            self.add_error("number", "Give its number, or choose it from the list: so that it counts once.")
        if "happened_on" in cleaned and day is None:
            self.add_error("happened_on", "Give the day on which it happened.")
        elif day and (wrong := why_not_yet(day, timezone.now(), zone)):
            self.add_error("happened_on", wrong)


class MergeForm(Form):
    into = Known(
        label="It is the same as",
        queryset=Outcome.objects.none(),
        empty_label="Choose",
        help_text="Of the same kind, within 90 days of it",
        error_messages={"required": "Choose which one it is."},
    )
    why = Line(
        label="How you know",
        max_length=200,
        help_text=DISCOVERABLE,
        error_messages={"required": "Say how you know that they are one."},
    )

    def __init__(self, *args, alike, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = alike
