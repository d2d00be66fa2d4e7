"""What the statuses that files have mean, where our own table does not know it."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Agency
from leads import statuswords
from leads.models import OfficeMeaning, StatusSpelling
from leads.policies import court as policies


@transaction.atomic
def say(*, spelling, meaning, by, now=None):
    """Say what a spelling means: of every docket that stands at it, and of those that files bring later."""
    found = StatusSpelling.objects.select_for_update(of=["self"], no_key=True).select_related("center")
    spelling = found.get(pk=spelling.pk)
    access.enforce(policies.say_meaning, by, spelling)
    before, spelling.meaning = spelling.meaning, meaning
    spelling.said_at, spelling.said_by = now or timezone.now(), by
    spelling.save(update_fields=["meaning", "said_at", "said_by"])
    said = {"raw": spelling.raw, "meaning": meaning, "before": before}
    audit.record("status_spelling.said", spelling, by=by, agency=spelling.center, **said)
    return spelling


@transaction.atomic
def say_for_office(*, office, spelling, meaning, by, now=None):
    """Say what a spelling means to one office, before what the center's table says; "" goes by the center's again."""
    access.enforce(policies.say_for_office, by, office)
    spelling = StatusSpelling.objects.select_for_update(of=["self"], no_key=True).get(pk=spelling.pk)
    if spelling.center_id != office.parent_id:
        raise Refused("Choose a status of the files of your center.", "spellings.office", office)
    found = OfficeMeaning.objects.filter(office=office, spelling=spelling).first()
    before = found.meaning if found else ""
    if meaning == before:
        return found
    values = {"meaning": meaning, "said_at": now or timezone.now(), "said_by": by}
    made, _new = OfficeMeaning.objects.update_or_create(office=office, spelling=spelling, defaults=values)
    said = {"raw": spelling.raw, "meaning": meaning, "before": before}
    audit.record("office_meaning.said", made, by=by, agency=office, **said)
    return made


@transaction.atomic
def add(*, office, raw, meaning, by, now=None):
    """Put a spelling into the table of an office, whether a file has had it or none has yet."""
    access.enforce(policies.say_for_office, by, office)
    key = statuswords.key(raw)
    if not key:
        raise Refused("A status has letters or digits.", "spellings.add", office)
    # Of all offices of the center one at a time: two may add the same spelling.
    Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=office.parent_id)
    known = {"raw": raw.strip(), "meaning": statuswords.meaning(raw), "seen_at": now or timezone.now()}
    spelling, _new = StatusSpelling.objects.get_or_create(center_id=office.parent_id, key=key, defaults=known)
    return say_for_office(office=office, spelling=spelling, meaning=meaning, by=by, now=now)
