"""Raw input of deadlines, of whose case it is, of calendar addresses and of arrests -> clean values."""

from django import forms

from agencies.forms.sentences import Form
from agencies.models import Membership, User
from agencies.widgets import Day, Tiles
from evidence.forms.fields import LinesForm
from leads import ahead
from leads.models import CalendarFeed, Deadline, GunArrest

Arrest = GunArrest.Status
ANSWERS = [(Arrest.TAKE, "We would take it"), (Arrest.LEFT, "Leave it to the state"), (Arrest.ASKED, "Ask the agency")]
ICONS = {"take": "check", "left": "x", "asked": "help"}
BASIS = "The order or the rule that the day follows. Nothing here computes a term of court."


class DeadlineForm(LinesForm):
    """What is due, and on which day of the office's calendar."""

    called = {"kind": "sort of deadline", "due_on": "day"}
    kind = forms.ChoiceField(
        label="What is due",
        choices=Deadline.Kind.choices,
        widget=Tiles(),
        error_messages={"required": "Choose what is due."},
    )
    due_on = forms.DateField(label="Due on", widget=Day, error_messages={"required": "Give the day."})
    basis = forms.CharField(label="Why that day", max_length=160, required=False, help_text=BASIS)


class MoveForm(LinesForm):
    """Another day for it."""

    due_on = forms.DateField(label="Due on", widget=Day, error_messages={"required": "Give the day."})
    basis = forms.CharField(label="Why that day", max_length=160, required=False, help_text=BASIS)

    def __init__(self, *args, deadline, **kwargs):
        super().__init__(*args, **kwargs)
        self.deadline = deadline
        self.fields["due_on"].initial, self.fields["basis"].initial = deadline.due_on, deadline.basis

    def clean_due_on(self):
        if self.cleaned_data["due_on"] == self.deadline.due_on:
            raise forms.ValidationError("It is due on this day already. Choose another one.")
        return self.cleaned_data["due_on"]


class DropForm(LinesForm):
    why = forms.CharField(
        label="Why it is due no more", max_length=200, error_messages={"required": "Say why it is due no more."}
    )


class GiveForm(Form):
    """Whose case it is; nobody's is everybody's."""

    prosecutor = forms.ModelChoiceField(User.objects.none(), label="Prosecutor", required=False, empty_label="Nobody")

    def __init__(self, *args, referral, prosecutors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["prosecutor"].queryset = prosecutors
        self.fields["prosecutor"].initial = referral.assigned_to_id


class ReminderRuleForm(LinesForm):
    """Working days ahead, as somebody types them."""

    days = forms.CharField(
        label="Working days ahead", max_length=40,
        help_text="Such as: 14, 7, 1. Days on which the office is closed do not count.",
        error_messages={"required": "Give at least one number of working days, such as 14, 7, 1."},
    )  # fmt: skip

    def clean_days(self):
        try:
            return ahead.read(self.cleaned_data["days"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class FeedForm(Form):
    """Whose dates, and of which agency."""

    called = {"membership": "agency"}
    membership = forms.ModelChoiceField(Membership.objects.none(), label="In", empty_label=None)
    scope = forms.ChoiceField(
        label="Which dates", choices=CalendarFeed.Scope.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose which dates."},
    )  # fmt: skip

    def __init__(self, *args, memberships, **kwargs):
        super().__init__(*args, **kwargs)
        self.only = memberships[0] if len(memberships) == 1 else None
        self.fields["scope"].initial = CalendarFeed.Scope.MINE
        self.fields["membership"].queryset = memberships
        self.fields["membership"].label_from_instance = lambda each: f"{each.agency}, {each.get_role_display()}"
        if self.only:
            del self.fields["membership"]

    def clean(self):
        cleaned = super().clean()
        return cleaned | {"membership": self.only} if self.only else cleaned


class ArrestForm(LinesForm):
    """The answer of an office for one arrest."""

    status = forms.ChoiceField(
        label="Answer", choices=ANSWERS, widget=Tiles(icons=ICONS),
        error_messages={"required": "Choose one: take it, leave it to the state, or ask."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why, or what you ask", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the answer. The agency reads it if you would take the case or ask.",
        error_messages={"required": "Say why, or what you ask."},
    )  # fmt: skip

    def __init__(self, *args, arrest, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = GunArrest.TRANSITIONS[Arrest(arrest.status)]
        self.fields["status"].choices = [each for each in ANSWERS if each[0] in allowed]


class ArrestRuleForm(Form):
    shown = forms.BooleanField(
        label="Show arrests before they are referred", required=False,
        help_text="The office reads of each new arrest: its number, the agency's case numbers, how many events its "
        "leads link and how many of them are confirmed, and what is on record of the guns. No name, no narrative, no "
        "lead.",
    )  # fmt: skip
