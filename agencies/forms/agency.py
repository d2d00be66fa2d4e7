"""What an agency keeps: its names and codes, its units, the hours in which its clocks run."""

import re
from datetime import time, timedelta

from django import forms
from django.utils import timezone

from agencies import policies
from agencies.fields import Line
from agencies.forms.sentences import Form, ModelForm
from agencies.models import Agency, AgencyOri
from agencies.widgets import Clock, Day, TileChoices

ZONES = {
    "America/Puerto_Rico": "Atlantic (Puerto Rico)",
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Mountain without daylight saving (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
    "Pacific/Guam": "Chamorro (Guam)",
}
WEEK = [("1", "Mon"), ("2", "Tue"), ("3", "Wed"), ("4", "Thu"), ("5", "Fri"), ("6", "Sat"), ("7", "Sun")]
MIDNIGHT = 24 * 60
AHEAD = timedelta(days=5 * 366)


def ori_faults(oris, agency=None):
    """(ORI, what is wrong) of each that has not the shape of one, or is another agency's."""
    taken = set(AgencyOri.objects.filter(ori__in=oris).exclude(agency=agency).values_list("ori", flat=True))
    for ori in oris:
        try:
            AgencyOri(ori=ori).clean_fields(exclude=["agency"])
        except forms.ValidationError:
            yield f"{ori[:20]} is not an ORI: two letters of the state, then seven capitals or digits."
        if ori in taken:
            yield f"{ori} belongs to an agency already."


class AgencyForm(ModelForm):
    """A new agency as the installer types it: calendar by name, parent by code, ORIs beside."""

    calendar = forms.CharField(max_length=80)
    parent = forms.ModelChoiceField(
        Agency.objects.filter(kind=Agency.Kind.CENTER),
        to_field_name="code",
        required=False,
        error_messages={"invalid_choice": "no center has this code."},
    )
    oris = ()

    class Meta:
        model = Agency
        fields = ["name", "code", "kind", "zone", "phone"]
        field_classes = dict.fromkeys(("name", "code", "phone"), Line)
        error_messages = {"code": {"invalid": "Two to eight capitals and digits."}}

    def clean(self):
        for fault in ori_faults(self.oris):
            self.add_error(None, fault)
        return super().clean()


class NameForm(ModelForm):
    """What an agency is called, and on which clock it lives."""

    zone = forms.ChoiceField(label="Time zone", help_text="The clock on every page of the agency.")

    class Meta:
        model = Agency
        fields = ["name", "phone", "zone"]
        field_classes = dict.fromkeys(("name", "phone"), Line)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = self.instance.zone
        self.fields["zone"].choices = ({zone: zone} | ZONES).items()


class PartForm(Form):
    """Which codes lead to an agency, and whether it takes part."""

    oris = forms.CharField(
        label="ORIs",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nine characters each, with blanks between them. Events of a lead that name one are this agency's.",
    )
    is_active = forms.BooleanField(
        label="Takes part", required=False, help_text="Without it nobody of the agency can sign in."
    )

    def __init__(self, *args, agency, user, **kwargs):
        now = {"oris": " ".join(each.ori for each in agency.oris.order_by("ori")), "is_active": agency.is_active}
        super().__init__(*args, initial=now, **kwargs)
        self.agency, self.user = agency, user

    def clean_oris(self):
        oris = list(dict.fromkeys(re.split(r"[\s,;]+", self.cleaned_data["oris"].strip().upper()))) or []
        oris = [ori for ori in oris if ori]
        if faults := list(ori_faults(oris, self.agency)):
            raise forms.ValidationError(faults[:5])
        return oris

    def clean(self):
        if not self.errors and (
            reason := policies.take_part(self.user, self.agency, is_active=self.cleaned_data["is_active"])
        ):
            raise forms.ValidationError(reason)


class HoursForm(Form):
    """The agency's working time: the same hours on each of its days."""

    called = {"opens": "hour of opening", "closes": "hour of closing"}
    days = forms.MultipleChoiceField(
        label="Working days",
        choices=WEEK,
        required=False,
        widget=TileChoices(attrs={"class": "tiles--week"}),
    )
    opens = forms.TimeField(label="From", widget=Clock)
    closes = forms.TimeField(label="To", widget=Clock, help_text="00:00 is midnight at the end of the day.")
    federal_holidays = forms.BooleanField(label="Closed on federal holidays", required=False)
    always = forms.BooleanField(
        label="Round the clock", required=False, help_text="Clocks never stop: days, hours and holidays do not count."
    )

    def __init__(self, *args, calendar, **kwargs):
        now = {
            "days": list(calendar.days),
            "opens": _clock(calendar.opens),
            "closes": _clock(calendar.closes % MIDNIGHT),
            "federal_holidays": calendar.federal_holidays,
            "always": calendar.always,
        }
        super().__init__(*args, initial=now, **kwargs)
        self.calendar = calendar

    def clean_days(self):
        return "".join(sorted(set(self.cleaned_data["days"])))

    def clean_opens(self):
        return _minutes(self.cleaned_data["opens"])

    def clean_closes(self):
        return _minutes(self.cleaned_data["closes"]) or MIDNIGHT

    def clean(self):
        if not self.errors and self.cleaned_data["opens"] >= self.cleaned_data["closes"]:
            self.add_error("closes", "This is not after the opening. Give the later time.")
        if self.cleaned_data.get("days") == "":
            self._without_days()

    def _without_days(self):
        if self.cleaned_data["always"]:
            self.cleaned_data["days"] = self.calendar.days
        else:
            self.add_error("days", "Choose a day at least, or round the clock.")


def _minutes(at):
    return at.hour * 60 + at.minute


def _clock(minutes):
    return time(minutes // 60, minutes % 60)


class ClosedDayForm(Form):
    """One more day without working time."""

    called = {"name": "reason"}
    on = forms.DateField(label="Day", widget=Day)
    name = Line(label="Why", max_length=80, help_text="Such as a holiday of the city.")

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.agency = agency

    def clean_on(self):
        on, today = self.cleaned_data["on"], timezone.now().date()
        if not today - timedelta(days=1) <= on <= today + AHEAD:
            raise forms.ValidationError("Give a day of the next five years.")
        if self.agency.calendar.holidays.filter(on=on).exists():
            raise forms.ValidationError("The agency is closed on that day already.")
        return on


class OpenedDayForm(Form):
    """The closed day of a button in the list of them."""

    called = {"on": "day"}
    on = forms.DateField()


class UnitForm(Form):
    """A unit's name, once per agency."""

    name = Line(label="Name", max_length=80)
    is_active = forms.BooleanField(label="Takes work", required=False, initial=True)

    def __init__(self, *args, agency, user, unit=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.agency, self.user, self.unit = agency, user, unit
        if unit is None:
            del self.fields["is_active"]

    def clean_name(self):
        if reason := policies.name_unit(self.user, self.agency, self.cleaned_data["name"], self.unit):
            raise forms.ValidationError(reason)
        return self.cleaned_data["name"]
