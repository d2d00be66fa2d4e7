from django import forms
from django.utils import timezone

from agencies.fields import PastMoment
from agencies.widgets import Day, Tiles
from evidence import policies, queries
from evidence.forms.fields import LinesForm
from evidence.models import Canvass

FOUND = Canvass.Answer.NONE_FOUND


class AnswerForm(LinesForm):
    """What the search of a scene found. One press (`press`: none_found, or a reason) says it of oneself and of now."""

    called = {"answer": "answer", "searched_at": "time of the canvass"}
    answer = forms.ChoiceField(
        label="At the scene",
        choices=[(FOUND, "Canvassed, none found"), (Canvass.Answer.NOT_SEARCHED, "Not searched")],
        widget=Tiles(icons={FOUND: "search", Canvass.Answer.NOT_SEARCHED: "x"}),
    )
    searched_by = forms.CharField(label="Who canvassed it", max_length=120, required=False)
    searched_at = PastMoment(label="When", required=False)
    reason = forms.ChoiceField(
        label="Why it was not searched",
        choices=[("", "Choose, when it was not searched"), *Canvass.Reason.choices],
        required=False,
    )
    note = forms.CharField(label="More about it", max_length=200, required=False)

    def __init__(self, data=None, *args, incident, user, **kwargs):
        super().__init__(self._pressed(data, user) if data and "press" in data else data, *args, **kwargs)
        self.incident, self.user = incident, user
        said = getattr(incident, "canvass", None)
        self.fields["searched_at"].zone = incident.agency.zone
        if said:
            self.initial |= {name: getattr(said, name) for name in self.fields}
        else:
            self.initial |= {"searched_by": str(user), "searched_at": timezone.now()}

    def _pressed(self, data, user):
        if data["press"] == FOUND:
            return {"answer": FOUND, "searched_by": str(user), "searched_at": f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}"}
        return {"answer": Canvass.Answer.NOT_SEARCHED, "reason": data["press"]}

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("answer") or {"searched_at", "reason"} & set(self.errors):
            return cleaned
        found = cleaned["answer"] == FOUND
        refused = policies.answer_collection(self.user, self.incident, **cleaned)
        if refused:
            field = "searched_by" if found and not cleaned["searched_by"] else "searched_at" if found else "reason"
            self.add_error("note" if cleaned.get("reason") == Canvass.Reason.OTHER else field, refused)
        return cleaned


class OweForm(LinesForm):
    """Who owes the answer for a scene."""

    unit = forms.ModelChoiceField(label="Unit", queryset=None, required=False, empty_label="As the agency's rule says")
    officer = forms.CharField(label="Officer", max_length=120, required=False)

    def __init__(self, *args, incident, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.owing_units([incident.agency_id])
        self.initial |= {"unit": incident.owing_unit_id, "officer": incident.owing_officer}


class RuleForm(LinesForm):
    """From when an agency answers for its scenes."""

    begins_on = forms.DateField(
        label="Every scene since", widget=Day, help_text="Scenes before this day are counted apart"
    )
    unit = forms.ModelChoiceField(
        label="Who owes where nobody is named", queryset=None, required=False, empty_label="No unit"
    )

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.owing_units([agency.pk])
        rule = getattr(agency, "collection_rule", None)
        if rule:
            self.initial |= {"begins_on": rule.begins_on, "unit": rule.unit_id}
