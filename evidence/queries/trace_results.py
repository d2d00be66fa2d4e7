"""Dealers and purchasers that results name again and again, and what a row of a file may be the result of."""

from django.db.models import Q

from agencies.roles import Permission
from evidence.guns.serials import misread_key, serial_key
from evidence.models import Firearm, Trace, TraceResult
from evidence.queries.reach import MOST, OVERSEEN, fetch, reached
from evidence.queries.traces import GUN, SEEN

RANKED = 50
# Among so many results, shared out among the agencies: a list that reads all there ever were grows with the years.
NEWEST, AT_LEAST = 20_000, 100
# So many keys are looked at: of each the rows that the person sees are counted again.
LOOKED_AT = 75
CANDIDATES = 5
NAMED_BY = GUN.replace("evidence_trace t", "evidence_trace t on t.id = r.trace_id")
NAMES = {
    "dealer": "dealer_name, dealer_license, dealer_city, dealer_state",
    "purchaser": "purchaser_name, purchaser_born_on, purchaser_id_kind",
}


def repeated(user, who):
    """The dealers or purchasers (`who`) that the newest results name most, two visible traces at least: name, count
    exact to a thousand, how many of a short time to crime, id of the newest result that names them.
    """
    key = f"{who}_key"
    return fetch(
        f"""
      with source as ({OVERSEEN}), often as (
        select r.key from source cross join lateral (
          select n.{key} as key from evidence_traceresult n where n.agency_id = source.id
           order by n.id desc
           limit (select greatest({AT_LEAST}, {NEWEST} / count(*)) from source)) r
         where r.key <> '' group by r.key having count(*) > 1 order by count(*) desc, r.key limit {LOOKED_AT})
      select n.*, {NAMES[who]} from (
        select often.key, c.count, c.short, c.multiple, c.newest from often cross join lateral (
          select count(*) as count, count(*) filter (where x.days < 1095) as short, max(x.id) as newest,
                 count(*) filter (where x.multiple) as multiple from (
            select y.* from source cross join lateral (
              select r.id, t.days_to_crime as days, r.is_multiple_sale as multiple
                from evidence_traceresult r join {NAMED_BY}
               where r.agency_id = source.id and r.{key} = often.key and r.{key} <> '' and {SEEN}
               limit {MOST + 1}) y limit {MOST + 1}) x) c
         where c.count > 1 order by c.count desc, often.key limit {RANKED}) n
      join evidence_traceresult r on r.id = n.newest order by n.count desc, n.key""",
        reached(user, Permission.TRACE_VIEW),
    )


def named_alike(user, result, who):
    """Visible traces whose result names the dealer or the purchaser of this one, the newest first, it included."""
    key = getattr(result, f"{who}_key")
    if not key:
        return Trace.objects.none()
    found = Trace.objects.visible_to(user).filter(**{f"result__{who}_key": key})
    return found.select_related("firearm__exhibit__incident", "agency", "result").order_by("-requested_at", "-pk")


def times_named(user, result):
    """{"dealer": n, "purchaser": n}: how many visible traces name the same, exact to a thousand."""
    return {who: len(named_alike(user, result, who)[: MOST + 1].values("pk")) for who in NAMES} if result else {}


def candidates(user, row):
    """What a row may be the result of, the best first: [(trace or None, firearm, why)], at most five, all of them seen
    by the person.
    """
    values, found = row.values, {}
    number, serial = values.get("trace_number", ""), values.get("serial", "")
    traces = Trace.objects.visible_to(user).select_related("firearm__exhibit__incident", "agency")
    near = traces.filter(Q(agency=row.agency_id) | Q(agency__parent=row.agency_id)).exclude(status__in=Trace.UNSENT)
    if number:
        for trace in near.filter(trace_number__iexact=number)[:CANDIDATES]:
            found[trace.firearm_id] = (trace, trace.firearm, "Same trace number")
    guns = _guns(user, row, serial)
    for gun, why in guns:
        sent = next(iter(near.filter(firearm=gun).order_by("-requested_at", "-pk")[:1]), None)
        found.setdefault(gun.pk, (sent, gun, why))
    return list(found.values())[:CANDIDATES]


def _guns(user, row, serial):
    """(firearm, why) of the guns with the serial number of a row, then of those whose number may be misread for it."""
    key = serial_key(serial)
    if not key:
        return
    mine = Q(exhibit__agency=row.agency_id) | Q(exhibit__agency__parent=row.agency_id)
    here = Firearm.objects.visible_to(user).filter(mine).select_related("exhibit__incident")
    for gun in here.filter(serial_key=key)[:CANDIDATES]:
        yield gun, "Same serial number"
    # Keys are indexed as they stand, so the ways to misread one sign are asked for, each by itself.
    for gun in here.filter(serial_key__in=misreadings(key)).exclude(serial_key=key)[:CANDIDATES]:
        if misread_key(gun.serial) == misread_key(serial):
            yield gun, "A serial number that may be misread for it"


def misreadings(key):
    """The keys that differ from one by a sign that looks alike."""
    alike = {"1": "IL", "I": "1L", "L": "1I", "8": "B", "B": "8", "5": "S", "S": "5"}
    return [key[:place] + other + key[place + 1 :] for place, sign in enumerate(key) for other in alike.get(sign, "")]


def results_seen(user):
    return TraceResult.objects.visible_to(user).select_related("trace")
