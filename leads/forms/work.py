"""Raw input of the steps of an obligation -> clean values."""

from django import forms
from django.utils.html import format_html

from agencies.fields import PastMoment
from agencies.forms.sentences import Form
from agencies.models import Agency, Unit
from agencies.widgets import Stepper, Tiles
from leads.models import Activity, Obligation

ICONS = {
    "interview": "people",
    "video": "cam",
    "canvass": "pin",
    "records": "doc",
    "plate_reader": "scan",
    "phone": "phone",
    "search_warrant": "scale",
    "arrest": "lock",
    "laboratory": "flask",
    "note": "note",
}
DISCOVERABLE = "Part of the investigative record: it may have to be disclosed to the defense."


class AssignForm(Form):
    """To whom an obligation goes; each person stands beside what they carry already."""

    investigator = forms.TypedChoiceField(
        label="Person",
        coerce=int,
        widget=Tiles(attrs={"class": "tiles--people"}),
        error_messages={"required": "Choose who works on it."},
    )
    unit = forms.ModelChoiceField(
        label="Unit", queryset=Unit.objects.none(), required=False, empty_label="The person's own unit"
    )

    def __init__(self, *args, obligation, loads, **kwargs):
        super().__init__(*args, **kwargs)
        self.loads = {load.person.pk: load for load in loads}
        self.units = {unit.pk: unit for unit in obligation.agency.units.filter(is_active=True)}
        self.fields["investigator"].choices = [(pk, _with_load(load)) for pk, load in self.loads.items()]
        self.fields["unit"].queryset = obligation.agency.units.filter(is_active=True)
        self.fields["unit"].initial = obligation.unit_id

    def clean(self):
        cleaned = super().clean()
        load = self.loads.get(cleaned.get("investigator"))
        if load:
            cleaned["investigator"] = load.person
            cleaned["unit"] = cleaned.get("unit") or self.units.get(load.unit_id)
        return cleaned


def _with_load(load):
    return format_html("{}<br><small>{}</small>", f"{load.person.title} {load.person.name}".strip(), load.words)


class ReturnForm(Form):
    """Why a lead is not the agency's own."""

    reason = forms.ChoiceField(
        label="Why",
        choices=Obligation.OWN_REASONS,
        widget=Tiles(attrs={"class": "tiles--people"}),
        error_messages={"required": "Choose why it is not yours."},
    )
    note = forms.CharField(
        label="What the center should know",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as the agency that has the case. " + DISCOVERABLE,
    )


class ActivityForm(Form):
    """What was done: a kind, a sentence or two, when."""

    kind = forms.ChoiceField(
        label="What did you do?",
        choices=Activity.Kind.choices,
        widget=Tiles(icons=ICONS, attrs={"class": "tiles--log"}),
        error_messages={"required": "Choose what you did."},
    )
    text = forms.CharField(
        label="In one or two sentences",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=DISCOVERABLE,
        error_messages={"required": "Say in a sentence what was done."},
    )
    result = forms.ChoiceField(
        label="What came of it",
        choices=[("", "Open"), *Activity.Result.choices],
        required=False,
        widget=Tiles(attrs={"class": "tiles--four"}),
        initial="",
    )
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=0, max_value=1440, widget=Stepper(by=15))
    at = PastMoment(label="When, if not now", required=False)

    def __init__(self, *args, obligation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].zone = obligation.agency.zone


def _agency(label, required):
    """A choice among agencies; the form says which."""
    return forms.ModelChoiceField(
        label=label,
        queryset=Agency.objects.none(),
        empty_label="Choose an agency",
        error_messages={"required": required},
    )


class AskForm(Form):
    """An agency of the center without a part in the lead, and why it is asked to take one."""

    agency = _agency("Which agency", "Choose the agency that is to take part.")
    reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as: somebody under its supervision is involved. " + DISCOVERABLE,
        error_messages={"required": "Say why the agency is to take part."},
    )

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


class SendBackForm(Form):
    note = forms.CharField(
        label="What is still to do",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The investigator reads this. " + DISCOVERABLE,
        error_messages={"required": "Say what is still to do."},
    )


class RerouteForm(Form):
    """The agency whose case it is."""

    to = _agency("To which agency", "Choose the agency whose case it is.")

    def __init__(self, *args, obligation, **kwargs):
        super().__init__(*args, **kwargs)
        members = Agency.objects.filter(parent=obligation.lead.agency_id, is_active=True)
        self.fields["to"].queryset = members.filter(kind__in=Agency.INVESTIGATORS)
