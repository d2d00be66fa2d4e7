"""What a form says of a field that is empty or wrong: which one it is and what to do about it.

The framework's own sentences do neither ("This field is required."). Forms of the portal begin with these two classes.
"""

from django import forms
from django.forms.utils import pretty_name
from django.utils.functional import Promise

LISTED = 'Choose one of those listed under "{label}".'
# Nobody typed what stands in a hidden field, nor the key by which a form is known again.
STALE = "This page is out of date. Open it again and repeat what you did."
# By the class of a field; a class says what the classes above it do not.
SENTENCES = {
    forms.Field: {"required": "Give the {it}.", "unique": "This {it} is taken already. Give another."},
    forms.BooleanField: {"required": 'Tick "{label}".'},
    forms.CharField: {
        "min_length": '"{label}" takes at least %(limit_value)d characters; this has %(show_value)d.',
        "max_length": '"{label}" takes at most %(limit_value)d characters; this has %(show_value)d.',
        "null_characters_not_allowed": '"{label}" takes no signs that cannot be seen. Take them out.',
    },
    forms.EmailField: {"invalid": '"{label}" takes a whole address, such as name@example.gov.'},
    forms.IntegerField: {
        "invalid": '"{label}" takes a whole number, in digits.',
        "min_value": '"{label}" takes a number of at least %(limit_value)s.',
        "max_value": '"{label}" takes a number of at most %(limit_value)s.',
    },
    forms.FloatField: {"invalid": '"{label}" takes a number, in digits.'},
    forms.DateField: {"invalid": '"{label}" takes a date, such as 3/31/2026.'},
    forms.TimeField: {"invalid": '"{label}" takes hours and minutes, such as 23:10.'},
    forms.DateTimeField: {"invalid": '"{label}" takes a date with a time, such as 3/31/2026 23:10.'},
    forms.ChoiceField: {"required": "Choose the {it}.", "invalid_choice": LISTED},
    forms.MultipleChoiceField: {"invalid_list": LISTED},
    forms.ModelMultipleChoiceField: {"invalid_list": LISTED, "invalid_pk_value": LISTED},
    forms.UUIDField: {"invalid": STALE},
    forms.FileField: {
        "required": "Choose the {it}.",
        "invalid": "Choose the file again: it did not arrive.",
        "missing": "Choose the file again: it came without a name.",
        "empty": "Choose another file: this one is empty.",
        "max_length": "Choose the file under a name of at most %(max)d characters; this has %(length)d.",
        "contradiction": "Choose a file or take away the one there is, not both.",
    },
}


class Worded:
    """`called`: how "Give the ..." goes on where a field's label is no name, as in "When": {field: "date and time"}."""

    called = {}

    def full_clean(self):
        self.word_fields()
        super().full_clean()

    def word_fields(self):
        """Every field has our sentences; those that were written for it stay."""
        for name, field in self.fields.items():
            said = {code: words for code, words in field.error_messages.items() if not isinstance(words, Promise)}
            field.error_messages |= _sentences(field, field.label or pretty_name(name), self.called.get(name)) | said


class Form(Worded, forms.Form):
    pass


class ModelForm(Worded, forms.ModelForm):
    pass


def _sentences(field, label, called):
    words = {}
    for kind in reversed(type(field).__mro__):
        words |= SENTENCES.get(kind, {})
    if field.widget.is_hidden:
        return dict.fromkeys(words, STALE)
    # A sentence is filled in with %, and the label of a column is whatever its file calls it.
    label = str(label).replace("%", "percent")
    return {code: text.format(it=called or _inside(label), label=label) for code, text in words.items()}


def _inside(label):
    """A label in the middle of a sentence: small, unless it begins with an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
