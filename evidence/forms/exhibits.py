from uuid import uuid4

from django import forms
from django.utils import timezone

from agencies.fields import PastMoment
from agencies.widgets import Combo, Day, Stepper, Tiles
from evidence import numbers, policies, queries
from evidence.forms.fields import KeptMoment, LinesForm
from evidence.forms.firearms import Markings
from evidence.guns import tables
from evidence.models import Exhibit, Firearm

Kind = Exhibit.Kind
OTHER = "other"
KIND_ICONS = {
    Kind.CASING_GROUP: "casing",
    Kind.FIREARM: "gun",
    Kind.PROJECTILE: "bullet",
    Kind.MAGAZINE: "evid",
    Kind.TEST_FIRE: "flask",
    Kind.OTHER: "list",
}
GUN = ("make", "model", "type_code", "serial", "is_obliterated", "is_privately_made", "has_conversion_device")
MORE_GUN = (
    "importer", "country", "conversion_kind", "restored_serial", "restored_by", "restored_on", "markings",
)  # fmt: skip


class BriefExhibitForm(LinesForm):
    """One item or one group of casings, with what is known at the scene."""

    called = {"kind": "kind of item", "count": "number of items"}
    number = forms.CharField(label="Exhibit number", max_length=30)
    kind = forms.ChoiceField(
        label="What it is",
        choices=[(kind, Kind(kind).label) for kind in KIND_ICONS],
        widget=Tiles(icons={kind.value: icon for kind, icon in KIND_ICONS.items()}),
        initial=Kind.CASING_GROUP,
    )
    caliber = forms.ChoiceField(
        label="Caliber",
        choices=[*((name, name) for name in tables.CALIBERS), (OTHER, "Other")],
        widget=Tiles(icons=dict.fromkeys(tables.CALIBERS, "casing") | {OTHER: "list", ".223 Rem": "bullet"}),
        required=False,
    )
    caliber_other = forms.CharField(
        label="Other caliber", max_length=40, required=False, widget=Combo(options=tables.MORE_CALIBERS)
    )
    count = forms.IntegerField(label="How many", min_value=1, max_value=999, initial=1, widget=Stepper)
    make = forms.CharField(label="Make", max_length=60, required=False, widget=Combo(options=tables.MAKES))
    model = forms.CharField(label="Model", max_length=60, required=False)
    type_code = forms.ChoiceField(label="Type", choices=[("", "Not known"), *tables.TYPES.items()], required=False)
    serial = forms.CharField(
        label="Serial number",
        max_length=40,
        required=False,
        help_text="As it reads on the frame or receiver; ? for a character that cannot be read, * for several",
    )
    is_obliterated = forms.BooleanField(label="Serial number obliterated", required=False)
    is_privately_made = forms.BooleanField(label="Privately made, no serial number", required=False)
    has_conversion_device = forms.BooleanField(label="Has a conversion device", required=False)
    description = forms.CharField(label="Description", max_length=300, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("caliber") == OTHER and not cleaned.get("caliber_other"):
            self.add_error("caliber_other", "Name the caliber, or take one of the tiles.")
        if cleaned.get("kind") == Kind.FIREARM and cleaned.get("is_obliterated") and cleaned.get("is_privately_made"):
            self.add_error(
                "is_privately_made", "A number that was never there cannot be obliterated: tick one of the two."
            )
        return cleaned

    def facts(self, collected_at=None):
        """The clean values as `exhibits.add` takes them, the description of a firearm apart."""
        facts = dict(self.cleaned_data)
        other = facts.pop("caliber_other")
        facts["caliber"] = other if facts["caliber"] == OTHER else facts["caliber"]
        firearm = {name: facts.pop(name) for name in (*GUN, *MORE_GUN) if name in facts}
        if facts["kind"] == Kind.FIREARM:
            facts["firearm"] = firearm | {"caliber": facts["caliber"]}
            facts["count"] = 1
        else:
            facts.pop("keep_words", None)
        facts["collected_at"] = facts.get("collected_at") or collected_at
        return facts


class ExhibitForm(BriefExhibitForm):
    """The same with everything a property room writes down."""

    called = BriefExhibitForm.called | {"collected_at": "time it was collected"}
    collected_at = PastMoment(label="Collected")
    collected_by = forms.CharField(
        label="Collected by", max_length=120, required=False, help_text="The officer who picked it up"
    )
    property_number = forms.CharField(label="Property number", max_length=40, required=False)
    storage = forms.CharField(label="Where it lies now", max_length=80, required=False)
    importer = forms.CharField(label="Importer", max_length=60, required=False)
    country = forms.CharField(label="Country", max_length=2, required=False, help_text="Two letters, when not U.S.")
    conversion_kind = forms.ChoiceField(
        label="Kind of device", choices=[("", "Not known"), *Firearm.Conversion.choices], required=False
    )
    restored_serial = forms.CharField(
        label="Restored number", max_length=40, required=False, help_text="When a laboratory made it readable"
    )
    restored_by = forms.CharField(label="Restored by", max_length=120, required=False)
    restored_on = forms.DateField(label="Restored on", required=False, widget=Day)
    markings = Markings(
        label="Markings", required=False, help_text="One on a line: where it stands, a colon, and what it says"
    )
    keep_words = forms.BooleanField(label="Keep make, model, caliber and number as I typed them", required=False)
    nibin_eligible = forms.BooleanField(label="For NIBIN", required=False, initial=True)
    not_eligible_reason = forms.CharField(label="Why not for NIBIN", max_length=120, required=False)

    def __init__(self, *args, incident, exhibit=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.incident, self.exhibit = incident, exhibit
        self.fields["collected_at"].zone = incident.agency.zone
        self.fields["collected_at"].initial = timezone.now

    def clean_number(self):
        number = self.cleaned_data["number"]
        if reason := numbers.why_not_exhibit(self.incident, number, self.exhibit):
            raise forms.ValidationError(reason)
        return number

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("nibin_eligible") and not cleaned.get("not_eligible_reason"):
            self.add_error("not_eligible_reason", "Say why this exhibit does not go into NIBIN.")
        described = {name: cleaned[name] for name in (*GUN, *MORE_GUN) if name in cleaned}
        if cleaned.get("kind") == Kind.FIREARM and (reason := policies.why_not_described(described)):
            self.add_error("restored_serial" if "estored" in reason else "conversion_kind", reason)
        return cleaned


class NewExhibitForm(ExhibitForm):
    # The form's own key: the same form sent twice, because the answer was lost, is one exhibit.
    once = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput(attrs={"data-keep": ""}))

    def clean(self):
        # "Save, next exhibit" pressed once too often would leave an exhibit that nobody has.
        if not set(self.changed_data) - {"once", "number", "collected_at"}:
            raise forms.ValidationError(
                "Nothing is said of this exhibit yet. Press its caliber, count it or describe it."
            )
        return super().clean()

    def sent_before(self, user):
        """The exhibit that this very form became when it was sent before, and its answer was lost; else None."""
        if not self.is_bound:
            return None
        self.full_clean()
        typed = self.data.get("number", "").strip()
        return queries.exhibit_sent_before(user, self.cleaned_data.get("once"), self.incident, typed)


class ExhibitCorrectionForm(ExhibitForm):
    """The exhibit as it stood when the form was opened; `seen` tells whether somebody else changed it since."""

    collected_at = KeptMoment(label="Collected")
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, exhibit, user):
        gun = getattr(exhibit, "firearm", None)
        described = {name: getattr(gun, name) for name in (*GUN, *MORE_GUN)} if gun else {}
        facts = {name: getattr(exhibit, name) for name in self.base_fields if hasattr(exhibit, name)}
        facts |= described | {"seen": exhibit.version, "caliber": (gun and gun.caliber) or exhibit.caliber}
        if facts["caliber"] and facts["caliber"] not in tables.CALIBERS:
            facts |= {"caliber": OTHER, "caliber_other": facts["caliber"]}
        super().__init__(data, incident=exhibit.incident, exhibit=exhibit, initial=facts)
        self.user = user
        self.fields["collected_at"].stored = exhibit.collected_at

    def clean(self):
        cleaned = super().clean()
        asked = {name: cleaned[name] for name in ("kind", "nibin_eligible", "collected_at", "count") if name in cleaned}
        if reason := policies.correct_exhibit(self.user, self.exhibit, **asked):
            raise forms.ValidationError(reason)
        return cleaned

    def facts(self, collected_at=None):
        facts = super().facts(collected_at)
        del facts["seen"]
        return facts


class FirstExhibits(forms.BaseFormSet):
    """The exhibits written down with their incident; those left as they were are no exhibits."""

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        return kwargs | {"initial": {"number": str((index or 0) + 1)}}

    def clean(self):
        numbers = [form.cleaned_data.get("number") for form in self.given]
        if len(set(numbers)) < len(numbers):
            raise forms.ValidationError("Two exhibits have the same number. Give each its own.")

    @property
    def given(self):
        return [form for form in self.forms if form.has_changed()]


FirstExhibitsFormSet = forms.formset_factory(
    BriefExhibitForm, formset=FirstExhibits, extra=4, max_num=20, absolute_max=20
)
