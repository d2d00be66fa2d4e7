"""Raw input of packets -> clean values."""

from django import forms

from evidence.forms.fields import LinesForm, OfOneAgency
from leads.packets.sections import SECTIONS

NAMES = "It stands on every page and in lists. Names of victims, witnesses and juveniles are taken out of it."


class NewVersionForm(LinesForm):
    """What a packet says beside the record, and of which sections it is made."""

    called = {"title": "title", "sections": "sections"}
    title = forms.CharField(label="Title", max_length=120, help_text=NAMES)
    summary = forms.CharField(
        label="Your own words", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="They stand under Summary, if that is chosen. Whoever gets the packet reads them. Names that are "
        "withheld are taken out, surnames and nicknames too, also where a word only looks like one: read the pages.",
    )  # fmt: skip
    sections = forms.MultipleChoiceField(
        label="Sections", choices=list(SECTIONS.items()), widget=forms.CheckboxSelectMultiple,
        help_text="The stamp is on every page. What was eliminated, inconclusive or taken back stays among the links. "
        "Leave traces out of what goes to anybody else than law enforcement and prosecutors.",
    )  # fmt: skip


class PacketForm(OfOneAgency, NewVersionForm):
    """A new packet."""

    called = NewVersionForm.called | {"agency": "agency that makes it", "bates_prefix": "beginning of the page numbers"}
    agency = forms.ModelChoiceField(None, label="In the name of", empty_label=None)
    bates_prefix = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9-]*$", label="Page numbers begin with", max_length=16, required=False,
        help_text="Letters, digits and hyphens. A number runs after it on every page; the lead's number if left empty "
        "or if it holds a name that is withheld.",
        error_messages={"invalid": "Use letters, digits and hyphens, such as PAPD-26-0412."},
    )  # fmt: skip
    field_order = ("agency", "title", "sections", "summary", "bates_prefix")
