"""Fields that know what the framework does not: a date and time on the wall clock of an agency."""

import re
from datetime import UTC
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from agencies.moments import why_not_past
from agencies.widgets import Moment


class Line(forms.CharField):
    """Text of one line: blanks of any kind are one blank, and there is nothing that breaks a line or cannot be seen.

    A name stands in subjects of mail, in logs and beside other names, where a line break begins something else.
    """

    def to_python(self, value):
        text = re.sub(r"[^\S\x1c-\x1f\n\r\v\f\x85\u2028\u2029]+", " ", super().to_python(value))
        if not text.isprintable():
            raise ValidationError("Write this on one line, without line breaks or signs that cannot be seen.")
        return text


class LocalMoment(forms.DateTimeField):
    """A date and time typed on the clock of `zone` (set by the form), aware when clean.

    An hour that the clock repeats in autumn is its first one; an hour it leaves out in spring is refused.
    """

    widget = Moment
    zone = "UTC"

    def to_python(self, value):
        # Django reads a naive time in the current zone, which is always UTC here: nothing activates another.
        read = super().to_python(value)
        if read is None or read.utcoffset() or (isinstance(value, str) and value.strip().endswith("Z")):
            return read
        local = read.replace(tzinfo=ZoneInfo(self.zone))
        if local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
            raise ValidationError("This hour does not exist: the clocks went forward that night. Give another time.")
        return local

    def prepare_value(self, value):
        if hasattr(value, "tzinfo") and timezone.is_aware(value):
            return value.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return value


class PastMoment(LocalMoment):
    """A moment that has been: what is recorded happened before it is recorded."""

    def clean(self, value):
        value = super().clean(value)
        if value and (wrong := why_not_past(value, timezone.now())):
            raise ValidationError(wrong)
        return value
