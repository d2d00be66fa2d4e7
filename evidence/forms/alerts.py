from django import forms

from evidence import keys, numbers, policies
from evidence.forms.fields import LinesForm
from evidence.models import Detection, Incident


class BelongForm(LinesForm):
    """The incident that shots are, by its number."""

    case_number = forms.CharField(label="Case number", max_length=40)

    def __init__(self, *args, detection, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.detection, self.user = detection, user

    def clean(self):
        cleaned = super().clean()
        if typed := cleaned.pop("case_number", ""):
            named = Incident.objects.visible_to(self.user).filter(keys.named(typed))
            found = list(named.filter(agency=self.detection.agency)[:2]) or list(named[:2])
            if len(found) != 1:
                told = "No incident has" if not found else "Two incidents of other agencies have"
                self.add_error("case_number", f"{told} this number. Type the whole number as the report has it.")
                return cleaned
            refused = policies.decide_detection(self.user, self.detection, incident=found[0])
            if refused:
                self.add_error("case_number", refused)
            cleaned["incident"] = found[0]
        return cleaned


class MakeForm(LinesForm):
    """The shots become an incident of their own, with the time and the place of the alert."""

    called = {"kind": "kind of event"}
    case_number = forms.CharField(label="Case number", max_length=40)
    kind = forms.ChoiceField(
        label="What happened",
        choices=[(kind.value, kind.label) for kind in Incident.GUNFIRE],
        initial=Incident.Kind.GDS_ALERT_CONFIRMED,
    )

    def __init__(self, *args, detection, **kwargs):
        super().__init__(*args, **kwargs)
        self.detection = detection

    def clean_case_number(self):
        number = self.cleaned_data["case_number"].strip()
        if reason := numbers.why_not_case(self.detection.agency, number):
            raise forms.ValidationError(reason)
        return number


class DismissForm(LinesForm):
    """It was no gunfire."""

    called = {"dismissal": "answer"}
    dismissal = forms.ChoiceField(label="What it was", choices=Detection.Dismissal.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="More about it", max_length=200, required=False)

    def __init__(self, *args, detection, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.detection, self.user = detection, user

    def clean(self):
        cleaned = super().clean()
        asked = {"dismissal": cleaned.get("dismissal"), "note": cleaned.get("note", "")}
        if refused := policies.decide_detection(self.user, self.detection, **asked):
            self.add_error("note", refused)
        return cleaned
