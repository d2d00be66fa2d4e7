"""What prosecutors have, by its number: each table as one SELECT like those of `work_rows`. What becomes of a case
follows from its id; an old one is decided.
"""

from agencies.models import AuditEvent
from evidence.models import ImportBatch, IncidentGrant, StoredFile
from leads.models import (
    Activity,
    ArrestRule,
    Assertion,
    Charge,
    Comparison,
    ConfirmationRequest,
    Deadline,
    Disclosure,
    Docket,
    DocketMove,
    Entity,
    ExculpatoryMark,
    GunArrest,
    LeadGrant,
    OfficeMeaning,
    Packet,
    PacketRelease,
    PacketRetraction,
    PacketVersion,
    Proceeding,
    Referral,
    ReferralDecision,
    ReferralEvent,
    Screening,
    ScreeningVersion,
    StatusSpelling,
    VenueView,
    Withholding,
    WorkNote,
)
from tests.benchmarks.evidence_scenes import among, chance
from tests.benchmarks.work_rows import FIRST, LAST, PART, after, only, share
from tests.benchmarks.work_rows import ROWS as OF_WORK

# Of the work on leads: who does what, the parts, people who are named, and pairs that examiners eliminated.
BASE = [
    each
    for each in OF_WORK
    if (isinstance(each, str) and each.lstrip().startswith("create temporary"))
    or each[0] in (Entity, Assertion, ConfirmationRequest, Comparison)
]  # fmt: skip
OFFICES = """
create temporary table office on commit drop as
  select a.id, a.parent_id as center_id, a.group_id, a.code, a.kind = 'us_attorney' as federal,
         a.id = min(a.id) over () as busy, array_agg(m.user_id order by m.user_id) as people
    from agencies_agency a join agencies_membership m on m.agency_id = a.id and m.role = 'prosecutor'
   where a.kind in ('district_attorney', 'us_attorney') group by a.id;
analyze office
"""
# Each case once, in the order in which they came: two of each lead of the busy office, half of the others' leads, and
# one in fourteen before a federal office as well, as `twin` says.
SUITS = """
create temporary table suit on commit drop as
  select row_number() over (order by x.at, x.n, x.k, x.office_id) as id, x.*,
         max(x.n) over () as most, null::bigint as twin
    from (select p.n, p.lead_id, p.first, p.center_id, o.id as office_id, o.federal, o.busy, o.people, k,
                 case when mod(p.n, 20) = 7 then p.center_id else p.agency_id end as agency_id,
                 w.person, w.chief, least(p.opened_at + interval '2 days', %(at)s) as at
            from part p join office o on o.center_id = p.center_id join whose w on w.agency_id = p.agency_id
            cross join generate_series(1, 2) k
           where case when o.federal then mod(p.n, 14) = 0 and k = 1 when o.busy then true
                      else mod(p.n, 2) = 0 and k = 1 end) x;
create unique index on suit (id);
update suit s set twin = t.id from suit t where t.federal and not s.federal and s.k = 1 and t.lead_id = s.lead_id;
analyze suit
"""
NEW = "s.at > %(at)s - interval '30 days'"
BECAME = f"""case when {NEW} then {
    among("s.id", 100, (70, "'referred'"), (80, "'more_asked'"), (92, "'accepted'"), "'declined'")
}
  when s.twin is not null and mod(s.id, 4) < 2 then case mod(s.id, 4) when 0 then 'adopted' else 'transferred' end
  else {among("s.id", 100, (1, "'referred'"), (2, "'more_asked'"), (60, "'accepted'"), "'declined'")} end"""
DECIDED = "least(s.at + interval '10 days', %(at)s)"
OWN = f"s.people[1 + {chance('s.id', 'cardinality(s.people)')}]"
GIVEN = after("r.status", "referred", "more_asked", "accepted") + " and mod(s.id, 5) > 0"
OPEN = after("r.status", "accepted")
SUIT = "from suit s join leads_referral r on r.id = s.id"
NAME = f"initcap({LAST}) || ', ' || initcap({FIRST})".replace("p.n", "(s.n + s.k)")
SHA = "encode(sha256(({})::text::bytea), 'hex')"
# As much of one as pages read.
SNAPSHOT = """'{"lead": {"link": false}}'"""
HOW = """'{"how": "read"}'"""
BUILT = among("k.id", 100, (92, "'built'"), (97, "'queued'"), "'failed'")
WARNED, HEEDED = "mod(v.id, 20) = 5", "mod(v.id, 40) = 5"
GRANTS = """
 select (select permission_id from {table} limit 1) as permission_id, o.group_id, x.* from ({seen}) x
   join office o on o.id = x.office_id"""
SPELLED = "'status ' || case when mod(i.id, 2) = 0 then 4 else 1 + " + chance("i.id", 200) + " end"

CASES = [
    (Screening, {"id": "2 * s.n + s.k", "lead_id": "s.lead_id", "defendant": NAME, "opened_at": "s.at",
                 "person_id": only("s.k = 1 and mod(s.n, 10) < 7", "s.n")},
     "from (select distinct on (n, k) * from suit order by n, k, id) s"),
    (Referral, {"id": "s.id", "lead_id": "s.lead_id", "agency_id": "s.agency_id", "office_id": "s.office_id",
                "venue": "case when s.federal then 'federal' else 'state' end", "screening_id": "2 * s.n + s.k",
                "person_id": only("s.k = 1 and mod(s.n, 10) < 7", "s.n"), "defendant": NAME,
                "person_key": f"case when mod(s.n, 3) = 0 then {NAME} else '' end", "summary": "'With the gun.'",
                "status": "s.status", "referred_at": "s.at", "referred_by_id": "s.person",
                "decision_due_at": "s.at + interval '30 days'", "decline_reason":
                "case when s.status = 'declined' then 'weak_evidence' else '' end",
                "adopted_into_id": only("s.status = 'adopted'", "s.twin"),
                "decided_at": only("s.status <> 'referred'", DECIDED),
                "decided_by_id": only("s.status <> 'referred'", OWN),
                "next_on": only(f"s.status = 'accepted' and {chance('s.id + 1', 4)} = 0",
                                f"%(at)s::date - 10 + {chance('s.id * 3', 130)}::int"),
                "next_what": "case when s.status = 'accepted' then 'Hearing' else '' end"},
     f"from (select s.*, {BECAME} as status from suit s) s order by s.id"),
    f"""update leads_referral r set assigned_to_id = {OWN}, assigned_at = s.at, assigned_by_id = s.people[1]
          from suit s where s.id = r.id and {GIVEN}""",
    (ReferralEvent, {"referral_id": "s.id", "event_id": "s.first"}, "from suit s order by s.id"),
    (LeadGrant, {"permission_id": "g.permission_id", "group_id": "g.group_id", "content_object_id": "l.id",
                 "status": "l.status", "due_at": "l.due_at", "opened_at": "l.opened_at"},
     "from (" + GRANTS.format(table="leads_leadgrant", seen="select distinct office_id, lead_id from suit")
     + ") g join leads_lead l on l.id = g.lead_id order by l.opened_at"),
    (IncidentGrant, {"permission_id": "g.permission_id", "group_id": "g.group_id", "content_object_id": "i.id",
                     "occurred_at": "i.occurred_at", "kind": "i.kind"},
     "from (" + GRANTS.format(table="evidence_incidentgrant", seen="""
        select distinct s.office_id, e.incident_id from suit s join leads_leadevent e on e.lead_id = s.lead_id
          join evidence_incident i on i.id = e.incident_id and i.agency_id = s.agency_id""")
     + ") g join evidence_incident i on i.id = g.incident_id order by i.occurred_at"),
    (ScreeningVersion, {"screening_id": "r.screening_id", "office_id": "s.office_id", "saved_at": "s.at",
                        "saved_by_id": OWN}, f"{SUIT} where mod(s.id, 3) = 0"),
    (VenueView, {"screening_id": "r.screening_id", "office_id": "s.office_id", "chosen_id": "s.office_id",
                 "why": "'Ours'", "said_at": "s.at", "said_by_id": OWN}, f"{SUIT} where s.twin is not null"),
    (Charge, {"referral_id": "s.id", "statute": "'18 USC 922(g)(1)'", "title": "'Felon in possession'",
              "charged_on": "r.decided_at::date",
              "disposition": "case when r.next_on is null and mod(s.id, 3) > 0 then 'guilty_plea' else 'pending' end",
              "disposed_on": only("r.next_on is null and mod(s.id, 3) > 0", "r.decided_at::date")},
     f"{SUIT} cross join generate_series(1, 2) n where {OPEN} order by s.id"),
    (Proceeding, {"referral_id": "s.id", "kind": "case day when 0 then 'arraignment' else 'hearing' end",
                  "on": "case day when 0 then r.decided_at::date else r.next_on + 30 * (day - 1) end",
                  "status": "case day when 0 then 'held' else 'set' end", "recorded_at": "r.decided_at",
                  "recorded_by_id": OWN, "ended_at": only("day = 0", "r.decided_at"),
                  "ended_by_id": only("day = 0", OWN)},
     f"""{SUIT} cross join generate_series(0, 2) day where {OPEN} and (day = 0 or r.next_on is not null)
          order by s.id, day"""),
    (Deadline, {"referral_id": "s.id", "office_id": "s.office_id", "kind": "'discovery'",
                "due_on": "coalesce(r.next_on, r.decided_at::date) - 14",
                "status": "case when r.next_on is null then 'done' else 'open' end", "made_at": "r.decided_at",
                "made_by_id": OWN, "ended_at": only("r.next_on is null", "r.decided_at"),
                "ended_by_id": only("r.next_on is null", OWN)},
     f"{SUIT} where {OPEN} and mod(s.id, 2) = 0 order by s.id"),
    (ReferralDecision, {"referral_id": "s.id", "became": "r.status", "reason": "r.decline_reason",
                        "other_id": only(after("r.status", "transferred", "adopted"), "s.twin"),
                        "at": "r.decided_at", "by_id": "r.decided_by_id"},
     f"{SUIT} where r.decided_at is not null order by s.id"),
    (WorkNote, {"referral_id": "s.id", "text": "'Call the lab.'", "at": "s.at", "by_id": OWN},
     f"{SUIT} where mod(s.id, 10) = 0"),
]  # fmt: skip

PACKETS = [
    (Packet, {"id": "s.id", "agency_id": "s.agency_id", "lead_id": "s.lead_id", "referral_id": "s.id",
              "purpose": among("s.id", 100, (50, "'screening'"), (90, "'charging'"), (98, "'discovery'"), "'trial'"),
              "title": "'State v. ' || r.defendant", "bates_prefix": "'PK' || s.id", "sections": "array['events']",
              "created_at": "s.at", "created_by_id": "s.person"}, f"{SUIT} where mod(s.id, 3) = 1 order by s.id"),
    (PacketVersion, {"id": "k.id", "packet_id": "k.id", "version": "1", "as_of": "k.created_at",
                     "sections": "k.sections", "snapshot": SNAPSHOT, "snapshot_sha256": SHA.format("k.id"),
                     "state": BUILT, "progress": f"case when {BUILT} = 'built' then 100 else 0 end",
                     "failed_why": f"case when {BUILT} = 'failed' then 'No room' else '' end",
                     "begun_at": "k.created_at", "pages": only(f"{BUILT} = 'built'", "12"),
                     "pdf_sha256": f"case when {BUILT} = 'built' then {SHA.format('k.id')} else '' end",
                     "pdf_size": only(f"{BUILT} = 'built'", "200000"),
                     "built_at": only(f"{BUILT} = 'built'", "k.created_at"), "asked_at": "k.created_at",
                     "asked_by_id": "k.created_by_id"}, "from leads_packet k order by k.id"),
    (PacketRelease, {"version_id": "v.id", "source_id": "s.agency_id", "office_id": "s.office_id", "to_id": OWN,
                     "duty": "'brady'", "ends_at": "s.at + interval '1 year'", "state": "'ready'",
                     "copy_sha256": SHA.format("-v.id"), "copy_size": "200000", "ready_at": "s.at",
                     "released_at": "s.at", "released_by_id": "s.chief",
                     "received_at": only("mod(v.id, 10) > 1", "s.at"),
                     "received_by_id": only("mod(v.id, 10) > 1", OWN), "warned_at": only(WARNED, "s.at"),
                     "due_at": only(f"{WARNED} and not {HEEDED}", "s.at + interval '2 days'"),
                     "heeded_at": only(HEEDED, "s.at"), "heeded_by_id": only(HEEDED, OWN)},
     "from leads_packetversion v join suit s on s.id = v.packet_id where v.state = 'built' order by v.id"),
    (PacketRetraction, {"version_id": "v.id", "why": "'An event was taken off.'", "retracted_at": "v.as_of",
                        "retracted_by_id": "v.asked_by_id"},
     f"from leads_packetversion v where v.state = 'built' and {WARNED}"),
    (AuditEvent, {"at": "r.received_at", "verb": "'packet.copy_opened'", "by_id": "r.to_id", "agency_id": "r.office_id",
                  "object_type": "'leads.packetrelease'", "object_id": "r.id", "data": HOW},
     "from leads_packetrelease r where r.received_at is not null"),
    (Activity, {"lead_id": "p.lead_id", "agency_id": "p.agency_id", "kind": "'interview'", "text": "'He was away'",
                "at": "p.opened_at", "recorded_at": "p.opened_at", "by_id": "w.person"}, f"{PART} {share(4, 1)}"),
    (ExculpatoryMark, {"lead_id": "a.lead_id", "activity_id": "a.id", "kind": "'exculpatory'", "note": "'An alibi'",
                       "marked_at": "a.at", "marked_by_id": "a.by_id"},
     "from leads_activity a where a.text = 'He was away'"),
    (Disclosure, {"lead_id": "m.lead_id", "item": "'mark-' || m.id", "label": "m.note", "agency_id": "s.office_id",
                  "to": "'The defense'", "duty": "'brady'", "how": "'By letter'", "disclosed_at": "m.marked_at",
                  "disclosed_by_id": OWN},
     f"""from leads_exculpatorymark m join (select distinct on (lead_id) * from suit order by lead_id, id) s
          on s.lead_id = m.lead_id where {chance("m.id", 10)} < 8"""),
    (Disclosure, {"lead_id": "m.lead_id", "item": "'assertion-' || m.id", "label": "'A suspect'",
                  "agency_id": "s.office_id", "to": "'The defense'", "duty": "'rule16'", "how": "'By letter'",
                  "disclosed_at": "m.said_at", "disclosed_by_id": OWN},
     f"""from leads_assertion m join (select distinct on (lead_id) * from suit order by lead_id, id) s
          on s.lead_id = m.lead_id where m.role = 'suspect' and {chance("m.id", 10)} < 9"""),
    (Withholding, {"lead_id": "m.lead_id", "agency_id": "s.office_id", "item": "'mark-' || m.id", "label": "m.note",
                   "reason": "'Protects a witness'",
                   "status": "case mod(m.id, 2) when 0 then 'agreed' else 'proposed' end",
                   "proposed_at": "m.marked_at", "proposed_by_id": "s.people[1]",
                   "decided_at": only("mod(m.id, 2) = 0", "m.marked_at"),
                   "decided_by_id": only("mod(m.id, 2) = 0", "s.people[2]")},
     f"""from leads_exculpatorymark m join (select distinct on (lead_id) * from suit order by lead_id, id) s
          on s.lead_id = m.lead_id where {chance("m.id", 100)} >= 98"""),
]  # fmt: skip

TABLES = [
    (StatusSpelling, {"center_id": "o.center_id", "key": "'status ' || n", "raw": "'Status ' || n",
                      "meaning": "case mod(n, 4) when 0 then '' else 'pending' end", "seen_at": "%(at)s",
                      "said_at": only("mod(n, 4) = 1", "%(at)s"), "said_by_id": only("mod(n, 4) = 1", "o.people[1]")},
     "from office o cross join generate_series(1, 200) n where not o.federal order by o.id, n"),
    (OfficeMeaning, {"office_id": "o.id", "spelling_id": "z.id", "meaning": "'pending'", "said_at": "%(at)s",
                     "said_by_id": "o.people[1]"},
     "from office o join leads_statusspelling z on z.center_id = o.center_id and z.key like '%%0'"),
    (StoredFile, {"sha256": SHA.format("o.id"), "name": "'dockets.csv'", "kind": "'text/csv'", "size": "1000",
                  "agency_id": "o.center_id", "stored_at": "%(at)s", "stored_by_id": "o.people[1]"},
     "from office o where not o.federal"),
    (ImportBatch, {"agency_id": "f.agency_id", "kind": "'dockets'", "file_id": "f.id", "status": "'loaded'",
                   "created_at": "%(at)s", "created_by_id": "f.stored_by_id"},
     "from evidence_storedfile f where f.name = 'dockets.csv'"),
    (Docket, {"incident_id": "i.id", "number": "'CP-' || i.id", "status_raw": "z.raw", "spelling_id": "z.id",
              "filed_on": "i.occurred_at::date"},
     f"""from evidence_incident i join agencies_agency a on a.id = i.agency_id
         join leads_statusspelling z on z.center_id = a.parent_id and z.key = {SPELLED} order by i.id"""),
    (DocketMove, {"docket_id": "d.id", "spelling_id": "d.spelling_id", "status_raw": "d.status_raw", "batch_id": "b.id",
                  "moved_at": "b.created_at"},
     """from leads_docket d join leads_statusspelling z on z.id = d.spelling_id
        join evidence_importbatch b on b.agency_id = z.center_id and b.kind = 'dockets' order by d.id"""),
    (ArrestRule, {"office_id": "o.id", "shown": "true", "set_at": "%(at)s", "set_by_id": "o.people[1]"},
     "from office o where o.federal"),
    (GunArrest, {"office_id": "x.id", "outcome_id": "x.outcome", "came_at": "x.at", "status": "x.status",
                 "answered_at": only("x.status <> 'waiting'", "x.at"),
                 "answered_by_id": only("x.status <> 'waiting'", "x.people[1]"),
                 "reason": "case x.status when 'waiting' then '' else 'Armed career criminal' end"},
     f"""from (select o.*, u.id as outcome, u.recorded_at as at,
                      {among("u.id", 100, (4, "'waiting'"), (6, "'asked'"), (20, "'take'"), "'left'")} as status
                 from leads_outcome u join agencies_agency a on a.id = u.agency_id
                 join office o on o.center_id = a.parent_id and o.federal where u.kind = 'arrest') x order by x.at"""),
]  # fmt: skip
ROWS = [*BASE, OFFICES, SUITS, *CASES, *PACKETS, *TABLES]
