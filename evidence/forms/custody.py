from django import forms
from django.utils import timezone

from agencies.fields import PastMoment
from evidence import policies, queries
from evidence.forms.fields import LinesForm
from evidence.models import CustodyEvent

Purpose = CustodyEvent.Purpose


class CustodyForm(LinesForm):
    """One hand-over: from whom, to whom, why, in what state."""

    called = {"purpose": "purpose", "from_whom": "name of who hands it over", "at": "time it changed hands"}
    purpose = forms.ChoiceField(
        label="What for", choices=[("", "Choose"), *(each for each in Purpose.choices if each[0] != Purpose.COLLECTED)]
    )
    from_whom = forms.CharField(label="From", max_length=120)
    to_whom = forms.CharField(label="To", max_length=120, required=False, help_text="A person or a place")
    laboratory = forms.ModelChoiceField(
        label="Laboratory",
        queryset=None,
        required=False,
        empty_label="No laboratory of the portal",
        help_text="It sees this case from then on",
    )
    at = PastMoment(label="When")
    condition = forms.CharField(label="Condition", max_length=120, required=False, help_text="Such as: sealed, intact")
    seal = forms.CharField(label="Seal number", max_length=40, required=False)
    storage = forms.CharField(label="Place it lies in now", max_length=80, required=False)

    def __init__(self, *args, exhibit, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.exhibit, self.user, self.last = exhibit, user, exhibit.custody.last()
        self.fields["laboratory"].queryset = queries.laboratories_for(exhibit)
        self.fields["from_whom"].initial = self.last.to_whom if self.last else ""
        self.fields["at"].zone = exhibit.agency.zone
        self.fields["at"].initial = timezone.now

    def clean(self):
        cleaned = super().clean()
        laboratory = cleaned.get("laboratory")
        if laboratory and cleaned.get("purpose") not in ("", None, Purpose.TO_LABORATORY):
            self.add_error("laboratory", "Only an exhibit that is sent to the laboratory names one.")
        cleaned["to_whom"] = cleaned.get("to_whom") or (laboratory.name if laboratory else cleaned.get("storage", ""))
        if not cleaned["to_whom"]:
            self.add_error("to_whom", "Say who has it now, or where it lies.")
        if cleaned.get("at"):
            last_at = self.last.at if self.last else None
            reason = policies.record_custody(self.user, self.exhibit, at=cleaned["at"], last_at=last_at)
            if reason:
                self.add_error("at", reason)
        return cleaned
