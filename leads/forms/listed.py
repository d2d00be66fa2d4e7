"""Raw input of the people list -> clean values."""

from django import forms

from agencies.fields import Line
from agencies.forms.sentences import Form
from agencies.models import Agency, Membership
from agencies.widgets import Day
from leads.models import Dissemination, ListedFact, ListedPerson

NAMELESS = "Kept in the log: name nobody."
FACTORS = [("", "None: sourced assertions say enough"), *ListedFact._meta.get_field("factor").choices]


def _text(label, most, rows=3, **kwargs):
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows, "maxlength": most}), **kwargs
    )


def _day(label, **kwargs):
    return forms.DateField(label=label, widget=Day(), **kwargs)


class ProposalForm(Form):
    """The grounds for putting somebody on the list, and one documented event where it is needed."""

    called = {"factor": "kind of event"}
    criminal_predicate = _text(
        "Criminal predicate", 1000, help_text="The crime of which the person is reasonably suspected, with its reports."
    )
    reasonable_suspicion_basis = _text(
        "Basis of reasonable suspicion", 1000, help_text="Facts, not what others call the person or a group."
    )
    submitter = forms.ModelChoiceField(label="Submitting agency", queryset=Agency.objects.none(), empty_label="Choose")
    source_reliability = forms.ChoiceField(
        label="Source reliability", choices=[("", "Choose"), *ListedPerson.Reliability.choices]
    )
    content_validity = forms.ChoiceField(
        label="Content validity", choices=[("", "Choose"), *ListedPerson.Validity.choices]
    )
    sensitivity = forms.ChoiceField(label="Sensitivity", choices=ListedPerson.Sensitivity)
    noncriminal = _text(
        "Non-criminal identifying information", 500, rows=2, required=False,
        help_text="People named here are suspected of nothing, and shown so.",
    )  # fmt: skip
    factor = forms.ChoiceField(label="Documented event", choices=FACTORS, required=False)
    on = _day("Its day", required=False)
    source = Line(label="Where it can be read", max_length=200, required=False, help_text="Report or docket number")

    def __init__(self, *args, submitters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["submitter"].queryset = submitters

    def clean(self):
        cleaned = super().clean()
        factor, on, source = (cleaned.pop(name, None) for name in ("factor", "on", "source"))
        if any((factor, on, source)) and not all((factor, on, source)):
            self.add_error("factor", "Give the event, its day and where it can be read, or none of them.")
        cleaned["fact"] = (factor, on, source) if factor else None
        return cleaned


class FactForm(Form):
    """One documented event that counts."""

    called = {"source": "number under which it can be read"}
    factor = forms.ChoiceField(label="Event", choices=[("", "Choose"), *FACTORS[1:]])
    on = _day("Day")
    source = Line(label="Where it can be read", max_length=200, help_text="Report, docket or trace number")


class ReviewForm(Form):
    """That the grounds stand, until when, and whether they were validated."""

    called = {"note": "reason for which the entry stands"}
    note = _text("What was read anew, and why the entry stands", 300)
    validated = forms.BooleanField(
        label="The grounds were validated against their sources: the five years begin again", required=False
    )
    review_due = _day("Next review", required=False, help_text="Empty: in 90 days. At most a year.")


class MoveForm(Form):
    """Another status of who is on the list."""

    status = forms.ChoiceField(label="Status")
    note = Line(label="Note", max_length=300, required=False)

    def __init__(self, *args, entry, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [
            (each.value, each.label) for each in ListedPerson.LISTED if entry.can_move_to(each)
        ]


class RemoveForm(Form):
    """Why somebody is taken off the list."""

    removal = forms.ChoiceField(label="Reason", choices=[("", "Choose"), *ListedPerson.Removal.choices])
    note = Line(label="Note", max_length=300, required=False)


class HoldForm(Form):
    order = Line(label="Order of the court", max_length=200, help_text="Court, number and day. Name nobody.")


class WhyForm(Form):
    """The right to know and the need to know."""

    right = forms.ChoiceField(label="Right to know", choices=[("", "Choose"), *Dissemination.Right.choices])
    reason = Line(label="Need to know", max_length=200, help_text=f"What it is needed for. {NAMELESS}")


class AskForm(WhyForm):
    """Whether somebody is on the list."""

    name = Line(label="Name", max_length=160, help_text="First and last name: only a whole name is found.")
    born_on = _day("Date of birth", required=False)
    field_order = ("name", "born_on", "right", "reason")


class Recipients(forms.ModelChoiceField):
    def label_from_instance(self, member):
        return f"{member.agency.code}: {member.user}"


class GiveForm(WhyForm):
    """To whom an entry is given, and why."""

    called = {"to": "person who gets it"}
    to = Recipients(label="To", queryset=Membership.objects.none(), empty_label="Choose")
    field_order = ("to", "right", "reason")

    def __init__(self, *args, recipients, **kwargs):
        super().__init__(*args, **kwargs)
        members = Membership.objects.filter(pk__in=[each.pk for each in recipients])
        self.fields["to"].queryset = members.select_related("user", "agency").order_by("agency__name", "user__name")

    def clean(self):
        cleaned = super().clean()
        if to := cleaned.pop("to", None):
            cleaned |= {"person": to.user, "agency": to.agency}
        return cleaned


class RuleForm(Form):
    juvenile_law = Line(
        label="Law that allows a juvenile on the list", max_length=200, required=False,
        help_text="The provision of the state's law. Empty: no juvenile is listed, and nothing from before 18 counts.",
    )  # fmt: skip


class Trained(forms.ModelChoiceField):
    def label_from_instance(self, member):
        return f"{member.agency.code}: {member.user}, {member.get_role_display().lower()}"


class CertificateForm(Form):
    """Who was trained, and when."""

    membership = Trained(label="Person", queryset=Membership.objects.none(), empty_label="Choose")
    completed_on = _day("Training completed on", help_text="28 CFR Part 23 training. It counts for two years.")

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = members
