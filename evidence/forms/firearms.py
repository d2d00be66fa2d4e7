from django import forms
from django.utils import timezone

from agencies.fields import PastMoment
from agencies.widgets import Combo
from evidence import policies
from evidence.forms.fields import LinesForm, one_line
from evidence.guns import intake, tables
from evidence.models import Firearm

MOST_MARKINGS, PLACE, TEXT = 20, 40, 120


class Markings(forms.CharField):
    """What is stamped on a gun, a line for each place: "slide: P80 AUSTRIA"; clean it is [{where, text}]."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs):
        super().__init__(max_length=MOST_MARKINGS * (PLACE + TEXT), **kwargs)

    def prepare_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{each['where']}: {each['text']}" if each["where"] else each["text"] for each in value)

    def clean(self, value):
        return [self._read(line.strip()) for line in super().clean(value).splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)

    def _read(self, line):
        one_line(line)
        where, colon, text = line.partition(":")
        where, text = (where.strip(), text.strip()) if colon else ("", line)
        if not text or len(where) > PLACE or len(text) > TEXT:
            raise forms.ValidationError(
                f'Write each marking on its own line, as in "slide: P80 AUSTRIA". This one does not: {line[:60]}'
            )
        return {"where": where, "text": text}


class TheftForm(LinesForm):
    """Whether a firearm is reported stolen, as somebody asked and was told."""

    called = {"checked_at": "time it was checked"}
    status = forms.ChoiceField(label="Stolen status", choices=Firearm.Theft.choices, widget=forms.RadioSelect)
    reference = forms.CharField(
        label="Reference",
        max_length=60,
        required=False,
        help_text="The NCIC number, or that of the agency that reported it",
    )
    checked_at = PastMoment(label="Checked")

    def __init__(self, *args, firearm, user, **kwargs):
        facts = {"status": firearm.stolen_status, "reference": firearm.stolen_reference}
        super().__init__(*args, initial=facts, **kwargs)
        self.firearm, self.user = firearm, user
        self.fields["checked_at"].zone = firearm.exhibit.agency.zone
        self.fields["checked_at"].initial = timezone.now
        self.fields["checked_at"].help_text = "On the clock of the agency"

    def clean(self):
        cleaned = super().clean()
        if "status" in cleaned:
            asked = {"status": cleaned["status"], "reference": cleaned.get("reference", "")}
            if reason := policies.check_theft(self.user, self.firearm, **asked):
                self.add_error("reference", reason)
        return cleaned


class FirearmFilterForm(LinesForm):
    """What a list of firearms is narrowed by; nothing that is typed wrongly narrows it."""

    q = forms.CharField(
        label="Serial number", required=False, max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "ABC123, A?C12, *123", "autocomplete": "off"}),
    )  # fmt: skip
    make = forms.CharField(label="Make", required=False, max_length=60, widget=Combo(options=tables.MAKES))
    caliber = forms.CharField(
        label="Caliber", required=False, max_length=40, widget=Combo(options=(*tables.CALIBERS, *tables.MORE_CALIBERS))
    )
    type = forms.ChoiceField(label="Type", required=False, choices=[("", "All types"), *tables.TYPES.items()])
    theft = forms.ChoiceField(label="Stolen", required=False, choices=[("", "Any"), *Firearm.Theft.choices])
    mark = forms.ChoiceField(
        label="Marks",
        required=False,
        choices=[
            ("", "Any"), ("obliterated", "Obliterated"), ("private", "Privately made"),
            ("conversion", "Conversion device"),
        ],
    )  # fmt: skip
    untraced = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def given(self):
        """What was asked, as far as it can be asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def words(self):
        """The words of a sight that the firearms asked for have, all of them."""
        asked = self.given()
        read = intake.read({name: asked.get(name, "") for name in ("make", "caliber")})
        return [
            *(
                f"make:{word.value.lower()}" if name == "make" else f"{name}:{word.value}"
                for name, word in read.items()
            ),
            *(f"{name}:{asked[name]}" for name in ("type", "theft", "mark") if name in asked),
            *(["untraced"] if asked.get("untraced") else []),
        ]
