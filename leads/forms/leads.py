"""Raw input of the list and lead pages -> clean values."""

from django import forms

from agencies import widgets
from agencies.forms.sentences import Form
from evidence import kinds
from evidence.models import Incident
from leads import filters
from leads.models import Comparison
from leads.policies import confirmation as policies_confirmation

ANY = ("", "Any")


class FilterForm(Form):
    """The filters and columns of the list; it is sent to the list itself, which reads its own address."""

    q = forms.CharField(label="Text", required=False, max_length=200, help_text="Lead, case, exhibit, place, offense")
    agency = forms.ChoiceField(label="Agency with an event", required=False)
    caliber = forms.CharField(label="Caliber", required=False, max_length=40)
    link = forms.ChoiceField(label="Link", required=False, choices=[ANY, ("1", "Confirmed"), ("0", "Unconfirmed")])
    kind = forms.ChoiceField(label="An event of this kind", required=False, choices=[ANY, *Incident.Kind.choices])
    priority = forms.ChoiceField(
        label="Priority", required=False, choices=[ANY, ("1", "1, round the clock"), ("2", "2"), ("3", "3")]
    )
    since = forms.DateField(label="Came in since", required=False, widget=widgets.Day)
    cols = forms.MultipleChoiceField(
        label="Columns", required=False, choices=list(filters.COLUMNS.items()), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, filters, agencies, **kwargs):
        shown = ("q", "agency", "caliber", "link", "kind", "priority", "since")
        initial = {name: getattr(filters, name) for name in shown} | {"cols": list(filters.cols)}
        super().__init__(*args, initial=initial, auto_id="filter_%s", **kwargs)
        self.fields["agency"].choices = [ANY, *((pk, f"{code}, {name}") for pk, code, name in agencies)]


class ConfirmForm(Form):
    """Which events an examiner confirms, and the number of the report that says so."""

    events = forms.MultipleChoiceField(
        label="Confirmed events",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick what was compared under the microscope."},
    )
    report = forms.CharField(
        label="Report number",
        max_length=40,
        help_text="As it stands on the examiner's report",
        error_messages={"required": "Give the number of the report that says so."},
    )

    verified_by = forms.ModelChoiceField(
        label="Second examiner", queryset=None, required=False, empty_label="Nobody",
        help_text="Who verified it: a link is confirmed by two",
    )  # fmt: skip

    def __init__(self, *args, events, user, laboratory, examiners, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.laboratory = user, laboratory
        self.by_id = {str(event.pk): event for event in events}
        self.fields["events"].choices = [(pk, _event_words(event)) for pk, event in self.by_id.items()]
        self.fields["verified_by"].queryset = examiners.exclude(pk=user.pk)

    def clean_events(self):
        return [self.by_id[pk] for pk in self.cleaned_data["events"]]

    def clean(self):
        cleaned = super().clean()
        results = [Comparison.Result.CONFIRMED]
        if refused := policies_confirmation.verify(self.user, results, cleaned.get("verified_by"), self.laboratory):
            self.add_error("verified_by", refused)
        return cleaned


def _event_words(event):
    parts = (event.get_kind_display(), str(event.agency or event.agency_text), event.case_number, event.lab_number)
    return ", ".join(part for part in parts if part)


class LeadFileForm(Form):
    called = {"agency": "agency in whose name it is added"}
    upload = forms.FileField(
        label="File",
        widget=widgets.Drop(says=f"{kinds.SAYS}; up to 50 MB"),
        error_messages={"required": "Choose a file."},
    )
    note = forms.CharField(label="What it shows", required=False, max_length=200)
    agency = forms.ModelChoiceField(label="In the name of", queryset=None, empty_label=None)

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


class BulkAssignForm(Form):
    """To whom many leads go."""

    unit = forms.ModelChoiceField(label="Unit", queryset=None, required=False, empty_label="No unit")
    investigator = forms.ModelChoiceField(
        label="Person",
        queryset=None,
        empty_label="Choose a person",
        error_messages={"required": "Choose who works on them."},
    )

    def __init__(self, *args, units, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["investigator"].queryset = people


class SaveViewForm(Form):
    name = forms.CharField(
        label="Name of the view",
        max_length=60,
        help_text="It stands beside the other views, for you alone",
        error_messages={"required": "Give the view a name."},
    )


class MatchForm(Form):
    """Which incident an event of a notice means: one of the candidates, or a case number looked up by hand."""

    incident = forms.ChoiceField(label="Incident", required=False, widget=forms.RadioSelect)
    case_number = forms.CharField(
        label="Or another case number", required=False, max_length=40, help_text="As the agency writes it"
    )

    def __init__(self, *args, candidates, look_up, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_id = {str(each.pk): each for each, _likeness, _reason in candidates}
        self.look_up = look_up
        self.fields["incident"].choices = [(pk, str(each)) for pk, each in self.by_id.items()]

    def clean(self):
        cleaned = super().clean()
        chosen = self.by_id.get(cleaned.get("incident", ""))
        number = cleaned.get("case_number", "").strip()
        found = [chosen] if chosen else self.look_up(number) if number else []
        if not found:
            missing = (
                f"No incident with case number {number} is visible to you. Load or record it first." if number else ""
            )
            raise forms.ValidationError(missing or "Choose a candidate, or type the case number.")
        if len(found) > 1:
            raise forms.ValidationError("Several agencies have this case number. Choose one of the candidates.")
        cleaned["found"] = found[0]
        return cleaned
