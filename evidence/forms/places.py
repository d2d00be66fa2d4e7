from django import forms

from agencies import access
from agencies.widgets import Combo
from evidence import policies, queries
from evidence.forms.fields import LinesForm
from evidence.models import Place


class PlaceForm(LinesForm):
    """A place of an agency's storage: a new one, or one that is renamed or moved."""

    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose"), *Place.Kind.choices])
    code = forms.RegexField(
        label="Code", regex=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=20, help_text="What its label says: PR2-S04",
        error_messages={"invalid": '"Code" takes letters, digits, dots, hyphens and underscores.'},
    )  # fmt: skip
    label = forms.CharField(label="Name", max_length=60, required=False, help_text="Such as: Long guns, top shelf")
    parent = forms.CharField(
        label="Lies inside", max_length=80, required=False, help_text="The code of a place, or empty for the top"
    )

    def __init__(self, *args, agency, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.agency, self.user = agency, user
        options = queries.place_codes(user, agency)
        self.fields["parent"].widget = Combo(attrs=self.fields["parent"].widget.attrs, options=options)

    def clean_parent(self):
        code = self.cleaned_data["parent"]
        found = queries.place_of(self.user, code, self.agency) if code else None
        if code and found is None:
            raise forms.ValidationError("No open place has this code. Leave it empty for a place at the top.")
        if refused := policies.lie_inside(self.user, self.agency, found):
            raise forms.ValidationError(refused)
        return found

    def done(self, action, **target):
        """What the action made of the clean values; None when the database refused it, said beside its field."""
        try:
            return action(**target, by=self.user, **self.cleaned_data)
        except access.Refused as refused:
            self.add_error("code" if "code" in refused.reason else "parent", refused.reason)
            return None
