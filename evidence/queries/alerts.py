"""Shots that alerts tell of, by what became of them; the newest first."""

from datetime import timedelta

from agencies import walk
from agencies.models import Agency
from agencies.roles import Permission
from evidence.alerts import MATCH_METERS, MATCH_WITHIN, Point, distance
from evidence.models import Detection, GunshotAlert, Incident
from evidence.queries.reach import GRANTED, MOST, OVERSEEN, PAGE, beginning, counted, fetch, page_of, reached

BARE = "bare"
STATES = {
    Detection.State.OPEN.value: "d.state = 'open'",
    BARE: "d.state = 'matched' and not d.has_evidence",
    Detection.State.MATCHED.value: "d.state = 'matched'",
    Detection.State.DISMISSED.value: "d.state = 'dismissed'",
}
DEGREE = 111_195.0
NEAREST = 8


def detections(user, *, state, agency=None, since=None, cursor=None, limit=PAGE):
    """Shots of one of STATES, of the agencies of the user and those of their center."""
    begin = walk.place(cursor)
    where = ["d.agency_id = source.id", STATES[state]]
    where += ["d.at >= %(since)s"] if since else []
    walks = [f"from evidence_detection d where {' and '.join(where)}"]
    source = f"select * from ({OVERSEEN}) s where %(agency)s::bigint is null or s.id = %(agency)s"
    return fetch(
        f"""
      with {page_of(user, walks, "d.at", newest=True, begin=begin, source=source)}
      select d.id, d.at, d.time_known, d.address, d.lat, d.lng, d.rounds, d.alerts_count, d.state, d.how, d.meters,
             d.nearby, d.has_evidence, d.dismissal, d.note, i.id as incident_id, i.case_number, i.kind, i.collection,
             a.code, a.mark, a.name as agency, a.zone,
             (select min(g.source) from evidence_gunshotalert g where g.detection_id = d.id) as source
        from k join evidence_detection d on d.id = k.id join agencies_agency a on a.id = d.agency_id
        left join evidence_incident i on i.id = d.incident_id and {GRANTED.format(incident="i.id")}
       order by k.key desc, k.id desc""",
        {**reached(user, Permission.INCIDENT_VIEW), "agency": agency, "since": since}
        | {**beginning(begin), "limit": limit + 1},
    )


def detection_counts(user):
    """{state: how many}, each exact to a thousand."""
    one = f"""(select count(*) from (select 1 from source cross join lateral (
               select 1 from evidence_detection d where d.agency_id = source.id and {{where}}
                order by d.at desc, d.id desc limit {MOST + 1}) x limit {MOST + 1}) c) as {{name}}"""
    counts = ", ".join(one.format(where=where, name=name) for name, where in STATES.items())
    return counted(f"with source as ({OVERSEEN}) select {counts}", reached(user, Permission.INCIDENT_VIEW))


def agencies_with_open_alerts(since):
    """The agencies with shots since then that are no incident yet."""
    waiting = Detection.objects.filter(state=Detection.State.OPEN, at__gte=since)
    return Agency.objects.filter(pk__in=waiting.values("agency"))


def alerts_of(detection):
    return GunshotAlert.objects.filter(detection=detection).order_by("at", "pk")


def near(user, detection):
    """[(incident, meters or None, time apart)] of what a person sees and the shots may be, the nearest first: of a
    number that dispatch gave, or within 250 m and half an hour.
    """
    seen = Incident.objects.visible_to(user).select_related("agency")
    numbers = [each.case_key for each in alerts_of(detection) if each.case_key]
    found = {each.pk: each for each in seen.filter(agency=detection.agency_id, case_key__in=numbers)[:NEAREST]}
    if detection.lat is not None:
        wide = MATCH_METERS / DEGREE * 1.5
        box = {"lat__range": (detection.lat - wide, detection.lat + wide)}
        box |= {"lng__range": (detection.lng - 2 * wide, detection.lng + 2 * wide)}
        during = (detection.at - MATCH_WITHIN - timedelta(minutes=2), detection.at + MATCH_WITHIN)
        close = seen.filter(occurred_at__range=during, kind__in=Incident.GUNFIRE, **box)[: 4 * NEAREST]
        found |= {each.pk: each for each in close if _meters(each, detection) <= MATCH_METERS + 50}
    ranked = sorted((_meters(each, detection), each.pk) for each in found.values())
    return [(found[pk], meters, abs(found[pk].occurred_at - detection.at)) for meters, pk in ranked[:NEAREST]]


def _meters(incident, detection):
    if incident.lat is None or detection.lat is None:
        return 0.0
    one, other = (Point(None, each.lat, each.lng) for each in (incident, detection))
    return distance(one, other)
