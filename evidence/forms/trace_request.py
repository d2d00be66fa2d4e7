"""The request as ATF Form 3312.1 has it. Nothing is demanded here: half a request is kept; what is missing for sending
is told by tracing.faults.
"""

from django import forms
from django.utils import timezone

from agencies.forms.sentences import ModelForm
from agencies.widgets import Combo, Day, Tiles
from evidence import tracing
from evidence.forms.fields import one_line
from evidence.guns import tables
from evidence.models import Trace, TracePerson

CAPITALS = {"ori", "country", "recovered_state", "state", "id_state", "crime_code"}
HINTS = {
    "crime_code": "Four digits, such as 5212 for possession",
    "country": "US, or the letters of another country",
    "importer": "Stamped on frame, slide or barrel when the gun is not from the United States",
    "partial_serial": "A ? for each that cannot be read; NONE when none can",
    "other_numbers": "Such as on slide or barrel; NONE when there are none",
    "recovered_state": "Two letters",
    "type_code": "",
}


class Lines(ModelForm):
    """Fields of one line each, none of them required."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = False
            if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.Textarea):
                field.validators = [*field.validators, one_line]
            if name in HINTS:
                field.help_text = HINTS[name]

    def clean(self):
        cleaned = super().clean()
        for name in CAPITALS & set(cleaned):
            cleaned[name] = cleaned[name].strip().upper()
        return cleaned


class TraceForm(Lines):
    """Parts I to V, VIII and IX."""

    priority = forms.ChoiceField(
        choices=Trace.Priority.choices, widget=Tiles(icons={"routine": "clock", "urgent": "late"}), label="Priority"
    )
    type_code = forms.ChoiceField(choices=[("", "Not known"), *tables.TYPES.items()], label="Type")

    class Meta:
        model = Trace
        fields = tracing.FIELDS
        labels = tracing.LABELS
        widgets = {
            "recovered_on": Day,
            "justification": forms.Textarea(attrs={"rows": 2}),
            "instructions": forms.Textarea(attrs={"rows": 2}),
            "recovered_more": forms.Textarea(attrs={"rows": 2}),
            "make": Combo(options=tables.MAKES),
            "caliber": Combo(options=(*tables.CALIBERS, *tables.MORE_CALIBERS)),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = dict(self.fields["type_code"].choices)
        if self.instance.type_code not in known:
            self.fields["type_code"].choices = [*known.items(), (self.instance.type_code, self.instance.type_code)]

    def clean_recovered_on(self):
        day = self.cleaned_data["recovered_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("This day lies in the future. Check the date.")
        return day

    def clean_priority(self):
        return self.cleaned_data["priority"] or Trace.Priority.ROUTINE

    def parts(self):
        """The parts of the form in its order, each with its fields."""
        return {
            part.numeral: {"part": part, "fields": [(number, self[name]) for name, number, _label in part.fields]}
            for part in tracing.PARTS
        }


class PersonForm(Lines):
    """Parts VI and VII: one person."""

    race = forms.MultipleChoiceField(
        choices=TracePerson.Race.choices, widget=forms.CheckboxSelectMultiple, label="Race, one box or more"
    )

    class Meta:
        model = TracePerson
        fields = TracePerson.FORM
        labels = {
            "alias_born_on": "Alias's date of birth", "is_hispanic": "Hispanic or Latino", "apartment": "Apartment",
            "zip_code": "ZIP code", "born_on": "Date of birth", "birthplace": "Place of birth", "id_kind": "ID",
            "id_number": "ID number", "id_state": "ID's state", "alias": "Alias",
        }  # fmt: skip
        widgets = {
            "alias_born_on": Day,
            "born_on": Day,
            "is_hispanic": forms.Select(choices=[("", "Not known"), ("true", "Yes"), ("false", "No")]),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["race"] = self.instance.race.split(",") if self.instance.race else []

    def clean_race(self):
        return ",".join(sorted(self.cleaned_data["race"]))

    def facts(self):
        """The clean values as `traces.keep` takes them."""
        return {name: self.cleaned_data[name] for name in TracePerson.FORM}

    def named(self):
        return any(value not in ("", None) for name, value in self.facts().items())


MOST_ASSOCIATES = 20


def _label(form, name):
    return f"{form[name].label}: " if name in form.fields else ""


class Request:
    """The whole request: the form, the possessor, the associates with one empty line more."""

    def __init__(self, trace, data=None):
        people = list(trace.people.all())
        possessor = next((each for each in people if each.position == 0), TracePerson())
        associates = [each for each in people if each.position]
        count = len(associates) + 1
        if data is not None:
            sent = data.get("associates", "")
            count = min(int(sent), MOST_ASSOCIATES) if sent.isascii() and sent.isdigit() and len(sent) < 3 else 0
            count += "more" in data
        # Before the form puts on the record what was typed.
        self.seen = data.get("seen", "") if data is not None else trace.version
        self.form = TraceForm(data, instance=trace)
        self.possessor = PersonForm(data, instance=possessor, prefix="possessor")
        self.associates = [
            PersonForm(
                None if data is not None and place >= count - ("more" in data) else data,
                instance=associates[place] if place < len(associates) else TracePerson(),
                prefix=f"associate-{place}",
            )
            for place in range(count)
        ]

    def is_valid(self):
        # Each is asked, so that each says what is wrong with it.
        answers = [each.is_valid() for each in (self.form, self.possessor, *self.associates) if each.is_bound]
        return all(answers)

    def refuse(self, words):
        """Say why the whole cannot be kept."""
        self.form.add_error(None, words)

    def wrong(self):
        """What cannot be kept: [{"field": id, "text": label and sentence}]."""
        bound = [each for each in (self.form, self.possessor, *self.associates) if each.is_bound]
        return [
            {"field": form[name].id_for_label if name in form.fields else "", "text": f"{_label(form, name)}{error}"}
            for form in bound
            for name, errors in form.errors.items()
            for error in errors
        ]

    def asked(self):
        return {name: self.form.cleaned_data[name] for name in tracing.FIELDS}

    def people(self):
        """The possessor, and the associates of whom anything is said."""
        bound = [each for each in self.associates if each.is_bound]
        return [self.possessor.facts(), *(each.facts() for each in bound if each.named())]
