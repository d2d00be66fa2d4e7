from django import forms

from agencies.widgets import Combo, Tiles
from evidence import policies, queries, scanning, scans
from evidence.forms.custody import NOT_CHOSEN, Purpose
from evidence.forms.fields import LinesForm

IN, OUT = "check_in", "check_out"


class BenchForm(LinesForm):
    """What was scanned, and where it goes. When it is clean, `exhibits` and `left_out` say what the scans mean."""

    called = {"way": "way it goes", "scanned": "exhibits", "purpose": "purpose"}
    way = forms.ChoiceField(
        label="What do you do?", choices=[(IN, "Check in"), (OUT, "Check out")], initial=IN,
        widget=Tiles(icons={IN: "evid", OUT: "out"}),
    )  # fmt: skip
    place = forms.CharField(label="Place", max_length=80, required=False, help_text="Scan its label or type its code")
    agency = forms.ModelChoiceField(label="To agency", queryset=None, required=False, empty_label="Choose")
    person = forms.ModelChoiceField(label="Person", queryset=None, required=False, empty_label="Nobody in particular")
    purpose = forms.ChoiceField(
        label="What for", required=False,
        choices=[("", "Choose"), *(each for each in Purpose.choices if each[0] not in NOT_CHOSEN)],
    )  # fmt: skip
    scanned = forms.CharField(
        label="Exhibits", widget=forms.Textarea(attrs={"rows": 6, "data-scanned": ""}), max_length=60_000,
        help_text="One in each line: scan labels, or type case and exhibit number, such as 26-024310/3",
    )  # fmt: skip
    note = forms.CharField(label="Note", max_length=200, required=False)

    def __init__(self, *args, user, bench, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.bench = user, bench
        self.exhibits, self.left_out = [], []
        agencies = queries.neighbors(bench)
        self.fields["agency"].queryset, self.fields["agency"].initial = agencies, bench.pk
        self.fields["person"].queryset = queries.people_for(agencies).exclude(pk=user.pk)
        codes = queries.place_codes(user, bench)
        self.fields["place"].widget = Combo(attrs=self.fields["place"].widget.attrs, options=codes)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("way") == IN:
            self._check_place(cleaned)
        elif cleaned.get("way") == OUT:
            for name in ("agency", "purpose"):
                if not cleaned.get(name):
                    self.add_error(name, self.fields[name].error_messages["required"])
        if not self.errors:
            self._read(cleaned["scanned"])
        return cleaned

    def _check_place(self, cleaned):
        found = scanning.scanned(self.user, cleaned.get("place") or "-", self.bench).place
        if found is None:
            self.add_error("place", "No open place has this code. Scan a place first, or look it up under Storage.")
        elif refused := policies.keep_places(self.user, found.agency):
            self.add_error("place", refused)
        cleaned["place"] = found

    def _read(self, text):
        for line in scans.lines(text):
            found = scanning.scanned(self.user, line, self.bench)
            if found.exhibit and found.exhibit not in self.exhibits:
                self.exhibits.append(found.exhibit)
            elif not found.exhibit:
                self.left_out.append((line, found.why or "This is the label of a place."))
        if not self.exhibits:
            self.add_error("scanned", self.left_out[0][1] if self.left_out else "Scan an exhibit.")
