from django import forms
from django.utils import timezone

from agencies.fields import PastMoment
from agencies.widgets import Combo, Tiles
from evidence import policies, queries
from evidence.forms.fields import LinesForm
from evidence.models import CustodyEvent

Purpose = CustodyEvent.Purpose
NOT_CHOSEN = (Purpose.COLLECTED, Purpose.STORED, Purpose.RECEIVED, Purpose.DISPOSED)
DESK, PLACE, OUTSIDE = "desk", "place", "outside"
WAYS = [(DESK, "Person or desk"), (PLACE, "Storage place"), (OUTSIDE, "Outside the portal")]
SEAL = {"label": "Seal number", "max_length": 40, "required": False}
CONDITION = {"label": "Condition", "max_length": 120, "required": False, "help_text": "Such as: sealed, intact"}


class HandOverForm(LinesForm):
    """An exhibit leaves somebody's hands: it is offered to a person or a desk, put away, or signed for on paper.

    When it is clean, `way` says which of `WAYS` and `facts` what the action takes.
    """

    called = {"how": "way it goes", "at": "time it changed hands", "purpose": "purpose"}
    how = forms.ChoiceField(
        label="Where does it go?", choices=WAYS, initial=DESK,
        widget=Tiles(icons={DESK: "person", PLACE: "evid", OUTSIDE: "out"}),
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        label="Agency", queryset=None, required=False, empty_label="Choose",
        help_text="On this case. A laboratory sees the case from then on.",
    )  # fmt: skip
    person = forms.ModelChoiceField(label="Person", queryset=None, required=False, empty_label="Nobody in particular")
    unit = forms.ModelChoiceField(label="Unit", queryset=None, required=False, empty_label="Any")
    place = forms.CharField(
        label="Place", max_length=80, required=False, help_text="Its code. Scan its label or type it."
    )
    to_whom = forms.CharField(label="Who took it", max_length=120, required=False, help_text="A name and an office")
    paper = forms.CharField(
        label="Signed on paper", max_length=120, required=False, help_text="Such as: court receipt 114, by J. Doe"
    )
    purpose = forms.ChoiceField(
        label="What for", required=False,
        choices=[("", "Choose"), *(each for each in Purpose.choices if each[0] not in NOT_CHOSEN)],
    )  # fmt: skip
    at = PastMoment(label="When")
    condition = forms.CharField(**CONDITION)
    seal = forms.CharField(**SEAL)
    note = forms.CharField(label="Note", max_length=200, required=False)

    def __init__(self, *args, exhibit, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.exhibit, self.user, self.last = exhibit, user, exhibit.custody.last()
        self.way, self.facts = "", {}
        agencies = queries.receivers_for(exhibit)
        self.fields["agency"].queryset = agencies
        self.fields["agency"].initial = exhibit.held_by_id or exhibit.agency_id
        self.fields["person"].queryset = queries.people_for(agencies).exclude(pk=user.pk)
        self.fields["unit"].queryset = queries.units_for(agencies)
        self.fields["unit"].label_from_instance = lambda unit: f"{unit.name}, {unit.agency.code}"
        self.fields["at"].zone, self.fields["at"].initial = exhibit.agency.zone, timezone.now
        self.fields["seal"].initial = self.last.seal if self.last else ""
        codes = queries.place_codes(user, exhibit.held_by or exhibit.agency)
        self.fields["place"].widget = Combo(attrs=self.fields["place"].widget.attrs, options=codes)

    def clean(self):
        cleaned = super().clean()
        check = {DESK: self._desk, PLACE: self._place, OUTSIDE: self._outside}.get(cleaned.get("how"))
        if check and not self.errors:
            check(cleaned)
        return cleaned

    def _desk(self, cleaned):
        needed = [name for name in ("agency", "purpose") if not cleaned.get(name)]
        for name in needed:
            self.add_error(name, self.fields[name].error_messages["required"])
        if not needed:
            desk = {name: cleaned[name] for name in ("agency", "unit", "person")}
            self._take("offer", "agency", {"purpose": cleaned["purpose"], **desk}, **desk)

    def _place(self, cleaned):
        code = cleaned["place"]
        found = queries.place_of(self.user, code, self.exhibit.held_by or self.exhibit.agency) if code else None
        if found is None:
            self.add_error(
                "place", "No open place has this code. Look it up under Storage." if code else "Give a code."
            )
        elif policies.store_exhibit(self.user, self.exhibit, found) is None:
            self._take("store", "place", {"place": found})
        else:
            facts = {"agency": found.agency, "place": found}
            self._take("offer", "place", {"purpose": cleaned["purpose"] or Purpose.RETURNED, **facts}, **facts)

    def _outside(self, cleaned):
        if not cleaned["to_whom"]:
            self.add_error("to_whom", "Say who took it.")
        if not cleaned["paper"]:
            self.add_error("paper", "Say what was signed: whoever has no account here signs on paper.")
        if not cleaned["purpose"]:
            self.add_error("purpose", self.fields["purpose"].error_messages["required"])
        if not self.errors:
            self._take("record", "how", {name: cleaned[name] for name in ("purpose", "to_whom", "paper")})

    def _take(self, way, blamed, facts, **asked):
        """Keep what the action gets, unless its policy says no."""
        when = {"at": self.cleaned_data["at"], "last_at": self.last.at if self.last else None}
        if way == "offer":
            agency = asked.pop("agency")
            refused = policies.offer_exhibit(self.user, self.exhibit, agency, **asked)
        else:
            refused = policies.record_custody(self.user, self.exhibit)
        late = policies.give_exhibit(self.user, self.exhibit, **when)
        if refused or late:
            self.add_error(blamed if refused else "at", refused or late)
        shared = {name: self.cleaned_data[name] for name in ("at", "condition", "seal", "note")}
        self.way, self.facts = way, facts | shared


class ArrivalForm(LinesForm):
    """An exhibit arrived: what the receiver sees of it."""

    seal_seen = forms.CharField(**SEAL | {"label": "Seal you see", "help_text": "Change it when it is another"})
    condition_seen = forms.CharField(**CONDITION | {"label": "Condition you see"})
    place = forms.CharField(
        label="Put into place", max_length=80, required=False, help_text="Its code, when you put it away at once"
    )
    note = forms.CharField(label="Note", max_length=200, required=False)

    def __init__(self, *args, hand_over, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.hand_over, self.user = hand_over, user
        self.fields["seal_seen"].initial, self.fields["condition_seen"].initial = hand_over.seal, hand_over.condition
        codes = queries.place_codes(user, hand_over.to_agency)
        self.fields["place"].widget = Combo(attrs=self.fields["place"].widget.attrs, options=codes)
        self.fields["place"].initial = hand_over.to_place.code if hand_over.to_place else ""

    def clean_place(self):
        code = self.cleaned_data["place"]
        found = queries.place_of(self.user, code, self.hand_over.to_agency) if code else None
        if code and found is None:
            raise forms.ValidationError("No open place has this code. Look it up under Storage, or leave it empty.")
        return found

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            seen = {name: cleaned[name] for name in ("seal_seen", "note", "place")}
            if refused := policies.confirm_hand_over(self.user, self.hand_over, **seen):
                self.add_error("note" if cleaned["seal_seen"] != self.hand_over.seal else "place", refused)
        return cleaned


class RefusalForm(LinesForm):
    called = {"reason": "reason"}
    reason = forms.CharField(label="Why", max_length=200, help_text="Such as: seal broken, not announced, wrong item")


class WithdrawalForm(LinesForm):
    reason = forms.CharField(label="Why", max_length=200, required=False)
