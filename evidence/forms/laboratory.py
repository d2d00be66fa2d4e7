from datetime import timedelta

from django import forms
from django.utils import timezone

from agencies.fields import PastMoment
from agencies.widgets import Day, Stepper
from evidence import policies, queries
from evidence.forms.fields import LinesForm
from evidence.models import Exhibit, LabRequest

DAYS = {LabRequest.Priority.URGENT: 3, LabRequest.Priority.SOON: 10, LabRequest.Priority.ROUTINE: 30}


class FireForm(LinesForm):
    """A gun was test-fired."""

    called = {"count": "number of cartridge cases", "fired_at": "time of the test fire"}
    count = forms.IntegerField(
        label="Cartridge cases kept", min_value=1, max_value=policies.MOST_CASES, initial=2, widget=Stepper
    )
    fired_at = PastMoment(label="Fired")
    note = forms.CharField(label="More about it", max_length=200, required=False, help_text="Such as: ammunition used")

    def __init__(self, *args, exhibit, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.exhibit, self.user = exhibit, user
        self.fields["fired_at"].zone = (exhibit.held_by or exhibit.agency).zone
        self.fields["fired_at"].initial = timezone.now

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("fired_at") and cleaned.get("count"):
            asked = {name: cleaned[name] for name in ("fired_at", "count")}
            if refused := policies.fire_gun(self.user, self.exhibit, **asked):
                self.add_error("fired_at", refused)
        return cleaned


class Items(forms.ModelMultipleChoiceField):
    def label_from_instance(self, made):
        more = f", {made.caliber}" if made.caliber else ""
        away = f", now with {made.held_by}" if made.held_by_id not in (None, made.agency_id) else ""
        return f"Exhibit {made.number}, {made.get_kind_display().lower()}{more}{away}"


class LabRequestForm(LinesForm):
    """Exhibits of a case that go to a laboratory."""

    called = {"at": "time they were sent", "asked": "question", "needed_on": "day"}
    exhibits = Items(label="Exhibits", queryset=Exhibit.objects.none(), widget=forms.CheckboxSelectMultiple)
    laboratory = forms.ModelChoiceField(label="Laboratory", queryset=None, empty_label="Choose")
    asked = forms.ChoiceField(label="What is asked", choices=[("", "Choose"), *LabRequest.Asked.choices])
    note = forms.CharField(label="More about it", max_length=300, required=False)
    priority = forms.TypedChoiceField(
        label="Priority", choices=LabRequest.Priority.choices, coerce=int, initial=LabRequest.Priority.ROUTINE
    )
    needed_on = forms.DateField(
        label="Needed by", widget=Day, required=False, help_text="Left empty: 3 days when urgent, 10 soon, 30 routine"
    )
    at = PastMoment(label="Sent")
    condition = forms.CharField(label="Condition", max_length=120, required=False, help_text="Such as: sealed, intact")
    seal = forms.CharField(label="Seal number", max_length=40, required=False)

    def __init__(self, *args, incident, exhibits, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.incident, self.user = incident, user
        self.fields["exhibits"].queryset = exhibits
        laboratories = queries.laboratories_of(incident.agency)
        self.fields["laboratory"].queryset = laboratories
        if len(laboratories) == 1:
            self.fields["laboratory"].empty_label = None
        self.fields["at"].zone = incident.agency.zone
        self.fields["at"].initial = timezone.now

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("exhibits") is not None:
            asked = {name: cleaned.get(name, "") for name in ("asked", "note")}
            if refused := policies.ask_laboratory(self.user, self.incident, exhibits=cleaned["exhibits"], **asked):
                self.add_error("note" if asked["asked"] == LabRequest.Asked.OTHER else "asked", refused)
            self._refuse_what_cannot_move(cleaned)
        if cleaned.get("at") and not cleaned.get("needed_on"):
            cleaned["needed_on"] = (cleaned["at"] + timedelta(days=DAYS[cleaned.get("priority", 3)])).date()
        return cleaned

    def _refuse_what_cannot_move(self, cleaned):
        for exhibit in cleaned["exhibits"] if cleaned.get("at") else ():
            last = exhibit.custody.last()
            refused = policies.record_custody(self.user, exhibit, at=cleaned["at"], last_at=last and last.at)
            if refused:
                self.add_error("exhibits", f"Exhibit {exhibit}: {refused}")


class _StepForm(LinesForm):
    """One step of a request; `policy` says why it may not be taken."""

    policy, checked, field = None, (), None

    def __init__(self, *args, request, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user
        if "at" in self.fields:
            self.fields["at"].zone = request.laboratory.zone
            self.fields["at"].initial = timezone.now

    def clean(self):
        cleaned = super().clean()
        asked = {name: cleaned[name] for name in self.checked if name in cleaned}
        if refused := type(self).policy(self.user, self.request, **asked):
            self.add_error(self.field, refused)
        return cleaned


class ReceiveForm(_StepForm):
    policy, checked, field = policies.receive_request, ("at",), "at"
    called = {"at": "time they were received"}
    at = PastMoment(label="Received")
    condition = forms.CharField(label="Condition", max_length=120, required=False, help_text="Such as: sealed, intact")
    seal = forms.CharField(label="Seal number", max_length=40, required=False)


class FinishForm(_StepForm):
    policy, checked, field = policies.finish_request, ("result",), "result"
    called = {"at": "time it was done"}
    result = forms.CharField(label="Result", max_length=300, help_text="In words, with the report's number")
    at = PastMoment(label="Done")

    def clean_at(self):
        at = self.cleaned_data["at"]
        if self.request.received_at and at < self.request.received_at:
            raise forms.ValidationError("This is earlier than it was received. Check the time.")
        return at


class SendBackForm(_StepForm):
    policy, checked, field = policies.return_request, ("at",), "at"
    called = {"at": "time they went back"}
    to_whom = forms.CharField(label="To", max_length=120, required=False, help_text="A person, when it is known")
    at = PastMoment(label="Sent back")
    condition = forms.CharField(label="Condition", max_length=120, required=False)
    seal = forms.CharField(label="Seal number", max_length=40, required=False)


class DeclineForm(_StepForm):
    called = {"reason": "reason"}
    policy, checked, field = policies.decline_request, ("reason",), "reason"
    reason = forms.CharField(label="Why the laboratory does not do it", max_length=200)


class CancelForm(_StepForm):
    called = {"reason": "reason"}
    policy, checked, field = policies.cancel_request, ("reason",), "reason"
    reason = forms.CharField(label="Why it is not needed any more", max_length=200)


class ReviewForm(LinesForm):
    """Reviewer 1: a candidate, or none."""

    called = {"found": "answer"}
    found = forms.ChoiceField(
        label="NIBIN's candidates show", choices=[("none", "No candidate"), ("one", "A candidate")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    candidate = forms.CharField(
        label="What it may match", max_length=200, required=False, help_text="Case and exhibit, or several"
    )
    lead_number = forms.CharField(label="Lead number", max_length=40, required=False)
    note = forms.CharField(label="Note for reviewer 2", max_length=200, required=False)

    def __init__(self, *args, review, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.review, self.user = review, user

    def clean(self):
        cleaned = super().clean()
        if cleaned.pop("found", "") == "one":
            if not cleaned.get("candidate"):
                self.add_error("candidate", "Say which case and exhibit it may match.")
            elif refused := policies.review_first(self.user, self.review, cleaned["candidate"], cleaned["lead_number"]):
                self.add_error("lead_number", refused)
        else:
            cleaned |= {"candidate": "", "lead_number": ""}
        return cleaned


class SecondForm(LinesForm):
    """Reviewer 2: the lead goes out, or not."""

    called = {"release": "answer"}
    release = forms.TypedChoiceField(
        label="Having seen the images", choices=[("yes", "Release the lead"), ("no", "Do not release it")],
        widget=forms.RadioSelect, coerce=lambda value: value == "yes",
    )  # fmt: skip
    note = forms.CharField(label="Note", max_length=200, required=False, help_text="Why, when it is not released")

    def __init__(self, *args, review, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.review, self.user = review, user

    def clean(self):
        cleaned = super().clean()
        asked = {"release": cleaned.get("release"), "note": cleaned.get("note", "")}
        if "release" in cleaned and (refused := policies.review_second(self.user, self.review, **asked)):
            self.add_error("note", refused)
        return cleaned
