from django import forms

from agencies.widgets import Combo, Stepper, Tiles
from evidence import policies
from evidence.forms.fields import LinesForm
from evidence.models import CasingSheet

Condition = CasingSheet.Condition
REASONS = (
    "Clearest breech face marks",
    "Clearest firing pin impression",
    "Best aperture shear",
    "Least damaged of the group",
    "Only one of the group",
)
MAKERS = ("WIN", "FC", "R-P", "BLAZER", "S&B", "PMC", "CBC", "SPEER", "HORNADY", "TulAmmo", "PPU", "FIOCCHI", "AGUILA")


class SheetForm(LinesForm):
    """What a group of casings is; the markers stand in rows of their own."""

    headstamp = forms.CharField(
        label="Headstamp", max_length=40, required=False, widget=Combo(options=MAKERS), help_text="As it is struck"
    )
    condition = forms.ChoiceField(
        label="Condition",
        choices=Condition.choices,
        initial=Condition.GOOD,
        widget=Tiles(icons=dict(zip(Condition.values, ("check", "dash", "warn", "late", "list"), strict=True))),
    )
    note = forms.CharField(label="Note", max_length=300, required=False)
    chosen = forms.CharField(label="Representative", max_length=2, required=False)
    reason = forms.CharField(
        label="Why this one", max_length=120, required=False, widget=Combo(options=REASONS),
        help_text="What makes it the best of the group",
    )  # fmt: skip
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, exhibit, data=None):
        sheet = getattr(exhibit, "casing_sheet", None)
        if sheet is None:
            return cls(data)
        facts = {name: getattr(sheet, name) for name in ("headstamp", "condition", "note")}
        chosen = next((mark for mark in sheet.marks.all() if mark.is_representative), None)
        facts |= {"chosen": str(chosen.position - 1) if chosen else "", "reason": chosen.reason if chosen else ""}
        return cls(data, initial=facts | {"seen": sheet.filled_at.isoformat()})

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("chosen") and not cleaned.get("reason"):
            self.add_error("reason", "Say why this casing goes into NIBIN.")
        return cleaned


class MarkForm(LinesForm):
    marker = forms.CharField(label="Marker", max_length=12, required=False)
    count = forms.IntegerField(label="Casings", min_value=1, max_value=999, initial=1, required=False, widget=Stepper)
    place = forms.CharField(label="Where it lay", max_length=120, required=False)
    headstamp = forms.CharField(label="Other headstamp", max_length=40, required=False, widget=Combo(options=MAKERS))

    def clean(self):
        cleaned = super().clean()
        if "count" not in self.errors:
            cleaned["count"] = cleaned.get("count") or 1
        if not cleaned.get("marker") and (cleaned.get("place") or cleaned.get("headstamp")):
            self.add_error("marker", "Give the marker, or empty the row.")
        return cleaned


class Marks(forms.BaseFormSet):
    """The markers of one group; a row without a marker is none."""

    def __init__(self, *args, exhibit, user, **kwargs):
        self.exhibit, self.user = exhibit, user
        super().__init__(*args, **kwargs)

    def marks(self, sheet):
        """The rows as `triage.fill` takes them, the representative flagged with its reason."""
        rows = [
            (form.cleaned_data, str(place) == sheet["chosen"])
            for place, form in enumerate(self.forms)
            if form.cleaned_data.get("marker")
        ]
        return [row | {"is_representative": best, "reason": sheet["reason"] if best else ""} for row, best in rows]

    def clean(self):
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("marker")]
        if len({row["marker"] for row in rows}) < len(rows):
            raise forms.ValidationError("Two rows have the same marker. Write its casings into one row.")
        counts = [{"count": row.get("count", 1)} for row in rows]
        if reason := policies.fill_sheet(self.user, self.exhibit, counts):
            raise forms.ValidationError(reason)


MarksFormSet = forms.formset_factory(MarkForm, formset=Marks, extra=0, max_num=60, absolute_max=60)


def marks_of(exhibit, user, data=None):
    """The rows of an exhibit's sheet, with some empty ones behind them."""
    sheet = getattr(exhibit, "casing_sheet", None)
    rows = [
        {"marker": mark.marker, "count": mark.count, "place": mark.place, "headstamp": mark.headstamp}
        for mark in (sheet.marks.all() if sheet else [])
    ]
    formset = MarksFormSet(data, prefix="mark", initial=rows, exhibit=exhibit, user=user)
    formset.extra = max(2, min(6, exhibit.count - len(rows)))
    return formset
