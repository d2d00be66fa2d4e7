from uuid import uuid4

from django import forms
from django.utils import timezone

from agencies.fields import PastMoment
from agencies.widgets import Stepper, Tiles
from evidence import keys, numbers, queries, reviews
from evidence.forms.fields import KeptMoment, LinesForm
from evidence.models import Incident

Kind = Incident.Kind
ELSE = "else"
QUICK = {
    Kind.HOMICIDE: "cross",
    Kind.NON_FATAL_SHOOTING: "nfs",
    Kind.SHOTS_FIRED_CONFIRMED: "casing",
    Kind.SHOTS_FIRED_PERSON: "person",
    Kind.SHOTS_FIRED_PROPERTY: "home",
    Kind.GDS_ALERT_CONFIRMED: "wifi",
    Kind.GUN_RECOVERY: "gun",
    Kind.FOUND_GUN: "eye",
    ELSE: "list",
}
OTHERS = [(kind.value, kind.label) for kind in Kind if kind not in QUICK]


class IncidentForm(LinesForm):
    """What happened, when and where. The kinds of every day are tiles, the others a list behind the last tile."""

    called = {"kind": "kind of event", "occurred_at": "date and time"}
    case_number = forms.CharField(label="Case number", max_length=40, help_text="As it stands on the report")
    kind = forms.ChoiceField(
        label="What happened",
        choices=[(kind, Kind(kind).label if kind != ELSE else "Something else") for kind in QUICK],
        widget=Tiles(icons={str(kind): icon for kind, icon in QUICK.items()}),
    )
    other_kind = forms.ChoiceField(label="What else", choices=[("", "Choose"), *OTHERS], required=False)
    occurred_at = PastMoment(label="When")
    time_known = forms.BooleanField(label="The hour is known", required=False, initial=True)
    address = forms.CharField(label="Where", max_length=200, required=False, help_text="Block or corner")
    district = forms.CharField(label="District", max_length=40, required=False)
    lat = forms.FloatField(label="Latitude", min_value=-90, max_value=90, required=False)
    lng = forms.FloatField(label="Longitude", min_value=-180, max_value=180, required=False)
    accuracy = forms.IntegerField(
        min_value=0, max_value=100_000, required=False, widget=forms.HiddenInput(attrs={"data-keep": ""})
    )
    offense = forms.CharField(label="Offense", max_length=200, required=False)
    offense_code = forms.CharField(label="Offense code", max_length=8, required=False, help_text="NIBRS, such as 13A")
    narrative = forms.CharField(
        label="In a few sentences",
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="No names of people",
    )

    def __init__(self, *args, agency, incident=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.agency, self.incident = agency, incident
        self.fields["occurred_at"].zone = agency.zone
        self.fields["occurred_at"].help_text = f"On the clock of {agency.name}"

    def clean_case_number(self):
        number = self.cleaned_data["case_number"]
        if reason := numbers.why_not_case(self.agency, number, self.incident):
            raise forms.ValidationError(reason)
        return number

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == ELSE and not cleaned.get("other_kind"):
            self.add_error("other_kind", "Choose what happened, or take one of the tiles.")
        if (cleaned.get("lat") is None) != (cleaned.get("lng") is None) and not {"lat", "lng"} & set(self.errors):
            self.add_error("lat", "Give both latitude and longitude, or neither.")
        if cleaned.get("lat") is None:
            cleaned["accuracy"] = None
        return cleaned

    def facts(self):
        """The clean values as the actions take them."""
        facts = {name: value for name, value in self.cleaned_data.items() if name not in ("other_kind", "seen")}
        if facts["kind"] == ELSE:
            facts["kind"] = self.cleaned_data["other_kind"]
        return facts


class NewIncidentForm(IncidentForm):
    called = IncidentForm.called | {"victims": "number of people hit"}
    victims = forms.IntegerField(
        label="People hit", min_value=0, max_value=99, initial=0, widget=Stepper, help_text="Without names"
    )
    # The form's own key: the same form sent twice, because the answer was lost, is one incident.
    once = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput(attrs={"data-keep": ""}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["occurred_at"].initial = timezone.now

    def sent_before(self, user):
        """The incident that this very form became when it was sent before, and its answer was lost; else None."""
        if not self.is_bound:
            return None
        self.full_clean()
        sent = queries.sent_before(user, self.cleaned_data.get("once"))
        # Who went on writing in a form that was sent means another case.
        typed = keys.of(self.agency, self.data.get("case_number", ""))
        return sent if sent and (sent.agency_id, sent.case_key) == (self.agency.pk, typed) else None


class CorrectionForm(IncidentForm):
    """The incident as it stood when the form was opened; `seen` says when it was last changed before that."""

    occurred_at = KeptMoment(label="When")
    seen = forms.DateTimeField(widget=forms.HiddenInput)

    def __init__(self, *args, incident, **kwargs):
        super().__init__(*args, incident=incident, **kwargs)
        self.fields["occurred_at"].stored = incident.occurred_at
        if incident.review:
            self.fields["reviewed"] = forms.BooleanField(label=reviews.confirmation(incident), required=False)

    @classmethod
    def of(cls, incident, data=None):
        facts = {name: getattr(incident, name) for name in cls.base_fields if hasattr(incident, name)}
        if incident.kind not in QUICK:
            facts |= {"kind": ELSE, "other_kind": incident.kind}
        facts["seen"] = incident.updated_at.isoformat()
        return cls(data, agency=incident.agency, incident=incident, initial=facts)
