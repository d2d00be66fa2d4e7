import re

from django import forms

from evidence import labels
from evidence.forms.fields import LinesForm

RANGE = re.compile(r"^\s*(\S+?)\s*(?:-|to)\s*(\S+)\s*$", re.IGNORECASE)


class LabelForm(LinesForm):
    """Which labels, on which stock. Fields are the address of the sheet, so that it can be printed again."""

    stock = forms.ChoiceField(label="Stock", choices=[(key, each.words) for key, each in labels.STOCKS.items()])
    skip = forms.IntegerField(
        label="Labels already used on the first sheet", min_value=0, max_value=29, initial=0, required=False
    )
    case = forms.CharField(label="Case number", max_length=40, required=False, help_text="The whole number")
    numbers = forms.CharField(
        label="Exhibits", max_length=200, required=False, help_text="Such as: 1-12, or 3, 5, 9; empty for all of a case"
    )
    place = forms.CharField(
        label="Or a storage place",
        max_length=80,
        required=False,
        help_text="Its code; the places inside it are printed too",
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned["case"] or cleaned["place"] or self.data.getlist("exhibit")):
            self.add_error("case", "Give a case number or the code of a place.")
        return cleaned

    def wants(self, number):
        """Whether an exhibit number is one of those asked for; all are when none is."""
        asked = [part.strip() for part in self.cleaned_data["numbers"].split(",") if part.strip()]
        return not asked or any(_means(part, number) for part in asked)


def _means(part, number):
    if part.casefold() == number.casefold():
        return True
    ends = RANGE.match(part)
    if not ends or not all(each.isdecimal() and len(each) < 9 for each in (*ends.groups(), number)):
        return False
    return int(ends[1]) <= int(number) <= int(ends[2])
