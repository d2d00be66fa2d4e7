"""Forms whose lines are lines, and a moment that stays what it was while nobody changes it."""

import unicodedata
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from agencies.fields import PastMoment
from agencies.forms.sentences import Form

ONE_LINE = "This takes one line of text. Take out line breaks and signs that cannot be seen."
BREAKS = ("Cc", "Cs", "Zl", "Zp")


def one_line(text):
    """Refuse text with line breaks or control characters: it goes into subjects, file names and lists."""
    if any(unicodedata.category(character) in BREAKS for character in text):
        raise ValidationError(ONE_LINE)


class LinesForm(Form):
    """A form in which only a text area takes more than one line."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_text = isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField)
            if is_text and not isinstance(field.widget, forms.Textarea):
                field.validators = [*field.validators, one_line]


class OfOneAgency:
    """A form whose `agency` is one of the reader's: it is asked for only where there are several."""

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.only = agencies[0] if len(agencies) == 1 else None
        self.fields["agency"].queryset = agencies
        if self.only:
            del self.fields["agency"]

    def clean(self):
        cleaned = super().clean()
        return cleaned | {"agency": self.only} if self.only else cleaned


class KeptMoment(PastMoment):
    """A moment that is shown to the minute: left as it is shown, it stays `stored`, with its seconds and in its half of
    the hour that comes twice in autumn.
    """

    stored = None

    def clean(self, value):
        if self.stored is not None and not str(value).strip().endswith("Z"):
            shown = self.stored.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None, second=0, microsecond=0, fold=0)
            try:
                typed = forms.DateTimeField.to_python(self, value)
            except ValidationError:
                typed = None
            if typed and typed.replace(tzinfo=None) == shown:
                return self.stored
        return super().clean(value)
