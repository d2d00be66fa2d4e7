"""Raw input of lead reviews and action items -> clean values."""

from django import forms
from django.utils import timezone

from agencies.fields import Line, LocalMoment
from agencies.forms.sentences import Form
from agencies.models import Agency, Membership, User
from agencies.widgets import Day
from leads import agenda

DISCOVERABLE = "Minutes may have to be disclosed to the defense."


class People(forms.ModelChoiceField):
    """A choice among memberships, each with its agency."""

    def label_from_instance(self, member):
        return f"{member.agency.code}: {member.user}, {member.get_role_display().lower()}"


class MeetingForm(Form):
    """When and where, who chairs, which agencies come."""

    held_at = LocalMoment(label="When", error_messages={"required": "Give the day and the hour."})
    where = Line(label="Where", max_length=120, required=False, help_text="A room, or how to join")
    chair = forms.ModelChoiceField(
        label="Chair",
        queryset=User.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose who chairs: that person closes the meeting."},
    )
    agencies = forms.ModelMultipleChoiceField(
        label="Agencies invited",
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Invite one agency or more."},
        help_text="Each sees of the agenda only the leads that it sees anyway.",
    )

    def __init__(self, *args, center, chairs, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held_at"].zone = center.zone
        self.fields["chair"].queryset = User.objects.filter(pk__in=[each.user_id for each in chairs])
        self.fields["agencies"].queryset = agencies

    def clean_held_at(self):
        held_at = self.cleaned_data["held_at"]
        if held_at and held_at < timezone.now():
            raise forms.ValidationError("This has passed. Choose a time to come.")
        return held_at


class CloseForm(Form):
    summary = forms.CharField(
        label="Closing words",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"For the minutes. Everybody invited reads them: name no case here. {DISCOVERABLE}",
    )


class AddForm(Form):
    """A lead by its number."""

    lead = Line(label="Lead number", max_length=40, error_messages={"required": "Give the number of the lead."})
    why = Line(label="Why", max_length=200, error_messages={"required": "Say why it is to be heard."})

    def __init__(self, *args, meeting, visible, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting, self.visible = meeting, visible

    def clean_lead(self):
        number = self.cleaned_data["lead"]
        found = self.visible.filter(number__iexact=number, agency=self.meeting.agency_id).first()
        if found is None:
            raise forms.ValidationError("There is no such lead of this center. Check the number.")
        if self.meeting.items.filter(lead=found, removed_at=None).exists():
            raise forms.ValidationError("This lead is on the agenda already.")
        return found


class RemoveForm(Form):
    why = Line(label="Why", max_length=200, error_messages={"required": "Say why it is not heard."})


class DecideForm(Form):
    """What was decided, and perhaps who does what by when."""

    text = forms.CharField(
        label="Decision",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=DISCOVERABLE,
        error_messages={"required": "Write down what was decided."},
    )


class GiveForm(Form):
    """Who does what, by which day."""

    what = Line(label="What is to be done", max_length=300, error_messages={"required": "Say what is to be done."})
    owner = People(
        label="Owner",
        queryset=Membership.objects.none(),
        empty_label="Choose a person",
        error_messages={"required": "Choose one person: what is everybody's is nobody's."},
    )
    day = forms.DateField(
        label="Due by the end of",
        widget=Day,
        help_text="In the working hours of the owner's agency",
        error_messages={"required": "Give the day by which it is done."},
    )

    def __init__(self, *args, owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners

    def clean(self):
        cleaned = super().clean()
        owner, day = cleaned.get("owner"), cleaned.get("day")
        if owner and day:
            try:
                agenda.promise(timezone.now(), day, owner.agency.working_calendar)
            except (ValueError, OverflowError) as wrong:
                self.add_error("day", str(wrong))
        return cleaned


class EndForm(Form):
    result = forms.CharField(
        label="What came of it",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=DISCOVERABLE,
        error_messages={"required": "Say in a sentence what came of it."},
    )


class DropForm(EndForm):
    result = forms.CharField(
        label="Why it is dropped",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=DISCOVERABLE,
        error_messages={"required": "Say why it is not to be done any more."},
    )
