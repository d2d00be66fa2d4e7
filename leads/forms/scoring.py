"""Raw input of what leads are scored by -> clean values."""

from django import forms

from agencies.forms.sentences import Form
from leads import weights
from leads.models import LeadFlag


class WeightsForm(Form):
    """The points of each part, and why they change."""

    reason = forms.CharField(
        label="Why",
        max_length=300,
        help_text="Kept with the version",
        error_messages={"required": "Say why the weights are to change."},
    )

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        for line in weights.LINES:
            self.fields[line.key] = forms.IntegerField(
                label=line.label,
                min_value=0,
                max_value=weights.MOST,
                initial=points[line.key],
                widget=forms.NumberInput(attrs={"class": "in--num", "inputmode": "numeric"}),
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            for key, sentence in weights.mistakes({key: cleaned[key] for key in weights.KEYS}).items():
                self.add_error(key, sentence)
        return cleaned

    @property
    def points(self):
        return {key: self.cleaned_data[key] for key in weights.KEYS}

    def groups(self):
        """The fields of the parts under the letters of GETS."""
        return [
            (letter, name, [self[line.key] for line in weights.LINES if line.letter == letter])
            for letter, name in weights.LETTERS.items()
        ]


class AgreeForm(Form):
    """From when a draft is in force."""

    at = forms.DateTimeField(
        label="In force from",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Empty: now",
    )


class FlagForm(Form):
    """What there is to work with, and who says so."""

    called = {"kind": "kind of what there is"}
    kind = forms.ChoiceField(label="What there is", choices=LeadFlag.Kind)
    source = forms.CharField(
        label="Source",
        max_length=200,
        help_text="Report number, agency or system",
        error_messages={"required": "Say where this comes from."},
    )
