"""Raw input of tasks, lists of tasks and questions -> clean values."""

from django import forms

from agencies.fields import Line
from agencies.forms.sentences import Form
from agencies.widgets import Stepper, Tiles
from leads.actions.tasktemplates import MOST
from leads.forms.work import DISCOVERABLE
from leads.models import Activity, TaskTemplate


class ListForm(Form):
    """A list of tasks: its name, and a line for each task, of which empty ones are left out."""

    name = Line(label="Name", max_length=80, error_messages={"required": "Give the list a name."})

    def __init__(self, *args, agencies=None, template=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.agencies, self.template = agencies, template
        if agencies is not None:
            self.fields["agency"] = forms.ModelChoiceField(
                label="Whose list", queryset=agencies, initial=agencies.first(), empty_label=None
            )
        steps = list(template.steps.all()) if template else []
        if template:
            self.fields["name"].initial = template.name
        for place in range(1, MOST + 1):
            step = steps[place - 1] if place <= len(steps) else None
            self.fields |= _line(place, step)

    @property
    def lines(self):
        """(what, kind, days) of each line, as bound fields."""
        return [(self[f"what_{n}"], self[f"kind_{n}"], self[f"days_{n}"]) for n in range(1, MOST + 1)]

    def clean(self):
        cleaned = super().clean()
        steps, seen = [], set()
        for place in range(1, MOST + 1):
            what, kind, days = (cleaned.pop(f"{name}_{place}", None) for name in ("what", "kind", "days"))
            if what and what in seen:
                self.add_error(f"what_{place}", "This task is in the list already. Say what is different.")
            if what:
                seen.add(what)
                steps.append((kind or Activity.Kind.NOTE.value, what, days or 1))
        if not steps and "what_1" not in self.errors:
            self.add_error("what_1", "Write down one task at least.")
        whose = self.template.agency if self.template else cleaned.get("agency")
        same = TaskTemplate.objects.used().filter(agency=whose, name=cleaned.get("name"))
        if same.exclude(pk=self.template and self.template.pk).exists():
            self.add_error("name", "There is a list of this name already. Change that one.")
        return cleaned | {"steps": steps}


def _line(place, step):
    return {
        f"what_{place}": Line(label=f"Task {place}", max_length=200, required=False, initial=step.what if step else ""),
        f"kind_{place}": forms.ChoiceField(
            label="Kind",
            widget=forms.Select(attrs={"aria-label": f"Kind of task {place}"}),
            choices=Activity.Kind.choices,
            required=False,
            initial=step.kind if step else Activity.Kind.CANVASS,
        ),
        f"days_{place}": forms.IntegerField(
            label="Working days",
            widget=forms.NumberInput(attrs={"aria-label": f"Working days for task {place}"}),
            min_value=1,
            max_value=60,
            required=False,
            initial=step.days if step else 2,
        ),
    }


class GiveForm(Form):
    template = forms.ModelChoiceField(
        label="List of tasks",
        queryset=TaskTemplate.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose a list of tasks."},
    )

    def __init__(self, *args, lists, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = lists


class FinishForm(Form):
    """Nothing has to be said: a task is done in one tap."""

    note = forms.CharField(
        label="What came of it",
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=DISCOVERABLE,
    )
    result = forms.ChoiceField(
        label="Result",
        choices=[("", "Open"), *Activity.Result.choices],
        required=False,
        widget=Tiles(attrs={"class": "tiles--four"}),
    )
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=0, max_value=1440, widget=Stepper(by=15))


class CameForm(Form):
    """What a prosecutor asked for is said to the office, not written down on the lead."""

    note = forms.CharField(
        label="What came of it",
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The prosecutor who asked reads this. May have to be disclosed to the defense.",
    )


class DropForm(Form):
    why = Line(label="Why", max_length=200, error_messages={"required": "Say why it is not to be done any more."})


class QuestionForm(Form):
    text = forms.CharField(
        label="Your question",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=DISCOVERABLE,
        error_messages={"required": "Write down what you ask."},
    )


class AnswerForm(Form):
    answer = forms.CharField(
        label="Answer",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"Who asked is told. An address of a page here may stand in it. {DISCOVERABLE}",
        error_messages={"required": "Write down the answer."},
    )
