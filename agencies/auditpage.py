"""What the page of the audit log shows: who did what to which record, and as much of it as its reader may read.

Who keeps watch over the deeds has no right to the cases: of a record that the reader may not see the page says which
fields a deed was about, and the text in them stays with those who see the record.
"""

from collections import defaultdict

from django.apps import apps
from django.db.models import F, Q

from agencies.models import AuditEvent
from agencies.queries import Page, page_of, zone_of

EMPTY = (None, "", {}, [])
# The one key whose values are pairs of what was there and what is; two words of a list elsewhere are two words.
CHANGES = "changes"
OWN = "agencies."
# Numbers and words of a list, by which a deed is told from another; whatever else may be text of a case.
CODES = {"lead", "number", "case_number", "kind", "status", "outcome", "office", "to", "form", "sha256", "policy"}


def events(user, *, person="", verb="", kind="", number=None, after=None):
    """What was done, tried and looked at in the agencies whose log the user reads, newest first."""
    found = AuditEvent.objects.visible_to(user).select_related("by", "agency").annotate(seal=F("link__hash"))
    for word in person.split()[:5]:
        found = found.filter(Q(by__name__icontains=word) | Q(by__email__icontains=word))
    if verb:
        found = found.filter(verb__startswith=verb.strip().lower())
    if kind:
        found = found.filter(object_type__icontains=kind.strip())
    if number:
        found = found.filter(object_id=number)
    page, zone = page_of(found, str(after or ""), lambda row: row), zone_of(user)
    seen = _seen(page.rows, user)
    return Page([_event(row, zone, _is_open(row, seen)) for row in page.rows], page.older)


def _seen(rows, user):
    """(type, id) of the records named in these rows that the user sees: one query for each type."""
    named = defaultdict(set)
    for row in rows:
        if row.object_id and not row.object_type.startswith(OWN):
            named[row.object_type].add(row.object_id)
    return {(label, pk) for label, ids in named.items() for pk in _visible(label, ids, user)}


def _visible(label, ids, user):
    manager = apps.get_model(label).objects
    if not hasattr(manager, "visible_to"):
        return ()
    return manager.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)


def _is_open(row, seen):
    return not row.object_type or row.object_type.startswith(OWN) or (row.object_type, row.object_id) in seen


def _event(row, zone, is_open):
    data = {key: value for key, value in row.data.items() if value not in EMPTY}
    if row.verb != "refused" and not is_open:
        data = {key: _without_text(key, value) for key, value in data.items()}
    return {
        "pk": row.pk,
        "when": row.at.astimezone(zone).strftime("%a %-d %b %Y %H:%M:%S"),
        "iso": row.at.isoformat(),
        "verb": row.verb,
        "by": str(row.by),
        "agency": row.agency,
        "record": f"{row.object_type.rpartition('.')[2]} {row.object_id or ''}".strip(),
        "more": ", ".join(f"{key}: {_said(key, value)}" for key, value in data.items())[:300],
        "hash": (row.seal or "")[:12],
    }


def _without_text(key, value):
    """A value without what might be read in the case: numbers and codes stay, of fields their names."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" if isinstance(part, int) else name for name, part in value.items())
    if isinstance(value, list):
        return value if all(isinstance(each, int) for each in value) else f"{len(value)} in the record"
    return value if isinstance(value, int | float) or key in CODES else "in the record"


def _said(key, value):
    """A value of the log in words: of counts, what counts nothing is left out; of changes, nothing."""
    if not isinstance(value, dict):
        return value
    if key == CHANGES:
        return ", ".join(f"{name} {_change(part)}" for name, part in value.items())
    parts = [f"{name} {part}" for name, part in value.items() if part or part is False]
    return ", ".join(parts) or "none"


def _change(pair):
    return f"from {_side(pair[0])} to {_side(pair[1])}" if isinstance(pair, list) and len(pair) == 2 else pair


def _side(value):
    """What was there before, or is there now."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        value = " ".join(map(str, value))
    return "nothing" if value in EMPTY else value
