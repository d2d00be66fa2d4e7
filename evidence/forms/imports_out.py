from django import forms

from agencies.models import Agency
from evidence import policies
from evidence.forms.imports import OfAgencyForm


class TakeForm(OfAgencyForm):
    """What is taken out of which agency."""

    called = {"kind": "kind of record", "agency": "agency whose records they are"}
    policy = policies.take_records
    kind = forms.ChoiceField(label="What to take")
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Of which agency", empty_label="Choose")
