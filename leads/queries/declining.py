"""The reasons for which an office declines: the usual ones that it did not retire, then its own."""

from typing import NamedTuple

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission
from leads.models import DeclinationReason, Referral

# Whatever an office retires, this one stays: a case can always be declined.
ALWAYS = Referral.DeclineReason.OTHER.value
MOST = 100


class Reason(NamedTuple):
    """One reason of an office. is_own: whether the office added it; row: what the office said of it, or None."""

    code: str
    label: str
    is_own: bool
    row: DeclinationReason | None

    @property
    def is_used(self):
        return self.row is None or self.row.retired_at is None


def table(office):
    """Every reason of an office, retired ones too, the usual ones first and "other" last."""
    rows = {each.code: each for each in DeclinationReason.objects.filter(office=office).select_related("retired_by")}
    usual = Referral.usual_reasons(office.kind)
    found = [Reason(code, label, False, rows.pop(code, None)) for code, label in usual if code != ALWAYS]
    found += [Reason(code, row.label, True, row) for code, row in rows.items() if code != ALWAYS]
    return [*found, Reason(ALWAYS, dict(usual)[ALWAYS], False, None)]


def reasons_of(office):
    """[(code, label)] of what an office declines for now."""
    return [(each.code, each.label) for each in table(office) if each.is_used]


def offices(user):
    """The offices whose reasons a person reads, by name."""
    mine = access.agencies_with(user, Permission.REFERRAL_DECIDE)
    return Agency.objects.filter(pk__in=mine, kind__in=Agency.PROSECUTORS).order_by("name")
