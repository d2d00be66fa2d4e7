from django import forms

from agencies.fields import PastMoment
from evidence import kinds
from evidence.forms.fields import LinesForm

MOST_AT_ONCE = 20
# Endings beside media types: phones that know HEIC only by its ending offer it then.
ACCEPT = ",".join(["image/*", *(ending for endings in kinds.ATTACHABLE.values() for ending in endings)])


class SeveralInput(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self):
        super().__init__(attrs={"multiple": True, "accept": ACCEPT})


class SeveralFiles(forms.FileField):
    """The files chosen in one field, as a list."""

    widget = SeveralInput

    def clean(self, data, initial=None):
        given = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if len(given) > MOST_AT_ONCE:
            raise forms.ValidationError(f"Send at most {MOST_AT_ONCE} files at once, then the next ones.")
        if not given:
            return [super().clean(None, initial)] if self.required else []
        return [super(SeveralFiles, self).clean(each, initial) for each in given]


class AttachmentForm(LinesForm):
    """Photos and papers to hang on a record."""

    called = {"uploads": "file"}
    uploads = SeveralFiles(label="Photos and files", help_text=f"{kinds.SAYS}; up to 50 MB each")
    caption = forms.CharField(label="What it shows", max_length=200, required=False)
    taken_at = PastMoment(label="Taken", required=False, help_text="Leave it empty when the camera's clock is right")
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["taken_at"].zone = zone

    def each(self):
        """The facts of each file as `attachments.add` takes them; a key is that of one file alone."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "uploads"}
        uploads = self.cleaned_data["uploads"]
        return [facts | {"upload": each, "key": facts["key"] if len(uploads) == 1 else None} for each in uploads]


class IntakePhotoForm(LinesForm):
    """A photo of a form that was sent before it: of which form, and of which exhibit written in it."""

    uploads = SeveralFiles()
    form = forms.UUIDField()
    key = forms.UUIDField()
    exhibit = forms.CharField(max_length=30, required=False)


class WithdrawForm(LinesForm):
    called = {"because": "reason"}
    because = forms.CharField(label="Why it does not belong here", max_length=200)
