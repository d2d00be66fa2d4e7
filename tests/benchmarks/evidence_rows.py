"""What hangs on the crowd's agencies, incidents and guns, each table as one SELECT: (model, columns, source), or a
statement. What becomes of a row follows from its id, by a step that spreads it over the rows around.
"""

from agencies.models import AuditEvent
from evidence.models import (
    Acquisition,
    Attachment,
    Canvass,
    CollectionRule,
    CorrelationReview,
    CustodyEvent,
    Detection,
    Disposal,
    Exhibit,
    FileAlarm,
    FirearmPair,
    GunshotAlert,
    HandOver,
    ImportBatch,
    Incident,
    Inventory,
    InventoryLine,
    LabRequest,
    LabRequestItem,
    LegalHold,
    Place,
    Receipt,
    StoredFile,
    Trace,
    TraceResult,
    TraceRow,
    UntracedGun,
)
from evidence.models.incident import GUNFIRE_KINDS
from tests.benchmarks.evidence_scenes import SCENES, among, chance

# Who does what in an agency: `person` records, `chief` answers.
TOWNS = """
create temporary table town on commit drop as
  select a.id, a.code, a.group_id, a.parent_id as center, l.id as lab, min(u.id) as unit,
         min(m.user_id) filter (where m.role = 'supervisor') as person,
         min(m.user_id) filter (where m.role = 'commander') as chief, null::bigint[] as bins
    from agencies_agency a join agencies_agency l on l.parent_id = a.parent_id and l.kind = 'laboratory'
    join agencies_membership m on m.agency_id = a.id left join agencies_unit u on u.agency_id = a.id
   where a.kind = 'police' group by a.id, l.id;
analyze town
"""
BINS = """
update town set bins = (select array_agg(p.id order by p.id) from evidence_place p
                         where p.agency_id = town.id and p.kind = 'bin')
"""


KINDS = "array['" + "','".join(GUNFIRE_KINDS) + "']"
EXHIBITS = "from evidence_exhibit e join town t on t.id = e.agency_id"
CASINGS = f"{EXHIBITS} where e.kind <> 'firearm' order by e.id"
STATUS = among("f.id", 100, (4, "'submitted'"), (6, "'accepted'"), (9, "'in_progress'"), (60,
 "'completed_to_purchaser'"),
               (75, "'completed_to_dealer_only'"), (92, "'closed_incomplete'"), "'rejected'")  # fmt: skip
GONE = among("e.id", 97, (8, "'proposed'"), (12, "'approved'"), (60, "'done'"), (70, "'sent_back'"), "'withdrawn'")
HANDED = among("e.id", 100, (5, "'offered'"), (92, "'confirmed'"), (96, "'refused'"), "'withdrawn'")
ASKED = among("i.id", 100, (3, "'sent'"), (6, "'received'"), (10, "'done'"), "'returned'")
REVIEWED = among("q.id", 100, (5, "'first'"), (8, "'second'"), (80, "'cleared'"), (95, "'released'"), "'refused'")
FOUND = among("i.id", 4, (1, "'open'"), (2, "'dismissed'"), "'matched'")


def when(column, wanted, sql, otherwise="null"):
    return f"case when {column} in ({wanted}) then {sql} else {otherwise} end"


ROWS = [
    TOWNS,
    (CollectionRule, {"agency_id": "t.id", "begins_on": "date '2026-01-01'", "unit_id": "t.unit",
                      "set_at": "%(at)s", "set_by_id": "t.person"}, "from town t"),
    (Place, {"agency_id": "t.id", "kind": "'building'", "code": "'B'", "created_at": "%(at)s",
             "created_by_id": "t.person"}, "from town t"),
    (Place, {"agency_id": "t.id", "parent_id": "p.id", "kind": "'room'", "code": "'R' || n", "created_at": "%(at)s",
             "created_by_id": "t.person"},
     "from town t join evidence_place p on p.agency_id = t.id cross join generate_series(1, 4) n"),
    (Place, {"agency_id": "t.id", "parent_id": "p.id", "kind": "'bin'",
             "code": "p.code || '-' || lpad(n::text, 3, '0')",
             "created_at": "%(at)s", "created_by_id": "t.person"},
     """from town t join evidence_place p on p.agency_id = t.id and p.kind = 'room' cross join generate_series(1, 50) n
        order by t.id, p.id, n"""),
    BINS,
    *SCENES,
    (Incident, {"agency_id": "b.agency_id", "case_number": "b.case_number || 'S' || c",
                "case_key": "b.case_key || 'S' || c",
                "kind": f"({KINDS})[1 + {chance('b.id + c', 7)}]",
                "occurred_at": "b.occurred_at + c * interval '3 hours'",
                "time_known": "true", "offense": "'Gunfire'", "address": "b.address", "lat": "b.lat", "lng": "b.lng",
                "owing_unit_id": f"case when {chance('b.id + c', 5)} = 0 then t.unit end",
                "collection": among("b.id * 2 + c", 100, (45, "'collected'"), (60, "'none_found'"),
                                    (70, "'not_searched'"), "''"),
                "created_by_id": "b.created_by_id", "created_at": "b.created_at", "updated_at": "b.updated_at"},
     """from evidence_incident b join town t on t.id = b.agency_id cross join generate_series(1, 2) c
        order by b.occurred_at"""),
    (Canvass, {"incident_id": "i.id", "answer": "i.collection", "said_at": "i.occurred_at + interval '1 day'",
               "said_by_id": "t.person", "searched_by": when("i.collection", "'none_found'", "'Ofc. R. Lund'", "''"),
               "searched_at": when("i.collection", "'none_found'", "i.occurred_at"),
               "reason": when("i.collection", "'not_searched'", "'unsafe'", "''")},
     """from evidence_incident i join town t on t.id = i.agency_id
        where i.collection in ('none_found', 'not_searched')"""),
    (Exhibit, {"incident_id": "i.id", "agency_id": "t.id", "number": "n::text", "caliber": "'9 mm'", "count": "n",
               "kind": f"case when {chance('i.id + n', 10)} = 0 then 'projectile' else 'casing_group' end",
               "place_id": f"""t.bins[case when {chance('i.id + n', 10)} < 3 then 1
                                 else 1 + {chance('i.id * 2 + n', 200)} end]""",
               "storage": "'R1-001'", "held_by_id": "t.id", "collected_at": "i.occurred_at + interval '1 hour'",
               "collected_by": "'Ofc. R. Lund'", "in_nibin": f"{chance('i.id * 2 + n', 100)} < 70",
               "review_on": f"""case {chance('i.id + n', 3)} when 0 then (i.occurred_at + interval '1 year')::date
                                  when 1 then (i.occurred_at + interval '9 years')::date end""",
               "created_by_id": "t.person", "created_at": "i.occurred_at + interval '2 hours'"},
     """from evidence_incident i join town t on t.id = i.agency_id cross join generate_series(1, 2) n
        where i.collection = 'collected' order by i.occurred_at"""),
    (CustodyEvent, {"exhibit_id": "e.id", "position": "1", "purpose": "'collected'", "to_whom": "'Ofc. R. Lund'",
                    "at": "e.collected_at", "recorded_at": "e.created_at", "recorded_by_id": "t.person",
                    "to_agency_id": "t.id", "hash_version": "2", "previous_hash": "''", "hash": "''"},
     CASINGS),
    "update evidence_custodyevent c set hash = evidence_custody_hash('', c)",
    (AuditEvent, {"at": "c.recorded_at", "verb": "'custody.recorded'", "by_id": "c.recorded_by_id",
                  "agency_id": "c.to_agency_id", "object_type": "'evidence.exhibit'", "object_id": "c.exhibit_id",
                  "data": "jsonb_build_object('leg', c.id, 'hash', c.hash)"},
     "from evidence_custodyevent c"),
    (HandOver, {"exhibit_id": "e.id", "status": HANDED, "purpose": "'to_laboratory'", "from_agency_id": "t.id",
                "to_agency_id": f"case when {chance('e.id', 2)} = 0 then t.lab else t.id end",
                "to_unit_id": f"case when {chance('e.id', 2)} = 1 then t.unit end",
                "at": "e.created_at", "offered_at": "e.created_at", "offered_by_id": "t.person",
                "answered_at": when(HANDED, "'offered'", "null", "e.created_at"),
                "answered_by_id": when(HANDED, "'offered'", "null", "t.chief"), "reason": "'Seal broken'"}, CASINGS),
    (Receipt, {"kind": "'check_in'", "agency_id": "t.id", "place_id": "t.bins[1 + mod(n, 200)]",
               "made_at": "%(at)s - n * interval '1 hour'", "made_by_id": "t.person"},
     "from town t cross join generate_series(1, %(count)s / 2000) n"),
    (Acquisition, {"exhibit_id": "e.id", "site_id": "t.lab", "received_at": "e.created_at",
                   "received_by_id": "t.person",
                   "due_at": "e.created_at + interval '2 days'", "late_code": "'backlog'",
                   "reference": "case when e.in_nibin then 'N' || e.id else '' end",
                   "entered_at": "case when e.in_nibin then e.created_at + e.number::int * interval '30 hours' end",
                   "entered_by_id": "case when e.in_nibin then t.person end"},
     f"{EXHIBITS} where e.in_nibin or e.kind = 'casing_group' and {chance('e.id', 3)} = 0 order by e.id"),
    (CorrelationReview, {"acquisition_id": "q.id", "site_id": "q.site_id", "status": REVIEWED,
                         "lead_number": "'L' || q.id",
                         "due_at": "q.entered_at + interval '2 days'",
                         "first_at": when(REVIEWED, "'first'", "null", "q.entered_at"),
                         "first_by_id": when(REVIEWED, "'first'", "null", "q.entered_by_id"),
                         "second_at": when(REVIEWED, "'released', 'refused'", "q.entered_at"),
                         "second_by_id": when(REVIEWED, "'released', 'refused'", "(select chief from town limit 1)")},
     "from evidence_acquisition q where q.entered_at is not null order by q.id"),
    (LabRequest, {"incident_id": "i.id", "agency_id": "t.id", "laboratory_id": "t.lab", "asked": "'entry'",
                  "status": ASKED,
                  "needed_on": "(i.occurred_at + interval '10 days')::date", "requested_at": "i.occurred_at",
                  "requested_by_id": "t.person", "received_at": when(ASKED, "'sent'", "null", "i.occurred_at"),
                  "received_by_id": when(ASKED, "'sent'", "null", "t.chief"),
                  "done_at": when(ASKED, "'done', 'returned'", "i.occurred_at"),
                  "done_by_id": when(ASKED, "'done', 'returned'", "t.chief"),
                  "returned_at": when(ASKED, "'returned'", "i.occurred_at"),
                  "returned_by_id": when(ASKED, "'returned'", "t.chief")},
     """from evidence_incident i join town t on t.id = i.agency_id
        where i.collection in ('', 'collected') order by i.occurred_at"""),
    (LabRequestItem, {"request_id": "r.id", "exhibit_id": "e.id"},
     "from evidence_labrequest r join evidence_exhibit e on e.incident_id = r.incident_id"),
    (Detection, {"agency_id": "t.id", "at": "i.occurred_at", "time_known": "true", "lat": "i.lat", "lng": "i.lng",
                 "state": FOUND, "incident_id": when(FOUND, "'matched'", "i.id"),
                 "how": when(FOUND, "'matched'", "'number'", "''"),
                 "has_evidence": f"{FOUND} = 'matched' and i.collection = 'collected'",
                 "dismissal": when(FOUND, "'dismissed'", "'fireworks'", "''")},
     """from evidence_incident i join town t on t.id = i.agency_id where i.case_key like '%%S_'
        order by i.occurred_at"""),
    (GunshotAlert, {"agency_id": "d.agency_id", "detection_id": "d.id", "source": "'Sensor'", "number": "d.id::text",
                    "key": "d.id::text", "at": "d.at", "time_known": "true"}, "from evidence_detection d"),
    (Trace, {"firearm_id": "f.id", "agency_id": "t.id", "status": STATUS, "trace_number": "'T' || f.id",
             "reason": when(STATUS, "'closed_incomplete', 'rejected'", "'need_more_info'", "''"), "serial": "f.serial",
             "make": "f.make", "model": "f.model", "case_number": "e.number", "recovered_on": "e.collected_at::date",
             "requested_at": "e.created_at", "requested_by_id": "t.person", "submitted_at": "e.created_at",
             "submitted_by_id": "t.person",
             "completed_at": when(STATUS, "'submitted', 'accepted', 'in_progress'", "null", "e.created_at"),
             "days_to_crime": when(STATUS, "'completed_to_purchaser'", chance("f.id", 5000))},
     """from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id join town t on t.id = e.agency_id
        where mod(f.id, 10) < 8 order by e.created_at"""),
    (Trace, {"firearm_id": "f.id", "agency_id": "t.id", "serial": "f.serial", "make": "f.make", "model": "f.model",
             "status": "case when mod(f.id, 4) = 0 then 'ready' else 'draft' end", "requested_at": "e.created_at",
             "requested_by_id": "t.person", "recovered_on": "e.collected_at::date"},
     """from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id join town t on t.id = e.agency_id
        where mod(f.id, 5) = 4"""),
    (TraceResult, {"trace_id": "r.id", "agency_id": "r.agency_id", "dealer_name": "'Dealer ' || mod(r.id, 20000)",
                   "dealer_key": "'DEALER' || mod(r.id, 20000)", "recorded_at": "r.completed_at",
                   "purchaser_name": "'Buyer ' || mod(r.id, 300000)", "purchaser_key": "'BUYER' || mod(r.id, 300000)",
                   "recorded_by_id": "r.requested_by_id"},
     "from evidence_trace r where r.status in ('completed_to_purchaser', 'completed_to_dealer_only')"),
    (UntracedGun, {"firearm_id": "f.id", "agency_id": "e.agency_id", "recovered_at": "e.collected_at",
                   "can_be_traced": "not (f.is_privately_made and f.serial_key = '')"},
     """from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id where mod(f.id, 10) > 7
        order by e.collected_at"""),
    (FirearmPair, {"first_id": "f.id", "second_id": "f.id + 1", "agency_id": "e.agency_id",
                   "other_agency_id": "e.agency_id", "basis": "'serial'", "suggested_at": "e.created_at"},
     """from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id and e.number = '1'
        where mod(f.id, 10) = 1"""),
    (Disposal, {"exhibit_id": "e.id", "agency_id": "t.id", "status": GONE, "method": "'destroy'",
                "reason": "'The case is closed'", "proposed_at": "e.created_at + interval '1 year'",
                "proposed_by_id": "t.person", "approved_at": when(GONE, "'approved', 'done'", "e.created_at"),
                "approved_by_id": when(GONE, "'approved', 'done'", "t.chief"),
                "ended_at": when(GONE, "'proposed', 'approved'", "null", "e.created_at"),
                "ended_by_id": when(GONE, "'proposed', 'approved'", "null", "t.chief")},
     f"{EXHIBITS} where mod(e.id, 2) = 0 order by e.created_at"),
    """update evidence_exhibit e set disposed_at = d.ended_at, disposed_by_id = d.ended_by_id from evidence_disposal d
        where d.exhibit_id = e.id and d.status = 'done'""",
    (LegalHold, {"exhibit_id": "e.id", "agency_id": "t.id", "reason": "'Trial'", "set_at": "e.created_at",
                 "set_by_id": "t.chief"}, f"{EXHIBITS} where mod(e.id, 9) = 1 order by e.created_at"),
    (Inventory, {"agency_id": "t.id", "place_id": "p.id", "started_at": "%(at)s - p.id * interval '1 minute'",
                 "started_by_id": "t.person", "status": "case when p.id = t.bins[1] then 'open' else 'finished' end",
                 "finished_at": "case when p.id = t.bins[1] then null else %(at)s end",
                 "finished_by_id": "case when p.id = t.bins[1] then null else t.person end"},
     "from town t join evidence_place p on p.agency_id = t.id where p.kind = 'bin'"),
    (InventoryLine, {"inventory_id": "n.id", "exhibit_id": "e.id", "expected": "true",
                     "found_at": f"case when {chance('e.id', 100)} > 2 then %(at)s end",
                     "found_by_id": f"case when {chance('e.id', 100)} > 2 then n.started_by_id end",
                     "outcome": among("e.id", 100, (2, "'missing'"), (3, "'misplaced'"), "'found'")},
     "from evidence_inventory n join evidence_exhibit e on e.place_id = n.place_id"),
    """update evidence_inventoryline l set outcome = '' from evidence_inventory n
        where n.id = l.inventory_id and n.status = 'open'""",
    (StoredFile, {"sha256": "encode(sha256(e.id::text::bytea), 'hex')", "name": "'photo.jpg'", "kind": "'image/jpeg'",
                  "size": "200000", "agency_id": "t.id", "stored_at": "e.created_at", "stored_by_id": "t.person",
                  "scanned_at": "e.created_at", "checked_at": "%(at)s - mod(e.id, 14) * interval '1 day'"},
     f"{EXHIBITS} where mod(e.id, 2) = 1"),
    (Attachment, {"incident_id": "e.incident_id", "exhibit_id": "e.id", "agency_id": "e.agency_id", "file_id": "s.id",
                  "kind": "'document'", "added_at": "e.created_at", "added_by_id": "s.stored_by_id"},
     """from evidence_storedfile s join (select e.*, row_number() over (order by e.id) as place from evidence_exhibit e
         where mod(e.id, 2) = 1) e on e.place = s.id order by s.id"""),
    (FileAlarm, {"kind": "'changed'", "agency_id": "s.agency_id", "file_id": "s.id", "sha256": "s.sha256",
                 "raised_at": "%(at)s", "raised_by_id": "s.stored_by_id"},
     "from evidence_storedfile s where mod(s.id, 100) = 0"),
    (ImportBatch, {"agency_id": "t.id", "kind": "'traces'", "file_id": "(select min(id) from evidence_storedfile)",
                   "status": "'loaded'", "created_at": "%(at)s", "created_by_id": "t.person"},
     "from town t cross join generate_series(1, 20) n"),
    (TraceRow, {"agency_id": "b.agency_id", "batch_id": "b.id", "row": "n", "fingerprint": "b.id || '-' || n",
                "values": "'{}'", "why": "'No trace has this number.'"},
     "from evidence_importbatch b cross join generate_series(1, %(count)s / 20000) n"),
]  # fmt: skip
