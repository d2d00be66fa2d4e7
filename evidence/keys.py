"""The key under which an agency keeps a case number: whether hyphens count in it is a rule of the agency.

Once a file whose hyphens count was loaded for an agency, they count in every later file and in what is typed. How much
of a number is its key is a matter of each file: what is typed is always whole.
"""

import re

from django.db import connection
from django.db.models import Func, Q, Value
from django.db.models.lookups import Exact

from evidence.imports.casenumbers import MADE, case_key
from evidence.models import FormerNumber, HyphenRule, Incident
from evidence.models.incident import PLAIN_KEY

LOCK = 724004
LONGEST = 40
# Numbers that only the place of the hyphen may tell apart: two runs of digits.
PAIR = re.compile(r"\d+-\d+")
NO_KEY = "A case number needs at least one letter or digit."
TOO_LONG = "This case number is longer than 40 letters and digits. Compare it with the report."


def rule(agency):
    """The rule that hyphens count for an agency (a record or its id), or None."""
    return HyphenRule.objects.filter(agency=agency).first()


def hyphens_count(agency):
    """Whether '53-16' and '531-6' are two cases for an agency (a record or its id)."""
    return HyphenRule.objects.filter(agency=agency).exists()


def hold(agency_id, *, alone=False):
    """Keep an agency's rule as it is until the end of the transaction: taken before a key is stored, and before an
    incident is locked. alone: by who sets the rule, so that nobody stores a key meanwhile.
    """
    shared = "" if alone else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"select pg_advisory_xact_lock{shared}(%s, %s)", [LOCK, agency_id])


def of(agency, number):
    """The key of a number as an agency writes it, "" when it holds no letter and no digit."""
    return as_in_file(number, hyphens_count(agency))


def as_in_file(number, hyphens, keep_last=0):
    """The key of a number as a file gives it whose hyphens count, or not, and which keeps so much of it."""
    number = number.strip()
    if MADE.fullmatch(number):
        return case_key(number)
    return case_key(number, keep_last, hyphens)


def named(number):
    """The condition for the incidents that a number can mean, at one agency or another, as somebody typed it: '53-160'
    is not '531-60', '53160' may be either.
    """
    plain, exact = case_key(number.strip()), case_key(number.strip(), hyphens_count=True)
    if not plain:
        return Q(pk__in=[])
    return Q(case_key__in={plain, exact}) if "-" in exact else under(Value(plain))


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


def counted(number, key, keep_last):
    """The key of a case once hyphens count, read as the one it has: as the file that brought it cuts numbers, or whole;
    else the one it has.
    """
    cuts = (cut for cut in (keep_last or 0, 0) if as_in_file(number, False, cut) == key)
    cut = next(cuts, None)
    return key if cut is None else as_in_file(number, True, cut)


def with_hyphens(agency):
    """[(id, key)] of an agency's cases whose key is another under the rule, in the order in which they came."""
    # Every separator becomes a hyphen; a number without any has the same key under either rule.
    found = Incident.objects.filter(agency=agency, case_number__regex="[^A-Za-z0-9]").order_by("pk")
    numbers = found.values_list("pk", "case_number", "case_key", "batch__mapping__key_keep_last").iterator()
    now = ((pk, counted(number, key, cut), key) for pk, number, key, cut in numbers)
    return [(pk, key) for pk, key, before in now if key != before]


def apart(written, keep_last):
    """(row, number, the other number) of the first two that only the place of the hyphen tells apart, or None.

    written: (row or None for a case that is here, number, key without hyphens, how much its file kept) by key, those
    of the file first.
    """
    first = {}
    for row, number, key, cut in written:
        exact = as_in_file(number, True, keep_last) if row else counted(number, key, cut)
        if not PAIR.fullmatch(exact):
            continue
        of_file, before, was = first.setdefault(key, (row, number, exact))
        if of_file and was.lstrip("0") != exact.lstrip("0"):
            return (row, number, before) if row else (of_file, before, number)
    return None


def former(agency, how):
    """[(id, key)] of the numbers that an agency's cases had before a person set them right, as a file with the mapping
    `how` gives their keys.
    """
    found = FormerNumber.objects.filter(incident__agency=agency).values_list("pk", "case_number")
    return [(pk, as_in_file(number, how.hyphens_count, how.key_keep_last)) for pk, number in found]
