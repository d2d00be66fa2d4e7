"""An inventory compares a place with what the portal says lies in it. It moves nothing by itself."""

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from agencies import access, audit
from evidence import policies, queries, scanning
from evidence.actions import custody
from evidence.actions._legs import locked_place
from evidence.models import Inventory, InventoryLine

EXPECTED = """
insert into evidence_inventoryline (inventory_id, exhibit_id, text, expected, belongs_to_id, outcome)
select %s, e.id, '', true, e.place_id, '' from evidence_exhibit e where e.place_id = any(%s)"""


@transaction.atomic
def start(*, place, by):
    """Begin to count a place: what is expected there is written down now."""
    place = locked_place(place)
    access.enforce(policies.count_place, by, place)
    try:
        with transaction.atomic():
            made = Inventory.objects.create(agency=place.agency, place=place, started_at=timezone.now(), started_by=by)
    except IntegrityError as error:
        raise access.Refused("This place is being counted already. Go on with that inventory.") from error
    with connection.cursor() as cursor:
        cursor.execute(EXPECTED, [made.pk, queries.below(place)])
        expected = cursor.rowcount
    audit.record("inventory.started", made, by=by, place=place.pk, expected=expected)
    return made


@transaction.atomic
def scan(*, inventory, text, by):
    """Say that something lies here; the line of it. Scanning it again changes nothing."""
    inventory = _locked(inventory)
    access.enforce(policies.go_on_counting, by, inventory)
    found = scanning.scanned(by, text, inventory.agency)
    if found.place:
        raise access.Refused("This is the label of a place. Scan what lies in it.")
    line = _line_of(inventory, found)
    if line.found_at is None:
        line.found_at, line.found_by = timezone.now(), by
        line.save(update_fields=["found_at", "found_by"])
        audit.record("inventory.found", inventory, by=by, exhibit=line.exhibit_id, expected=line.expected)
    return line


def _line_of(inventory, found):
    """The line of what was scanned; what came here by the portal's own word since the start is expected as well."""
    if found.exhibit is None:
        same = inventory.lines.filter(exhibit=None, text=found.text[:200]).first()
        return same or InventoryLine.objects.create(inventory=inventory, text=found.text[:200])
    line = inventory.lines.filter(exhibit=found.exhibit).first()
    if line:
        line.exhibit = found.exhibit
        return line
    place = found.exhibit.place
    here = place is not None and place.pk in queries.below(inventory.place)
    return InventoryLine.objects.create(inventory=inventory, exhibit=found.exhibit, expected=here, belongs_to=place)


@transaction.atomic
def settle(*, line, by, here):
    """Take what belongs elsewhere to its place, or keep it here: a row of its chain either way."""
    inventory = _locked(line.inventory)
    line = InventoryLine.objects.select_related("exhibit", "belongs_to").get(pk=line.pk, inventory=inventory)
    access.enforce(policies.settle_line, by, line, inventory, here)
    place = inventory.place if here else line.belongs_to
    note = f"Found in {inventory.place.code}"
    custody.store(exhibit=line.exhibit, place=place, by=by, at=timezone.now(), note=note)
    line.settled_at, line.settled_by = timezone.now(), by
    line.save(update_fields=["settled_at", "settled_by"])
    audit.record("inventory.settled", inventory, by=by, exhibit=line.exhibit_id, place=place.pk)
    return line


@transaction.atomic
def finish(*, inventory, by):
    """End a count: what became of each line stays as it is at this moment."""
    inventory = _locked(inventory)
    access.enforce(policies.go_on_counting, by, inventory)
    inventory.status, inventory.finished_at, inventory.finished_by = Inventory.Status.FINISHED, timezone.now(), by
    with connection.cursor() as cursor:
        cursor.execute(
            f"""update evidence_inventoryline l set outcome = o.outcome
                  from ({queries.OUTCOMES}) o where o.id = l.id""",  # noqa: S608
            {"inventory": inventory.pk, "below": queries.below(inventory.place)},
        )
    inventory.save(update_fields=["status", "finished_at", "finished_by"])
    audit.record("inventory.finished", inventory, by=by, **queries.inventory_counts(inventory))
    return inventory


def _locked(inventory):
    held = Inventory.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("agency", "place").get(pk=inventory.pk)
