"""Raw input of persons and things, of what is said of them, and of checklists -> clean values."""

from django import forms
from django.utils import timezone

from agencies.forms.sentences import Form
from agencies.widgets import Day
from leads import enriching, entitykeys
from leads.forms.confirmation import event_words
from leads.models import Assertion, EnrichmentItem, Entity, Particular, Sameness
from leads.queries import entities as found

Kind, Role, State = Entity.Kind, Assertion.Role, EnrichmentItem.State
NEW, CHOOSE = "new", ("", "Choose one")
KNOWN = "This may be known already. Say whether it is one of these, or another."


class SaidForm(Form):
    """Who says so, and how far that is to be believed. A kind of entity puts its own fields before these."""

    called = {"source_kind": "kind of source", "reliability": "reliability", "validity": "validity"}
    more = ()
    source_kind = forms.ChoiceField(label="Kind of source", choices=[CHOOSE, *Assertion.Source.choices])
    source = forms.CharField(
        label="Source",
        max_length=200,
        help_text="Report number, or system and day. Of a confidential source its number, never its name",
        error_messages={"required": "Say where this can be read again."},
    )
    reliability = forms.ChoiceField(label="How reliable the source is", choices=Assertion.Reliability, initial="F")
    validity = forms.TypedChoiceField(
        label="How sure what it says is", choices=Assertion.Validity, coerce=int, initial=Assertion.Validity.UNKNOWN
    )
    known = forms.ChoiceField(label="Known already", required=False, widget=forms.RadioSelect)

    def __init__(self, *args, user, lead, events, entity=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.lead, self.entity = user, lead, entity
        self.events = {str(each.pk): each for each in events}
        self.fields["event"].choices = [
            CHOOSE if self.fields["event"].required else ("", "The lead as a whole"),
            *((pk, event_words(each)) for pk, each in self.events.items()),
        ]
        self.suggested = []
        for name in ("kind", "name", "region", "born_on") if entity else ():
            self.fields.pop(name, None)
        self._offer()

    def _offer(self):
        """What is known is offered once it was typed who or what is meant."""
        if self.is_bound and not self.entity:
            self.suggested = found.known(self.user, self.keys())
        if self.suggested:
            choices = [(str(each.pk), self.words(each)) for each in self.suggested]
            self.fields["known"].choices = [*choices, (NEW, "None of these: a new record")]
            self.order_fields(["known"])
        else:
            del self.fields["known"]

    def words(self, entity):
        hidden = found.masked(entity, entity.agency)
        name = f"name masked ({hidden})" if hidden else entity.name
        return f"{entity.number}, {name}, on {', '.join(entity.leads)}"

    def typed(self, name):
        return self.data.get(self.add_prefix(name), "").strip()

    def clean_event(self):
        return self.events.get(self.cleaned_data["event"])

    def clean(self):
        cleaned = super().clean()
        if self.suggested and not cleaned.get("known") and "known" not in self.errors:
            self.add_error("known", KNOWN)
        return cleaned

    @property
    def meant(self):
        """The known entity that is meant, or None for a new one."""
        chosen = self.cleaned_data.get("known")
        return self.entity or next((each for each in self.suggested if str(each.pk) == chosen), None)

    @property
    def said(self):
        """What the actions `say` and `name` take, but for whom it is said of."""
        names = ("event", "source_kind", "source", "reliability", "validity")
        more = {kind: value for kind in self.more if (value := self.cleaned_data.get(kind))}
        role = self.cleaned_data.get("role", Role.NAMED)
        return {name: self.cleaned_data[name] for name in names} | {"role": role, "more": more}


class PersonForm(SaidForm):
    more = ("other_name", *(kind for kind in Particular.Kind.values if kind.endswith("_number")))
    name = forms.CharField(label="Name", max_length=160, help_text="Last, first, as the source has it")
    born_on = forms.DateField(label="Date of birth", widget=Day, required=False, help_text="If it is known")
    role = forms.ChoiceField(
        label="Part in the event", choices=[CHOOSE, *(each for each in Role.choices if each[0] != Role.NAMED)]
    )
    event = forms.ChoiceField(
        label="Event", error_messages={"required": "Choose the event: the gun alone says nothing."}
    )
    other_name = forms.CharField(label="Other name", max_length=120, required=False)
    state_number = forms.CharField(label="State number (SID)", max_length=40, required=False)
    fbi_number = forms.CharField(label="FBI number (UCN)", max_length=40, required=False)
    local_number = forms.CharField(label="Local number", max_length=40, required=False)
    called = SaidForm.called | {"born_on": "day", "role": "part in the event", "event": "event"}
    field_order = ("known", "name", "born_on", "role", "event", "source_kind", "source", "reliability", "validity")

    def keys(self):
        born = self.fields["born_on"].widget.value_from_datadict(self.data, self.files, self.add_prefix("born_on"))
        try:
            born = self.fields["born_on"].clean(born)
        except forms.ValidationError:
            born = None
        keys = entitykeys.person_keys(self.typed("name"), born) | entitykeys.person_keys(self.typed("other_name"), born)
        for kind in self.more[1:]:
            keys |= entitykeys.number_keys(kind, self.typed(kind))
        return keys

    def clean_born_on(self):
        born = self.cleaned_data["born_on"]
        if born and born > timezone.localdate():
            raise forms.ValidationError("Nobody was born on a day to come. Check the date.")
        return born

    @property
    def entity_values(self):
        return {"kind": Kind.PERSON, "name": self.cleaned_data["name"], "born_on": self.cleaned_data["born_on"]}


class ThingForm(SaidForm):
    more = (Particular.Kind.MAKE.value, Particular.Kind.COLOR.value)
    kind = forms.ChoiceField(
        label="What it is", choices=[CHOOSE, *(each for each in Kind.choices if each[0] != Kind.PERSON)]
    )
    name = forms.CharField(label="Plate, number or address", max_length=160)
    region = forms.RegexField(
        "^[A-Za-z]{2}$",
        label="State of the plate",
        required=False,
        help_text="Two letters",
        error_messages={"invalid": "Give the state by its two letters, such as IL."},
    )
    make = forms.CharField(label="Make and model", max_length=120, required=False, help_text="Of a vehicle")
    color = forms.CharField(label="Color", max_length=40, required=False, help_text="Of a vehicle")
    event = forms.ChoiceField(label="Event", required=False)
    called = SaidForm.called | {"kind": "kind", "region": "state"}
    field_order = ("known", "kind", "name", "region", "make", "color", "event", "source_kind", "source")

    def keys(self):
        kind = self.typed("kind")
        if kind not in (Kind.VEHICLE, Kind.PHONE, Kind.ADDRESS):
            return set()
        return entitykeys.keys(kind, self.typed("name"), region=self.typed("region"))

    def clean(self):
        cleaned = super().clean()
        kind = self.entity.kind if self.entity else cleaned.get("kind")
        if kind != Kind.VEHICLE:
            for name in ("region", "make", "color"):
                if cleaned.get(name):
                    self.add_error(name, "Only a vehicle has this. Leave it empty.")
        return cleaned

    @property
    def entity_values(self):
        return {name: self.cleaned_data[name] for name in ("kind", "name", "region")}


class WhyForm(Form):
    """A reason that stays on record."""

    reason = forms.CharField(
        label="Why",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept on record",
        error_messages={"required": "Say why: it stays on record."},
    )


class SameForm(WhyForm):
    """Another record, by its number, and whether it is the same."""

    called = {"other": "number of the other record", "verdict": "what is known"}
    other = forms.CharField(label="The other record", max_length=24, help_text="Its number, such as P-12")
    verdict = forms.ChoiceField(
        label="What is known",
        choices=Sameness.Verdict,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are the same."},
    )
    field_order = ("other", "verdict", "reason")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_other(self):
        pk = found.numbered(self.cleaned_data["other"])
        other = Entity.objects.visible_to(self.user).select_related("agency").filter(pk=pk).first() if pk else None
        if other is None:
            raise forms.ValidationError("You see no record with this number. Write it as it stands on its page.")
        return other


class AnswerForm(Form):
    """What became of an item of a lead's checklist."""

    called = {"kind": "item", "state": "state"}
    kind = forms.ChoiceField(label="What was looked for", choices=list(enriching.ITEMS.items()))
    state = forms.ChoiceField(label="State", choices=State)
    result = forms.CharField(
        label="Result",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="All who see the lead read this. Of a trace say that it is done: what it says stays on its own page",
    )
    link = forms.URLField(
        label="Link",
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="Where it is kept, if anywhere",
        error_messages={"invalid": '"Link" takes a whole address, such as https://records.example.gov/7.'},
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("state") in EnrichmentItem.ANSWERED and not cleaned.get("result"):
            self.add_error("result", "Say what it gave, or why there is nothing.")
        return cleaned


class ChecklistsForm(Form):
    """What is looked for on leads of each type."""

    def __init__(self, *args, chosen, **kwargs):
        super().__init__(*args, **kwargs)
        for of, label in enriching.TYPES.items():
            self.fields[of] = forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=list(enriching.ITEMS.items()),
                widget=forms.CheckboxSelectMultiple,
                initial=enriching.wanted(chosen, of),
            )

    @property
    def chosen(self):
        return {of: self.cleaned_data[of] for of in enriching.TYPES}
