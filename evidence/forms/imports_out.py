from django import forms

from agencies.forms.sentences import Form
from agencies.models import Agency
from evidence import policies


class TakeForm(Form):
    """What is taken out of which agency. The choices are what the person may take."""

    called = {"kind": "kind of record", "agency": "agency whose records they are"}
    kind = forms.ChoiceField(label="What to take")
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Of which agency", empty_label="Choose")

    def __init__(self, *args, user, agencies, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["agency"].queryset = agencies
        if len(agencies) == 1:
            self.fields["agency"].empty_label = None
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]

    def clean(self):
        data = super().clean()
        if (
            "agency" in data
            and "kind" in data
            and (reason := policies.take_records(self.user, data["agency"], data["kind"]))
        ):
            self.add_error("agency", reason)
        return data
