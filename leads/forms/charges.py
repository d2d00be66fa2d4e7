"""Raw input of charges, of how they ended and of sentences -> clean values."""

from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from agencies.fields import Line
from agencies.forms.sentences import Form
from agencies.moments import why_not_yet
from agencies.widgets import Combo, Day
from leads import statutes
from leads.models import Charge

Disposition = Charge.Disposition
ENDS = [("", "Choose"), *(each for each in Disposition.choices if each[0] != Disposition.PENDING)]
DOLLARS = 2_000_000_000
FEDERAL_ONLY = ("supervised_months", "range_low", "range_high", "has_mandatory_minimum", "is_armed_career", "departure")
NO_PRISON = "This is a part of the prison months: give these too, or leave it empty."
NO_GUILT = "A sentence follows a plea or a verdict of guilty. Leave it empty here."


class ChargeForm(Form):
    """An offense charged, on days of the office's wall clock (`zone`). `table`: lines of the office's statutes."""

    statute = Line(
        label="Statute",
        max_length=40,
        help_text="Choose one of the table, or type another: it is marked as not in the table.",
        error_messages={"required": "Give the statute."},
    )
    title = Line(
        label="Offense", max_length=160, required=False, help_text="Of a statute in the table it may be left empty."
    )
    counts = forms.IntegerField(label="Counts", min_value=1, max_value=999, initial=1)
    offense_on = forms.DateField(
        label="Day of the offense", widget=Day, required=False, help_text="It decides which exposure holds."
    )
    offense_class = Line(label="Class", max_length=20, required=False, help_text="Such as: felony 2")
    charged_on = forms.DateField(label="Charged on", widget=Day, error_messages={"required": "Give the day."})

    def __init__(self, *args, table, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.table, self.zone = table, zone
        self.fields["statute"].widget = Combo(
            attrs=self.fields["statute"].widget.attrs, options=sorted({line.citation for line in table})
        )

    def clean_charged_on(self):
        return past(self.cleaned_data["charged_on"], self.zone)

    def clean(self):
        cleaned = super().clean()
        for name, sentence in charge_wrong(cleaned, self.table).items():
            self.add_error(name, sentence)
        return cleaned


def charge_wrong(given, table):
    """What does not fit of a charge, {field: sentence}."""
    wrong, charged, offense = {}, given.get("charged_on"), given.get("offense_on")
    if charged and offense and offense > charged:
        wrong["offense_on"] = "This lies after the day of the charge. Check the date."
    day = offense or charged
    if given.get("statute") and day and not given.get("title") and not statutes.in_force(table, given["statute"], day):
        wrong["title"] = "Name the offense: this statute is not in the table on that day."
    return wrong


def _months(label, help_text=""):
    return forms.IntegerField(
        label=label, min_value=0, max_value=Charge.LIFE_MONTHS, required=False, help_text=help_text
    )


class DispositionForm(Form):
    """How one charge ended, on a day of the office's wall clock (`zone`), with the whole sentence; only after a plea or
    a verdict of guilty.
    """

    disposition = forms.ChoiceField(
        label="How it ended", choices=ENDS, error_messages={"required": "Choose how it ended."}
    )
    disposed_on = forms.DateField(label="On", widget=Day, error_messages={"required": "Give the day."})
    prison_months = _months("Prison, months", f"{Charge.LIFE_MONTHS} for life")
    consecutive_months = _months("Of these, mandatory and consecutive")
    suspended_months = _months("Of these, suspended")
    probation_months = _months("Probation, months")
    supervised_months = _months("Supervised release, months")
    fine = forms.IntegerField(label="Fine, dollars", min_value=0, max_value=DOLLARS, required=False)
    restitution = forms.IntegerField(label="Restitution, dollars", min_value=0, max_value=DOLLARS, required=False)
    forfeits_firearms = forms.BooleanField(label="Firearms are forfeited", required=False)
    special_conditions = Line(label="Special conditions", max_length=500, required=False)
    sentenced_on = forms.DateField(label="Sentenced on", widget=Day, required=False)
    sentenced_by_court = Line(label="Judge or court", max_length=120, required=False)
    range_low = _months("Guideline range from, months")
    range_high = _months("Guideline range to, months")
    has_mandatory_minimum = forms.BooleanField(label="A mandatory minimum applied", required=False)
    is_armed_career = forms.BooleanField(label="Sentenced as an armed career criminal", required=False)
    departure = forms.ChoiceField(
        label="Against the range", choices=[("", "Not said"), *Charge.Departure.choices], required=False
    )

    def __init__(self, *args, charge, zone, federal=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.charge, self.zone = charge, zone
        for name in () if federal else FEDERAL_ONLY:
            del self.fields[name]
        for name in self.fields:
            value = getattr(charge, name)
            self.fields[name].initial = "" if value == Disposition.PENDING else value

    def clean_disposed_on(self):
        return past(self.cleaned_data["disposed_on"], self.zone)

    def clean_sentenced_on(self):
        day = self.cleaned_data["sentenced_on"]
        return day and past(day, self.zone)

    def clean(self):
        cleaned = super().clean()
        for name, sentence in end_wrong(cleaned, self.charge.charged_on).items():
            self.add_error(name, sentence)
        return cleaned


def end_wrong(given, charged_on):
    """What does not fit of how a charge of `charged_on` ended and of its sentence, {field: sentence}."""
    said = [name for name, nothing in Charge.NOTHING.items() if given.get(name, nothing) not in (nothing, None)]
    if given.get("disposed_on") and given["disposed_on"] < charged_on:
        return {"disposed_on": "This lies before the day of the charge. Check the date."}
    if said and given.get("disposition") and given["disposition"] not in Charge.SENTENCED:
        return {said[0]: NO_GUILT}
    wrong = {}
    for part in ("consecutive_months", "suspended_months"):
        prison = given.get("prison_months")
        if given.get(part) is not None and (prison is None or given[part] > prison):
            wrong[part] = NO_PRISON if prison is None else "This is a part of the prison months, so it cannot be more."
    low, high = given.get("range_low"), given.get("range_high")
    if (low is None) != (high is None) or (low is not None and low > high):
        wrong["range_high" if high is None or low is not None else "range_low"] = "Give both ends, the lower one first."
    if given.get("sentenced_on") and given.get("disposed_on") and given["sentenced_on"] < given["disposed_on"]:
        wrong["sentenced_on"] = "This lies before the plea or verdict. Check the date."
    return wrong


class OutcomeForm(Form):
    """How all charges of a case ended: a line for each, one day and one court. A line left open stays as it is."""

    called = {"disposed_on": "day"}
    disposed_on = forms.DateField(label="On", widget=Day, error_messages={"required": "Give the day."})
    sentenced_by_court = Line(label="Judge or court", max_length=120, required=False)
    forfeits_firearms = forms.BooleanField(label="Firearms are forfeited", required=False)

    def __init__(self, *args, charges, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.charges, self.zone = charges, zone
        self.fields["disposed_on"].initial = timezone.now().astimezone(ZoneInfo(zone)).date()
        for charge in charges:
            self.fields |= {
                f"disposition_{charge.pk}": forms.ChoiceField(
                    label="How it ended", choices=[("", "Not yet"), *ENDS[1:]], required=False
                ),
                f"prison_months_{charge.pk}": _months("Prison, months"),
                f"probation_months_{charge.pk}": _months("Probation, months"),
            }

    @property
    def lines(self):
        """(charge, bound fields) of each charge."""
        names = ("disposition", "prison_months", "probation_months")
        return [(each, [self[f"{name}_{each.pk}"] for name in names]) for each in self.charges]

    def clean_disposed_on(self):
        return past(self.cleaned_data["disposed_on"], self.zone)

    def clean(self):
        cleaned, ended = super().clean(), []
        day, court = cleaned.get("disposed_on"), cleaned.get("sentenced_by_court", "")
        for charge in self.charges:
            given = {name: cleaned.get(f"{name}_{charge.pk}") for name in ("prison_months", "probation_months")}
            given |= {"disposition": cleaned.get(f"disposition_{charge.pk}"), "disposed_on": day}
            if not given["disposition"]:
                if any(given[name] is not None for name in ("prison_months", "probation_months")):
                    self.add_error(f"disposition_{charge.pk}", "Choose how it ended.")
                continue
            if given["disposition"] in Charge.SENTENCED:
                forfeits = cleaned.get("forfeits_firearms", False)
                given |= {"sentenced_by_court": court, "forfeits_firearms": forfeits}
                given |= {"sentenced_on": day} if given["prison_months"] is not None else {}
            for name, sentence in end_wrong(given, charge.charged_on).items():
                self.add_error(name if name == "disposed_on" else f"{name}_{charge.pk}", sentence)
            ended.append({"charge": charge, **given})
        if not ended and not self.errors:
            self.add_error(f"disposition_{self.charges[0].pk}", "Say of one charge at least how it ended.")
        return {"ended": ended}


def past(day, zone):
    if wrong := why_not_yet(day, timezone.now(), zone):
        raise forms.ValidationError(wrong)
    return day
