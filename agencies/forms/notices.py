"""Raw input of what is mailed -> clean values."""

from django import forms

from agencies.forms.sentences import Form
from agencies.kinds_of_notice import KINDS, choices_of
from agencies.models import NoticeChoice


class NoticesForm(Form):
    """How each kind of notice is mailed; `chosen` is {kind: how} as it stands."""

    def __init__(self, *args, chosen, **kwargs):
        super().__init__(*args, **kwargs)
        for name, kind in KINDS.items():
            self.fields[name] = forms.ChoiceField(
                label=kind.label,
                choices=[(how, NoticeChoice.How(how).label) for how in choices_of(name)],
                initial=chosen.get(name, kind.default),
                help_text=f"{kind.what}.{' A duty: always mailed.' if kind.is_duty else ''}",
            )
