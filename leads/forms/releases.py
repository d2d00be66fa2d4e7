"""Raw input of releases and disclosure -> clean values."""

from django import forms
from django.utils import timezone

from agencies.fields import Line
from agencies.forms.sentences import Form
from agencies.widgets import Day, Drop
from leads.actions._releases import HAS_IT, end_of, why_not_until
from leads.models import Duty, ExculpatoryMark, Wording
from leads.packets import wording

LARGEST = 200 * 1024 * 1024
ONE = "One person. Each has a copy of their own. Of very many people 500 are listed, those who prosecute first."
COUNTS = "What the register says of each item. Without a duty it stays on the list of what is not disclosed yet."


def _text(label, most, rows=3, **kwargs):
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows, "maxlength": most}), **kwargs
    )


def _placed(text):
    """A text whose places are all of the list."""
    if why := wording.problem(text):
        raise forms.ValidationError(why)
    return text


class RecipientField(forms.ModelChoiceField):
    def label_from_instance(self, membership):
        return f"{membership.agency}: {membership.user.name}, {membership.get_role_display().lower()}"


class FilesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, file):
        return f"{file.file.name} ({file.agency.code})"


class ReleaseForm(Form):
    """To whom a version goes, until when, and what goes along. had: the ids of those who have it."""

    called = {"to": "person", "duty": "duty", "ends_on": "last day"}
    to = RecipientField(None, label="To", empty_label="Choose", help_text=ONE)
    duty = forms.ChoiceField(label="Under what duty", choices=Duty, help_text=COUNTS)
    ends_on = forms.DateField(label="Last day", widget=Day(), help_text="The link ends with this day.")
    letter = _text(
        "Letter before the pages", 4000, rows=8, required=False,
        help_text="Names of victims, witnesses and juveniles are taken out of it, as out of the pages.",
    )  # fmt: skip
    files = FilesField(
        None, label="Files of the lead that go along", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="As they are: nothing in them is masked, only what a file is called. Read each before you add it.",
    )  # fmt: skip

    def __init__(self, *args, recipients, files, had=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.had = had
        self.fields["to"].queryset = recipients
        self.fields["files"].queryset = files
        if not files:
            del self.fields["files"]

    def clean_letter(self):
        return _placed(self.cleaned_data["letter"])

    def clean(self):
        cleaned = super().clean()
        if member := cleaned.get("to"):
            cleaned |= {"to": member.user, "office": member.agency}
            if member.user_id in self.had:
                self.add_error("to", HAS_IT)
            ends_at = cleaned.get("ends_on") and end_of(cleaned["ends_on"], member.agency.zone)
            if ends_at and (why := why_not_until(ends_at, timezone.now())):
                self.add_error("ends_on", why)
        return cleaned


class ReasonForm(Form):
    called = {"reason": "reason"}
    reason = _text("Why", 300, help_text="Who has a copy reads this.")


class UnmaskForm(Form):
    """Whose name the packet says from its next version on."""

    called = {"person": "person", "reason": "reason"}
    person = forms.ModelChoiceField(None, label="Person", empty_label="Choose")
    reason = _text("Why the name has to be in the packet", 300, help_text="Kept with the packet.")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class VerifyForm(Form):
    """A file that may be a packet."""

    called = {"file": "file"}
    file = forms.FileField(
        label="The PDF or the bag (zip) as you got it", widget=Drop(attrs={"accept": ".pdf,.zip"}), max_length=200
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("This file has more than 200 MB. Check it with manage.py verify_packet.")
        return file


class MarkForm(Form):
    """An entry, a statement or a file that may have to be disclosed, and why."""

    called = {"of": "entry, statement or file", "kind": "kind", "note": "words for the index"}
    of = forms.ChoiceField(label="What")
    kind = forms.ChoiceField(label="What it is", choices=ExculpatoryMark.Kind, widget=forms.RadioSelect)
    note = _text("What it says, in words for the index", 300, help_text="No names of victims, witnesses or juveniles.")

    def __init__(self, *args, things, **kwargs):
        super().__init__(*args, **kwargs)
        self.things = {f"{name}-{each.pk}": (name, each) for name, rows in things for each in rows}
        labels = [(key, f"{name.capitalize()}: {each}"[:120]) for key, (name, each) in self.things.items()]
        self.fields["of"].choices = [("", "Choose"), *labels]

    def clean(self):
        cleaned = super().clean()
        if of := cleaned.pop("of", None):
            name, thing = self.things[of]
            cleaned[{"entry": "activity", "statement": "assertion"}.get(name, name)] = thing
        return cleaned


class DisclosureForm(Form):
    """That an item was given to somebody otherwise than in a packet."""

    called = {"duty": "duty", "to": "person and office", "how": "way it was given"}
    to = Line(label="To whom", max_length=160, help_text="A person and an office")
    duty = forms.ChoiceField(label="Under what duty", choices=Duty, help_text=COUNTS)
    how = Line(label="How", max_length=120, help_text="A letter, a disc, a hearing, with its day")
    receipt = Line(label="Receipt", max_length=120, required=False, help_text="Who received it and where that is shown")


class ReceiptForm(Form):
    receipt = Line(label="Receipt", max_length=120, help_text="Who received it and where that is shown")


class WithholdForm(Form):
    called = {"reason": "reason"}
    reason = _text("Why it is not disclosed", 300, help_text="A second person decides. It stays in every index.")


class WordingForm(Form):
    """A text with places, checked by the list of places."""

    kind = forms.ChoiceField(label="What it is for", choices=Wording.Kind, widget=forms.HiddenInput)
    text = _text("Text", 4000, rows=12)

    def clean_text(self):
        return _placed(self.cleaned_data["text"])
