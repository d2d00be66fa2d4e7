"""What people do on leads, by their number: each table as one SELECT over the crowd's leads, (model, columns, source),
or a statement. What becomes of a row follows from its lead's place.
"""

from evidence.models import Exhibit, Firearm
from leads.models import (
    ActionItem,
    AgendaItem,
    Assertion,
    Bulletin,
    BulletinRecipient,
    Certificate,
    Comparison,
    ConfirmationItem,
    ConfirmationRequest,
    Decision,
    DeconflictionRule,
    DeskItem,
    Entity,
    EntityKey,
    Inquiry,
    InquiryAnswer,
    Invited,
    ListedFact,
    ListedPerson,
    Meeting,
    Particular,
    Question,
    Sameness,
    Task,
    TaskTemplate,
    TimeRequest,
)
from tests.benchmarks.evidence_scenes import among, chance

MEETINGS = 200
# Who does what in an agency: `person` works, `chief` answers.
WHOSE = """
create temporary table whose on commit drop as
  select a.id as agency_id, coalesce(a.parent_id, a.id) as center_id, a.code,
         min(m.user_id) filter (where m.role in ('detective', 'analyst')) as person,
         min(m.user_id) filter (where m.role in ('supervisor', 'center_coordinator')) as chief
    from agencies_agency a join agencies_membership m on m.agency_id = a.id
    join agencies_user u on u.id = m.user_id and u.email not like 'bench-%%'
   group by a.id;
analyze whose
"""
# Each lead once, with the part of its first agency and two of its events; n counts the leads.
PARTS = """
create temporary table part on commit drop as
  select row_number() over (order by o.lead_id) as n, o.*, e.first, e.second, l.agency_id as center_id, l.opened_at
    from (select distinct on (lead_id) lead_id, id as obligation_id, agency_id
            from leads_obligation order by lead_id, id) o
    join leads_lead l on l.id = o.lead_id
    join (select lead_id, min(id) as first, max(id) as second from leads_leadevent where withdrawn_at is null
           group by lead_id) e on e.lead_id = o.lead_id;
create unique index on part (n);
analyze part
"""
PART = "from part p join whose w on w.agency_id = p.agency_id join whose c on c.agency_id = p.center_id"


def word(what, end):
    """Three letters and an end, the same for the same number: one of 17,576."""
    letters = " || ".join(f"chr(65 + mod(({what}) / {26**place}, 26)::int)" for place in range(3))
    return f"({letters} || '{end}')"


def share(of, first=0):
    return f"where mod(p.n, {of}) = {first}"


def after(state, *states):
    return f"{state} in ('" + "', '".join(states) + "')"


def only(condition, value):
    return f"case when {condition} then {value} end"


DESK = among("p.n", 100, (4, "'waiting'"), (6, "'accepted'"), (8, "'deferred'"), (9, "'proposed'"),
             (10, "'declined'"), "'sent'")  # fmt: skip
ASKED = among("p.n / 10", 100, (4, "'asked'"), (8, "'received'"), (12, "'assigned'"), (90, "'reported'"),
              (95, "'returned'"), "'cancelled'")  # fmt: skip
# One name in fifty is the same; of the others sixty of a million people have each.
LAST = f"case when mod(p.n, 50) = 0 then 'SMITH' else {word('mod(p.n * 7919, 17576)', 'KSON')} end"
FIRST = word("mod(p.n * 31, 16900)", "LYN")
BORN = "(date '1960-01-01' + mod(p.n, 14000)::int)"
KIND = "case mod(p.n, 10) when 7 then 'vehicle' when 8 then 'phone' when 9 then 'address' else 'person' end"
KEYS = """values ('person', 'n:' || k.last || ' ' || k.first), ('person', 'w:' || k.last), ('person', 'w:' || k.first),
    ('person', 'b:' || k.last || ' ' || k.first || ' ' || k.born), ('vehicle', 'v:' || k.plate),
    ('vehicle', 'v:' || k.plate || ' OH'), ('phone', 't:' || k.phone), ('address', 'a:' || k.place)"""
PLATE, PHONE = "'K' || lpad(mod(p.n * 7, 1000000)::text, 6, '0')", "'216' || lpad(mod(p.n, 10000000)::text, 7, '0')"
PLACE = "mod(p.n, 9000) || ' ' || chr(65 + mod(p.n / 9000, 26)::int) || 'LM ST'"
SAID = {"lead_id": "p.lead_id", "source_kind": "'report'", "source": "'Report ' || p.n", "reliability": "'A'",
        "validity": "1", "agency_id": "p.agency_id", "said_at": "p.opened_at", "said_by_id": "w.person"}  # fmt: skip
SENT = among("p.n / 20", 100, (5, "'draft'"), (10, "'waiting'"), (98, "'sent'"), "'retracted'")

ROWS = [
    WHOSE,
    PARTS,
    (DeskItem, {"lead_id": "p.lead_id", "agency_id": "p.center_id", "state": DESK, "score": "l.score",
                "came_at": "p.opened_at",
                "until_on": only(f"{DESK} = 'deferred'", "(%(at)s + interval '9 days')::date"),
                "deferred_at": only(f"{DESK} = 'deferred'", "p.opened_at"),
                "deferred_by_id": only(f"{DESK} = 'deferred'", "c.person"),
                "why": f"case when {after(DESK, 'proposed', 'declined')} then 'nothing_left' else '' end",
                "proposed_at": only(after(DESK, "proposed", "declined"), "p.opened_at"),
                "proposed_by_id": only(after(DESK, "proposed", "declined"), "c.person"),
                "reviewed_at": only(f"{DESK} = 'declined'", "p.opened_at"),
                "reviewed_by_id": only(f"{DESK} = 'declined'", "c.chief"),
                "sent_at": only(f"{DESK} = 'sent'", "p.opened_at"), "sent_by_id": only(f"{DESK} = 'sent'", "c.person")},
     f"{PART} join leads_lead l on l.id = p.lead_id"),
    (ConfirmationRequest, {"lead_id": "p.lead_id", "agency_id": "p.agency_id", "laboratory_id": "p.center_id",
                           "status": ASKED, "needed_on": "(p.opened_at + interval '30 days')::date",
                           "requested_at": "p.opened_at", "requested_by_id": "w.person",
                           "received_at": only(after(ASKED, "received", "assigned", "reported"), "p.opened_at"),
                           "received_by_id": only(after(ASKED, "received", "assigned", "reported"), "c.chief"),
                           "examiner_id": only(after(ASKED, "assigned", "reported"), "c.person"),
                           "assigned_at": only(after(ASKED, "assigned", "reported"), "p.opened_at"),
                           "assigned_by_id": only(after(ASKED, "assigned", "reported"), "c.chief"),
                           "reported_at": only(f"{ASKED} = 'reported'", "p.opened_at"),
                           "reported_by_id": only(f"{ASKED} = 'reported'", "c.person"),
                           "returned_at": only(f"{ASKED} = 'returned'", "p.opened_at"),
                           "returned_by_id": only(f"{ASKED} = 'returned'", "c.chief"),
                           "cancelled_at": only(f"{ASKED} = 'cancelled'", "p.opened_at"),
                           "cancelled_by_id": only(f"{ASKED} = 'cancelled'", "w.person"), "reason": "'No specimen'"},
     f"{PART} {share(10)} order by p.opened_at"),
    (ConfirmationItem, {"request_id": "r.id", "event_id": "e"},
     """from leads_confirmationrequest r join part p on p.lead_id = r.lead_id
        cross join unnest(array[p.first, p.second]) e where p.first < p.second"""),
    (Comparison, {"lead_id": "r.lead_id", "request_id": "r.id", "first_id": "p.first", "second_id": "p.second",
                  "result": among("p.n / 10", 10, (6, "'confirmed'"), (8, "'inconclusive'"), "'eliminated'"),
                  "report": "'R' || r.id", "reported_on": "r.needed_on", "status": "'standing'",
                  "recorded_at": "r.reported_at", "recorded_by_id": "r.examiner_id", "verified_by_id": "c.chief"},
     """from leads_confirmationrequest r join part p on p.lead_id = r.lead_id
        join whose c on c.agency_id = p.center_id where r.status = 'reported' and p.first < p.second"""),
    (Meeting, {"agency_id": "w.agency_id", "held_at": "%(at)s - n * interval '1 week'", "chair_id": "w.chief",
               "status": "'closed'", "since": "%(at)s - n * interval '1 week'", "planned_at": "%(at)s",
               "planned_by_id": "w.chief", "opened_at": "%(at)s - n * interval '1 week'", "opened_by_id": "w.chief",
               "ended_at": "%(at)s - n * interval '1 week'", "ended_by_id": "w.chief"},
     f"""from whose w cross join generate_series(1, {MEETINGS}) n where w.agency_id = w.center_id
        order by w.agency_id, n"""),
    (Invited, {"meeting_id": "m.id", "agency_id": "w.agency_id"},
     "from leads_meeting m join whose w on w.center_id = m.agency_id and w.agency_id <> w.center_id"),
    (AgendaItem, {"meeting_id": "m.id", "lead_id": "p.lead_id", "place": "1 + mod(p.n / 20, 40)",
                  "reasons": """'[["new", "New"]]'""", "added_at": "m.opened_at", "added_by_id": "m.chair_id"},
     f"""from part p join (select *, row_number() over (partition by agency_id order by id) as place
                             from leads_meeting) m on m.agency_id = p.center_id
                        and m.place = 1 + mod(p.n / 20, {MEETINGS}) {share(20)}"""),
    (Decision, {"item_id": "i.id", "text": "'Interview'", "decided_at": "i.added_at", "decided_by_id": "i.added_by_id"},
     "from leads_agendaitem i"),
    (ActionItem, {"meeting_id": "i.meeting_id", "decision_id": "d.id", "lead_id": "i.lead_id",
                  "center_id": "p.center_id", "agency_id": "p.agency_id",
                  "owner_id": "case when k = 1 then w.chief else w.person end", "what": "'Interview'",
                  "status": f"case when {chance('p.n / 20 + k', 10)} = 0 then 'open' else 'done' end",
                  "given_at": "i.added_at", "given_by_id": "i.added_by_id", "soon_at": "i.added_at + interval '5 days'",
                  "due_at": "i.added_at + interval '7 days'",
                  "ended_at": only(f"{chance('p.n / 20 + k', 10)} <> 0", "i.added_at + k * interval '1 day'"),
                  "ended_by_id": only(f"{chance('p.n / 20 + k', 10)} <> 0", "w.person"),
                  "result": f"case when {chance('p.n / 20 + k', 10)} <> 0 then 'Done' else '' end"},
     """from leads_decision d join leads_agendaitem i on i.id = d.item_id join part p on p.lead_id = i.lead_id
        join whose w on w.agency_id = p.agency_id cross join generate_series(1, 4) k order by i.added_at"""),
    (TaskTemplate, {"agency_id": "w.agency_id", "name": "'Shooting'", "made_at": "%(at)s", "made_by_id": "w.chief"},
     "from whose w where w.agency_id = w.center_id"),
    (Task, {"obligation_id": "p.obligation_id", "template_id": "t.id", "kind": "'interview'", "what": "'Interview'",
            "status": "case when mod(p.n, 10) < 3 then 'open' else 'dropped' end", "given_at": "p.opened_at",
            "given_by_id": "w.person", "due_at": "p.opened_at + interval '7 days'",
            "ended_at": only("mod(p.n, 10) > 2", "p.opened_at"), "ended_by_id": only("mod(p.n, 10) > 2", "w.person"),
            "dropped_why": "case when mod(p.n, 10) > 2 then 'Not needed' else '' end"},
     f"{PART} join leads_tasktemplate t on t.agency_id = p.center_id"),
    (Question, {"lead_id": "p.lead_id", "obligation_id": "p.obligation_id", "agency_id": "p.agency_id",
                "center_id": "p.center_id", "text": "'Which gun?'",
                "status": "case when mod(p.n, 100) < 10 then 'open' else 'answered' end", "asked_at": "p.opened_at",
                "asked_by_id": "w.person", "due_at": "p.opened_at + interval '2 days'",
                "answer": "case when mod(p.n, 100) < 10 then '' else 'The same' end",
                "ended_at": only("mod(p.n, 100) > 9", "p.opened_at"),
                "ended_by_id": only("mod(p.n, 100) > 9", "c.person")},
     f"{PART} {share(10, 2)} order by p.opened_at"),
    (Entity, {"id": "p.n", "standing_id": "case when mod(p.n, 100) = 1 and p.n > 1 then p.n - 1 else p.n end",
              "agency_id": "p.center_id", "kind": KIND,
              "name": f"""case mod(p.n, 10) when 7 then {PLATE} when 8 then {PHONE} when 9 then {PLACE}
                            else initcap({LAST}) || ', ' || initcap({FIRST}) end""",
              "region": "case when mod(p.n, 10) = 7 then 'OH' else '' end",
              "born_on": only("mod(p.n, 10) < 7", BORN), "recorded_at": "p.opened_at", "recorded_by_id": "w.person"},
     f"{PART} order by p.n"),
    (Sameness, {"one_id": "p.n - 1", "other_id": "p.n", "verdict": "'same'", "reason": "'One number'",
                "decided_at": "p.opened_at", "decided_by_id": "c.person"}, f"{PART} {share(100, 1)} and p.n > 1"),
    (Particular, {"entity_id": "p.n", "lead_id": "p.lead_id", "kind": "'state_number'", "value": "'OH' || p.n",
                  "added_at": "p.opened_at", "added_by_id": "w.person"}, f"{PART} {share(10, 3)}"),
    (EntityKey, {"entity_id": "k.n", "key": "v.key"},
     f"""from (select p.n, {KIND} as kind, {LAST} as last, {FIRST} as first, {BORN} as born, {PLATE} as plate,
                      {PHONE} as phone, {PLACE} as place from part p) k
         cross join lateral ({KEYS}) v(kind, key) where v.kind = k.kind"""),
    (EntityKey, {"entity_id": "r.entity_id", "particular_id": "r.id", "key": "'i:state_number ' || r.value"},
     "from leads_particular r"),
    (Assertion, SAID | {"entity_id": "p.n", "event_id": "p.first",
                        "role": "case when mod(p.n, 10) < 5 then 'suspect' else 'possessor' end"},
     f"{PART} order by p.n"),
    (Assertion, SAID | {"entity_id": f"1 + {chance('p.n', '(select max(n) from part)')}",
                        "event_id": "p.first", "role": "case when mod(p.n, 3) = 0 then 'victim' else 'named' end"},
     f"{PART} order by p.n"),
    (Certificate, {"user_id": "x.person", "agency_id": "w.agency_id", "completed_on": "date '2020-01-01'",
                   "expires_at": "timestamptz '2100-01-01'", "recorded_at": "%(at)s", "recorded_by_id": "1"},
     "from whose w cross join lateral (values (w.person), (w.chief)) x(person) where x.person <> 1"),
    # A list is of one center, and as long everywhere.
    (ListedPerson, {"agency_id": "c.agency_id", "person_id": "e.id", "criminal_predicate": "'Shootings'",
                    "status": among("e.id", 100, (80, "'active'"), (85, "'custody'"), (90, "'referred'"),
                                    (93, "'monitored'"), (96, "'candidate'"), "'removed'"),
                    "reasonable_suspicion_basis": "'Reports'", "submitter_id": "c.agency_id",
                    "source_reliability": "'reliable'", "content_validity": "'confirmed'",
                    "entered_on": "%(at)s::date - 100", "reviewed_on": "%(at)s::date - 80",
                    "validated_on": "%(at)s::date - 80", "review_due": "%(at)s::date + 5 + mod(e.id, 80)::int",
                    "purge_on": "%(at)s::date + 1000", "proposed_at": "%(at)s", "proposed_by_id": "c.person",
                    "approved_at": "%(at)s", "approved_by_id": "c.chief", "score_as_of": "%(at)s::date - 1",
                    "removed_at": only(f"{chance('e.id', 100)} >= 96", "%(at)s"),
                    "removed_by_id": only(f"{chance('e.id', 100)} >= 96", "c.chief"),
                    "removal": f"case when {chance('e.id', 100)} >= 96 then 'desisted' else '' end"},
     """from (select * from whose where agency_id = center_id order by agency_id limit 1) c
        cross join (select id from leads_entity where kind = 'person' and standing_id = id order by id
                     limit 10000) e"""),
    (ListedFact, {"listed_id": "l.id", "factor": "'shooting'", "on": "%(at)s::date - 200", "source": "'Report'",
                  "recorded_at": "%(at)s", "recorded_by_id": "l.proposed_by_id"}, "from leads_listedperson l"),
    (Bulletin, {"agency_id": "p.agency_id", "lead_id": "p.lead_id", "status": SENT, "purpose": "'information'",
                "title": "'Bulletin ' || p.n", "sections": "array['events']", "contact": "'Desk'", "handling": "'LES'",
                "body": """'{"title": "Bulletin"}'""", "drafted_at": "p.opened_at", "drafted_by_id": "w.person",
                "submitted_at": only(f"{SENT} <> 'draft'", "p.opened_at"),
                "submitted_by_id": only(f"{SENT} <> 'draft'", "w.person"),
                "sent_at": only(after(SENT, "sent", "retracted"), "p.opened_at"),
                "sent_by_id": only(after(SENT, "sent", "retracted"), "w.chief"),
                "retracted_at": only(f"{SENT} = 'retracted'", "p.opened_at"),
                "retracted_by_id": only(f"{SENT} = 'retracted'", "w.chief"),
                "retracted_why": f"case when {SENT} = 'retracted' then 'Wrong' else '' end"},
     f"{PART} {share(20, 3)} order by p.opened_at"),
    (BulletinRecipient, {"bulletin_id": "b.id", "agency_id": "w.agency_id", "source_id": "b.agency_id",
                         "sent_at": "b.sent_at",
                         "due_at": only("mod(b.id, 10) = 0 and b.sent_at is not null", "b.sent_at + interval '2 days'"),
                         "acknowledged_at": only("mod(b.id, 10) > 0", "b.sent_at"),
                         "acknowledged_by_id": only("mod(b.id, 10) > 0 and b.sent_at is not null", "w.chief")},
     """from leads_bulletin b join whose s on s.agency_id = b.agency_id
        join whose w on w.center_id = s.center_id and w.agency_id <> s.agency_id
         and mod(w.agency_id + b.id, 5) = 0"""),
    (DeconflictionRule, {"agency_id": "w.agency_id", "answers": "true", "contact": "'Desk'", "phone": "'555-0100'",
                         "set_at": "%(at)s", "set_by_id": "w.chief"}, "from whose w"),
    (Inquiry, {"agency_id": "p.agency_id", "asked_by_id": "w.person", "asked_at": "p.opened_at", "kind": "'person'",
               "key_hash": "p.n::text", "case_number": "'A-1'", "reason": "'Shooting'",
               "answers_count": "case when mod(p.n, 3) = 0 then 1 else 0 end",
               "reviewed_at": only("mod(p.n / 20, 10) > 0", "p.opened_at"),
               "reviewed_by_id": only("mod(p.n / 20, 10) > 0", "c.chief")},
     f"{PART} {share(20, 4)} order by p.opened_at"),
    (InquiryAnswer, {"inquiry_id": "q.id", "holder_id": "s.center_id", "answered_at": "q.asked_at",
                     "contact": "'Desk'", "phone": "'555-0100'", "lead_id": "p.lead_id"},
     """from leads_inquiry q join whose s on s.agency_id = q.agency_id join part p on p.n::text = q.key_hash
        where q.answers_count > 0"""),
    (Exhibit, {"incident_id": "i.id", "agency_id": "i.agency_id", "number": "'1'", "kind": "'firearm'", "count": "1",
               "storage": "'R1-001'", "held_by_id": "i.agency_id", "collected_at": "i.occurred_at + interval '1 hour'",
               "collected_by": "'Ofc. R. Lund'", "created_by_id": "i.created_by_id",
               "created_at": "i.occurred_at + interval '2 hours'"}, "from evidence_incident i where mod(i.id, 5) = 0"),
    (Firearm, {"exhibit_id": "e.id", "make": "'Glock'", "model": "'19'", "caliber": "'9 mm'",
               "serial": "'BK' || mod(e.id, 50000)", "serial_key": "'BK' || mod(e.id, 50000)"},
     "from evidence_exhibit e"),
    # A tenth of what is open stands still.
    (TimeRequest, {"obligation_id": "o.id", "stage": "o.state", "stage_started_at": "o.stage_started_at",
                   "kind": "'pause'", "status": "'granted'", "reason": "'laboratory'",
                   "until": "%(at)s + interval '9 days'",
                   "asked_at": "%(at)s", "asked_by_id": "w.person", "started_at": "%(at)s", "decided_at": "%(at)s",
                   "decided_by_id": "w.chief"},
     """from leads_obligation o join whose w on w.agency_id = o.agency_id
        where o.due_at is not null and mod(o.id, 10) = 0"""),
    """update leads_obligation o set paused_at = r.started_at, paused_until = r.until, level = 0,
              due_at = greatest(o.due_at, r.until) + interval '9 days',
              steps = (select array_agg(greatest(step, r.until) + interval '9 days' order by step)
                         from unnest(o.steps) step),
              next_step_at = greatest(o.steps[1], r.until) + interval '9 days'
         from leads_timerequest r where r.obligation_id = o.id""",
]  # fmt: skip
