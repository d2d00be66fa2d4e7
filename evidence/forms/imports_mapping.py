"""A mapping that a person brings as a file."""

from django import forms

from agencies import widgets
from agencies.forms.sentences import Form
from evidence.imports.findings import ImportProblem
from evidence.imports.mapping import MAX_BYTES, from_bytes

MAPPING_SAYS = "JSON, as it is downloaded here. It takes the place of what is chosen on this page."


class MappingForm(Form):
    """A file that says what the columns mean; `mapping` in the cleaned data is the Mapping in it."""

    # The page that shows it does well without; who wants it taken is asked for it.
    mapping = forms.FileField(
        label="Take a mapping from a file",
        widget=widgets.Drop(says=MAPPING_SAYS),
        max_length=255,
        allow_empty_file=True,
        required=False,
    )

    def clean_mapping(self):
        if self.cleaned_data["mapping"] is None:
            raise forms.ValidationError("Choose the file with the mapping.")
        try:
            return from_bytes(self.cleaned_data["mapping"].read(MAX_BYTES + 1))
        except ImportProblem as problem:
            raise forms.ValidationError(str(problem)) from problem
