from django import forms
from django.utils import timezone

from agencies.fields import PastMoment
from evidence import policies, queries
from evidence.forms.fields import LinesForm
from evidence.models import Acquisition


class ReceiptForm(LinesForm):
    """An exhibit arrives at a NIBIN site."""

    called = {"received_at": "time it was received"}
    site = forms.ModelChoiceField(label="NIBIN site", queryset=None, empty_label="Choose")
    received_at = PastMoment(label="Received")
    condition = forms.CharField(label="Condition", max_length=120, required=False, help_text="Such as: sealed, intact")
    seal = forms.CharField(label="Seal number", max_length=40, required=False)

    def __init__(self, *args, exhibit, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.exhibit, self.user = exhibit, user
        self.fields["site"].queryset = queries.sites_for(exhibit)
        self.fields["received_at"].zone = self._zone(exhibit)
        self.fields["received_at"].initial = timezone.now
        self.fields["received_at"].help_text = "On the clock of the site"

    def _zone(self, exhibit):
        """Of the site that is chosen; before one is, of the first there is."""
        sites = {str(site.pk): site.zone for site in self.fields["site"].queryset}
        return sites.get(self.data.get("site", ""), next(iter(sites.values()), exhibit.agency.zone))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("site") and cleaned.get("received_at"):
            asked = {"site": cleaned["site"], "received_at": cleaned["received_at"]}
            last = self.exhibit.custody.last()
            refused = policies.receive_exhibit(self.user, self.exhibit, **asked)
            when = {"at": cleaned["received_at"], "last_at": last.at if last else None}
            backward = policies.arrive_exhibit(self.user, self.exhibit, cleaned["site"], **when)
            if refused or backward:
                self.add_error("site" if refused else "received_at", refused or backward)
        return cleaned


class EntryForm(LinesForm):
    """An exhibit is in NIBIN; a late one says why."""

    called = {"entered_at": "time of the entry"}
    reference = forms.CharField(
        label="NIBIN reference", max_length=40, help_text="The number NIBIN shows for the entry"
    )
    entered_at = PastMoment(label="Entered")
    operator = forms.CharField(label="Operator", max_length=120, required=False, help_text="Who imaged it")
    representative = forms.CharField(
        label="Which piece was imaged", max_length=200, required=False, help_text="Such as: case 3 of 7, headstamp FC"
    )
    late_code = forms.ChoiceField(
        label="Why it is late", choices=[("", "Choose"), *Acquisition.LateCode.choices], required=False
    )
    late_reason = forms.CharField(label="More about why it is late", max_length=200, required=False)

    def __init__(self, *args, acquisition, user, now=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.acquisition, self.user = acquisition, user
        self.fields["entered_at"].zone = acquisition.site.zone
        self.fields["entered_at"].initial = timezone.now
        self.fields["operator"].initial = str(user)
        self.fields["representative"].initial = queries.representative(acquisition.exhibit)
        if (now or timezone.now()) <= acquisition.due_at and not self.is_bound:
            del self.fields["late_code"], self.fields["late_reason"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("entered_at"):
            asked = {name: cleaned.get(name, "") for name in ("late_code", "late_reason")}
            reason = policies.enter_exhibit(self.user, self.acquisition, entered_at=cleaned["entered_at"], **asked)
            if reason:
                late = cleaned["entered_at"] > self.acquisition.due_at
                why = "late_reason" if asked["late_code"] == Acquisition.LateCode.OTHER else "late_code"
                self.add_error(why if late else "entered_at", reason)
        return cleaned


class RejectForm(LinesForm):
    """An exhibit cannot be entered."""

    called = {"rejection": "reason"}
    rejection = forms.ChoiceField(
        label="Why it cannot be entered", choices=Acquisition.Rejection.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label="More about it", max_length=200, required=False)

    def __init__(self, *args, acquisition, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.acquisition, self.user = acquisition, user

    def clean(self):
        cleaned = super().clean()
        asked = {"rejection": cleaned.get("rejection"), "note": cleaned.get("note", "")}
        if refused := policies.reject_exhibit(self.user, self.acquisition, **asked):
            self.add_error("note", refused)
        return cleaned
