"""Raw input of confirmation -> clean values."""

from itertools import combinations
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from agencies.widgets import Day
from evidence.forms.fields import LinesForm
from leads.models import Comparison
from leads.policies import confirmation as policies

Result = Comparison.Result
SAYS = {
    Result.CONFIRMED: "Confirmed: fired in one firearm",
    Result.INCONCLUSIVE: "Inconclusive",
    Result.UNSUITABLE: "Unsuitable: cannot be compared",
}
NOT_YET = ("", "Not compared")
FUTURE = "A report is not of a day to come. Check the date."


def today(agency):
    """The day on the wall of an agency."""
    return timezone.localdate(timezone=ZoneInfo(agency.zone))


def event_words(event):
    """One event as a choice: agency, case, what happened. That shots are confirmed says nothing of the link, beside
    which these words stand.
    """
    parts = [str(event.agency.code if event.agency else event.agency_text), event.case_number, event.lab_number]
    return ", ".join([*filter(None, parts), event.get_kind_display().lower().removesuffix(", confirmed")])


def case(event):
    return f"{event.agency.code if event.agency else event.agency_text} {event.case_number}".strip()


def choices(first, second):
    """What may be found of a pair; of an elimination, which event it takes off the line."""
    off = [
        (f"{Result.ELIMINATED}-{each.pk}", f"Eliminated: take {case(each)} off the line") for each in (first, second)
    ]
    return [*SAYS.items(), *off, (str(Result.ELIMINATED), "Eliminated: both stay until more is known")]


def read(value, first, second):
    """(result, the event that is taken off or None) of one of the `choices`."""
    result, _dash, off = value.partition("-")
    return result, next((each for each in (first, second) if off == str(each.pk)), None)


class AskForm(LinesForm):
    """Which events are to be compared, where, by when, and what of each is submitted."""

    called = {"needed_on": "day", "agency": "agency in whose name it is asked"}
    events = forms.MultipleChoiceField(
        label="Events to compare",
        widget=forms.CheckboxSelectMultiple,
        help_text="Two or more: each is compared with the others",
        error_messages={"required": "Tick two events or more."},
    )
    laboratory = forms.ChoiceField(label="Laboratory")
    needed_on = forms.DateField(label="Needed by", widget=Day)
    court_on = forms.DateField(label="Court date", widget=Day, required=False, help_text="If there is one")
    note = forms.CharField(label="What it is for", max_length=300, required=False)
    agency = forms.ModelChoiceField(label="In the name of", queryset=None, empty_label=None)

    def __init__(self, *args, lead, user, events, laboratories, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.lead, self.user = lead, user
        self.by_id = {str(event.pk): event for event in events}
        self.places = {str(each.pk): each for each in laboratories}
        self.fields["events"].choices = [(pk, event_words(event)) for pk, event in self.by_id.items()]
        self.fields["laboratory"].choices = [(pk, each.name) for pk, each in self.places.items()]
        self.fields["agency"].queryset = agencies
        for pk, event in self.by_id.items():
            said = f"Exhibit {event.exhibit_number}" if event.exhibit_number else ""
            field = forms.CharField(
                label=f"Evidence of {case(event)}", max_length=120, required=False, initial=said,
                help_text="What goes to the laboratory",
            )  # fmt: skip
            self.fields[f"evidence_{pk}"] = field

    def clean(self):
        cleaned = super().clean()
        chosen = [self.by_id[pk] for pk in cleaned.get("events", ())]
        cleaned["evidence"] = {e.pk: cleaned.pop(f"evidence_{pk}", "") for pk, e in self.by_id.items()}
        if chosen and (refused := policies.ask(self.user, self.lead, events=chosen)):
            self.add_error("events", refused)
        if cleaned.get("needed_on") and cleaned["needed_on"] < today(self.lead.agency):
            self.add_error("needed_on", "This day is over. Give one to come.")
        court = cleaned.get("court_on")
        if court and cleaned.get("needed_on") and court < cleaned["needed_on"]:
            self.add_error("needed_on", "The result is needed by the court date at the latest.")
        return cleaned | {"events": chosen, "laboratory": self.places.get(cleaned.get("laboratory"))}


class AssignForm(LinesForm):
    called = {"examiner": "examiner"}
    examiner = forms.ModelChoiceField(label="Examiner", queryset=None, empty_label="Choose")

    def __init__(self, *args, examiners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["examiner"].queryset = examiners


class ReasonForm(LinesForm):
    called = {"reason": "reason"}
    reason = forms.CharField(label="Why", max_length=200, error_messages={"required": "Say why."})


class AgainForm(LinesForm):
    called = {"needed_on": "day"}
    needed_on = forms.DateField(label="Needed by", widget=Day)
    note = forms.CharField(label="What is there now", max_length=300, required=False)


class _ReportForm(LinesForm):
    called = {"reported_on": "date of the report", "report": "number of the report"}
    report = forms.CharField(label="Report number", max_length=40)
    reported_on = forms.DateField(label="Date of the report", widget=Day)

    def __init__(self, *args, laboratory, **kwargs):
        super().__init__(*args, **kwargs)
        self.laboratory = laboratory
        self.fields["reported_on"].initial = today(laboratory)

    def clean_reported_on(self):
        if self.cleaned_data["reported_on"] > today(self.laboratory):
            raise forms.ValidationError(FUTURE)
        return self.cleaned_data["reported_on"]


class ResultsForm(_ReportForm):
    """What one report says of the pairs of some events."""

    verified_by = forms.ModelChoiceField(
        label="Second examiner", queryset=None, required=False, empty_label="Nobody",
        help_text="Who verified what is confirmed or eliminated",
    )  # fmt: skip
    note = forms.CharField(label="Note", max_length=200, required=False)
    ends = forms.BooleanField(label="This answers the request", required=False, initial=True)

    def __init__(self, *args, events, known, user, examiners, asked, **kwargs):
        """`known`: {(id, id): the result that stands}; those that two people signed are not asked for again."""
        super().__init__(*args, **kwargs)
        self.user, self.pairs = user, {}
        self.fields["verified_by"].queryset = examiners.exclude(pk=user.pk)
        if not asked:
            del self.fields["ends"]
        rest = dict(self.fields)
        self.fields.clear()
        for first, second in combinations(events, 2):
            if known.get((first.pk, second.pk)) not in Comparison.FINAL:
                self._ask(first, second)
        self.fields.update(rest)

    def _ask(self, first, second):
        name = f"pair_{first.pk}_{second.pk}"
        self.pairs[name] = (first, second)
        label = f"{case(first)} with {case(second)}"
        self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[NOT_YET, *choices(first, second)])

    def clean(self):
        cleaned = super().clean()
        said = {name: cleaned.pop(name, "") for name in self.pairs}
        cleaned["results"] = [
            (*self.pairs[name], *read(value, *self.pairs[name])) for name, value in said.items() if value
        ]
        if not cleaned["results"] and not self.errors:
            raise forms.ValidationError("Say of one pair at least what the report found.")
        results = [each[2] for each in cleaned["results"]]
        if refused := policies.verify(self.user, results, cleaned.get("verified_by"), self.laboratory):
            self.add_error("verified_by", refused)
        return cleaned


class CorrectForm(_ReportForm):
    """Another result of a pair."""

    called = {**_ReportForm.called, "result": "result", "reason": "reason"}
    result = forms.ChoiceField(label="The result is", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why it is corrected", max_length=200)

    field_order = ("result", "reason", "report", "reported_on")

    def __init__(self, *args, comparison, **kwargs):
        super().__init__(*args, **kwargs)
        self.pair = (comparison.first, comparison.second)
        self.fields["result"].choices = choices(*self.pair)

    def clean(self):
        cleaned = super().clean()
        cleaned["result"], cleaned["off"] = read(cleaned.get("result", ""), *self.pair)
        return cleaned


class SettleForm(LinesForm):
    called = {"agrees": "answer"}
    agrees = forms.TypedChoiceField(
        label="Having seen the report",
        coerce=lambda value: value == "yes",
        choices=[("yes", "Agree: the correction stands"), ("no", "Refuse: the former result stands")],
        widget=forms.RadioSelect,
    )
