"""The key under which an agency keeps a case number: whether hyphens count in it is a rule of the agency.

Once a file whose hyphens count was loaded for an agency, they count in every later file and in what is typed. The keys
that are here tell: one with a hyphen is only made under that rule.
"""

from django.db.models import Func, Q, Value
from django.db.models.lookups import Exact

from evidence.imports.casenumbers import case_key
from evidence.models import Incident
from evidence.models.incident import PLAIN_KEY

LONGEST = 40
NO_KEY = "A case number needs at least one letter or digit."
TOO_LONG = "This case number is longer than 40 letters and digits. Compare it with the report."


def hyphens_count(agency):
    """Whether '53-16' and '531-6' are two cases for an agency (a record or its id)."""
    return Incident.objects.filter(agency=agency, case_key__contains="-").exists()


def of(agency, number):
    """The key of a number as an agency writes it, "" when it holds no letter and no digit."""
    return case_key(number.strip(), hyphens_count=hyphens_count(agency))


def spellings(number):
    """The keys that a number may have at one agency or another, for looking it up; none when it has no key."""
    typed = number.strip()
    return sorted({case_key(typed), case_key(typed, hyphens_count=True)} - {""})


def under(key):
    """The condition for incidents under the key of a number as somebody wrote it who knows nothing of hyphens that
    count; `key` is an expression such as OuterRef.
    """
    bare = Func(key, Value("0"), function="ltrim")
    return Q(case_key=key) | Q(Q(case_key__contains="-"), Exact(PLAIN_KEY, bare))


def found(written, agencies):
    """[(key, incident)] of some agencies under any of these keys, with and without hyphens that count; `means` tells
    whether the number as it was written can be the incident.
    """
    bare = {key.lstrip("0"): key for key in written}
    here = Incident.objects.filter(agency__in=agencies).select_related("agency")
    hyphened = here.alias(bare=PLAIN_KEY).filter(case_key__contains="-", bare__in=bare).exclude(case_key__in=written)
    return [(each.case_key, each) for each in here.filter(case_key__in=written)] + [
        (bare[each.case_key.replace("-", "").lstrip("0")], each) for each in hyphened
    ]


def means(incident, written):
    """Whether a number as somebody wrote it can be this incident's: '531-6' is not '53-16', '5316' may be either."""
    exact = case_key(written, hyphens_count=True)
    return "-" not in incident.case_key or "-" not in exact or exact == incident.case_key


def why_not(key):
    """Why a number with this key cannot be kept, or None."""
    if not key:
        return NO_KEY
    return TOO_LONG if len(key) > LONGEST else None


def with_hyphens(agency):
    """[(id, key)] of an agency's earlier cases whose key is another when hyphens count; none when they do already."""
    if hyphens_count(agency):
        return []
    found = Incident.objects.filter(agency=agency, case_number__contains="-").values_list(
        "pk", "case_number", "case_key"
    )
    counted = ((pk, case_key(number, hyphens_count=True), key) for pk, number, key in found.iterator())
    return [(pk, key) for pk, key, before in counted if key != before]
