"""Raw input of proceedings, revocations, statutes and spellings of statuses -> clean values."""

from django import forms
from django.utils import timezone

from agencies.fields import Line
from agencies.forms.sentences import Form
from agencies.moments import why_not_yet
from agencies.widgets import Clock, Day
from leads import statuswords, statutes
from leads.actions.statutes import MOST_ELEMENTS
from leads.forms.charges import past
from leads.models import Proceeding, Revocation, Statute

Kind = Proceeding.Kind
FILED_LATER = "What is filed has been filed: give a day that has begun."
BEFORE_OFFENSE = "The offense of a charge that is charged again lies after this day. Check the date."


class Again(forms.ModelMultipleChoiceField):
    def label_from_instance(self, charge):
        return f"{charge.statute}, {charge.title}"


class ProceedingForm(Form):
    """A paper that was filed or a day in court, on the office's wall clock (`zone`). `charges`: those that stand."""

    called = {"kind": "kind of step", "on": "day"}
    kind = forms.ChoiceField(label="What", choices=[("", "Choose"), *Kind.choices])
    on = forms.DateField(label="On", widget=Day, help_text="A day that is over is kept as held.")
    starts_at = forms.TimeField(label="At", widget=Clock, required=False)
    court = Line(label="Court, room or judge", max_length=120, required=False)
    number = Line(label="Court number", max_length=40, required=False, help_text="Left empty: the one of the case.")
    what = Line(label="In your words", max_length=120, required=False, help_text="Such as: motion to suppress")

    def __init__(self, *args, charges, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone
        if charges.exists():
            self.fields["again"] = Again(
                label="If it supersedes: charged again in it",
                queryset=charges,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="A superseding indictment replaces all charges that have not ended; they stay readable.",
            )

    def clean(self):
        cleaned = super().clean()
        if wrong := proceeding_wrong(cleaned, self.zone):
            self.add_error("on", wrong)
        if cleaned.get("kind") != Kind.SUPERSEDING:
            cleaned.pop("again", None)
        return cleaned


def proceeding_wrong(given, zone):
    """The sentence what is wrong with the day of a step, or None."""
    if not given.get("on") or given.get("kind") not in Proceeding.FILED:
        return None
    if why_not_yet(given["on"], timezone.now(), zone):
        return FILED_LATER
    again = given.get("again", ()) if given["kind"] == Kind.SUPERSEDING else ()
    return BEFORE_OFFENSE if any(each.offense_on and each.offense_on > given["on"] for each in again) else None


class HoldForm(Form):
    custody = forms.ChoiceField(
        label="Custody", choices=[("", "Not decided here"), *Proceeding.Custody.choices], required=False
    )
    result = Line(label="What was decided", max_length=300, required=False)


class PutOffForm(Form):
    """A continuance to a later day than `proceeding` was set for."""

    called = {"on": "new day"}
    on = forms.DateField(label="New day", widget=Day)
    starts_at = forms.TimeField(label="At", widget=Clock, required=False)
    why = Line(label="Why", max_length=300, error_messages={"required": "Say why it was put off."})

    def __init__(self, *args, proceeding, **kwargs):
        super().__init__(*args, **kwargs)
        self.proceeding = proceeding

    def clean_on(self):
        if self.cleaned_data["on"] <= self.proceeding.on:
            raise forms.ValidationError("Choose a day after the one it was set for.")
        return self.cleaned_data["on"]


class TakeOffForm(Form):
    why = Line(label="Why", max_length=300, error_messages={"required": "Say why it is not held."})


class RevocationForm(Form):
    called = {"of": "supervision that was revoked", "revoked_on": "day of the revocation", "court": "court or board"}
    of = forms.ChoiceField(label="What was revoked", choices=[("", "Choose"), *Revocation.Of.choices])
    revoked_on = forms.DateField(label="Revoked on", widget=Day)
    months = forms.IntegerField(label="Months in custody", min_value=0, max_value=statutes.LIFE)
    court = Line(label="Court or board", max_length=120)

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_revoked_on(self):
        return past(self.cleaned_data["revoked_on"], self.zone)


class StatuteForm(Form):
    """One line of an office's table."""

    office = forms.ModelChoiceField(label="Whose table", queryset=None, empty_label=None)
    citation = Line(label="Citation", max_length=40, help_text="As it is charged")
    title = Line(label="Offense", max_length=160)
    jurisdiction = forms.ChoiceField(label="Law", choices=Statute.Jurisdiction.choices, initial="state")
    elements = forms.CharField(
        label="Elements", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What has to be shown, a line each",
    )  # fmt: skip
    max_months = forms.IntegerField(
        label="At most, months", min_value=1, max_value=statutes.LIFE, required=False,
        help_text=f"{statutes.LIFE} for life",
    )  # fmt: skip
    min_months = forms.IntegerField(
        label="Mandatory minimum, months", min_value=0, max_value=statutes.LIFE, required=False
    )
    consecutive = forms.BooleanField(label="Consecutive to any other sentence", required=False)
    since_on = forms.DateField(
        label="For offenses from", widget=Day, required=False, help_text="Left empty: from ever on"
    )
    until_on = forms.DateField(label="Up to, without that day", widget=Day, required=False)
    source = Line(label="Where it was read", max_length=200, required=False)

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["office"].initial = offices.first()

    def clean_elements(self):
        return element_lines(self.cleaned_data["elements"])

    def clean(self):
        cleaned = super().clean()
        for name, sentence in statute_wrong(cleaned).items():
            self.add_error(name, sentence)
        return cleaned


def element_lines(text):
    found = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(found) > MOST_ELEMENTS or any(len(line) > 200 for line in found):
        raise forms.ValidationError(f"Give {MOST_ELEMENTS} lines at most, of 200 characters each.")
    return found


def statute_wrong(given):
    """What does not fit of a line of the table, {field: sentence}."""
    wrong, most, least = {}, given.get("max_months"), given.get("min_months")
    if most is not None and least is not None and least > most:
        wrong["min_months"] = "The minimum is more than the maximum. Check both."
    if given.get("since_on") and given.get("until_on") and given["until_on"] <= given["since_on"]:
        wrong["until_on"] = "This lies before the first day. Check both."
    if given.get("citation") and not statutes.key(given["citation"]):
        wrong["citation"] = "A citation has letters or digits."
    office, key = given.get("office"), statutes.key(given.get("citation") or "")
    if office and Statute.objects.used().filter(office=office, key=key, since_on=given.get("since_on")).exists():
        wrong["citation"] = "This statute stands in the table from that day already. Take that line out first."
    return wrong


class MeaningForm(Form):
    """What a status means, for all offices of the center or for one's own alone. offices: those of a prosecutor."""

    meaning = forms.ChoiceField(
        label="What it means",
        choices=[("", "Choose"), *statuswords.CHOICES],
        error_messages={"required": "Choose what it means."},
    )
    office = forms.ModelChoiceField(
        label="For whom", queryset=None, required=False, empty_label="Every office of the center",
        help_text="What your office says for itself holds for its people before what the center says.",
    )  # fmt: skip

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["office"].label_from_instance = lambda each: f"{each} alone"
        if not offices:
            del self.fields["office"]


class SpellingForm(Form):
    """A status into the table of an office, before any file has it or whatever files say."""

    called = {"raw": "status"}
    office = forms.ModelChoiceField(label="Whose table", queryset=None, empty_label=None)
    raw = Line(label="Status, as files write it", max_length=80)
    meaning = forms.ChoiceField(
        label="What it means",
        choices=[("", "Choose"), *statuswords.CHOICES],
        error_messages={"required": "Choose what it means."},
    )

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices

    def clean_raw(self):
        return with_letters(self.cleaned_data["raw"])


def with_letters(raw):
    if not statuswords.key(raw):
        raise forms.ValidationError("A status has letters or digits.")
    return raw


class ReasonForm(Form):
    """One more reason to decline."""

    label = Line(
        label="Reason", max_length=80, help_text="As your office says it. A name of a person does not belong here.",
        error_messages={"required": "Say the reason."},
    )  # fmt: skip

    def __init__(self, *args, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {each.label.casefold() for each in known}

    def clean_label(self):
        label = " ".join(self.cleaned_data["label"].split())
        if label.casefold() in self.known:
            raise forms.ValidationError("This reason stands in the list already. If it is retired, use it again.")
        return label


class CasesForm(Form):
    """Which cases go into a file. tabs: [(name, label)] of the lists of cases."""

    tab = forms.ChoiceField(label="Which cases", required=False)

    def __init__(self, *args, tabs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tab"].choices = [("", "All of them"), *tabs]
