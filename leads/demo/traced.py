"""What the trace desk knows: requests as they were sent, who had the gun, what came back, and what waits for somebody.

It runs over the traces that were written, with numbers of its own, so that the rest of the city stays as it is.
"""

import itertools
import random
from collections import Counter
from datetime import date, timedelta

from django.db import connection

from evidence import tracepeople, vault
from evidence.imports.mapping import Mapping, Source
from evidence.models import ImportBatch, StoredFile, Trace, TraceLimit, TracePerson, TraceResult, TraceRow
from leads.demo.cast import ZONE
from leads.demo.store import Store

# The whole request of all traces but drafts, which stay half: the gun, the agency, the place.
ASKED = f"""
update evidence_trace t set serial = f.serial, is_obliterated = f.is_obliterated, make = f.make, model = f.model,
    type_code = f.type_code, caliber = f.caliber, country = f.country, case_number = i.case_number,
    crime_code = case i.kind when 'homicide' then '0999' when 'non_fatal_shooting' then '1314' else '5212' end,
    officer = u.name, ori = coalesce((select min(ori) from agencies_agencyori o where o.agency_id = t.agency_id), ''),
    phone = '555-0100', unit = 'Property and evidence', recovered_on = (e.collected_at at time zone '{ZONE}')::date,
    recovered_street = left(i.address, 120),
    recovered_city = case when t.status = 'draft' then '' else 'Port Alder' end,
    recovered_state = 'XX',
    partial_serial = case when f.is_obliterated then '??4?1' else '' end,
    obliteration_method = case when f.is_obliterated then 'Ground' else '' end,
    barrel_length = case when f.is_obliterated then '4 in' else '' end,
    finish = case when f.is_obliterated then 'Black' else '' end,
    other_numbers = case when f.is_obliterated then 'NONE' else '' end,
    days_to_crime = (e.collected_at at time zone '{ZONE}')::date - t.purchased_on
  from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id
  join evidence_incident i on i.id = e.incident_id, agencies_user u
 where f.id = t.firearm_id and u.id = t.requested_by_id
"""
# What nobody answered yet says nothing of an answer, and what nobody sent nothing of who sent it.
STATE = """
update evidence_trace set status = %(status)s, reason = %(reason)s, recovered_city = %(city)s,
    completed_at = case when %(waits)s then null else completed_at end,
    purchased_on = case when %(waits)s then null else purchased_on end,
    days_to_crime = case when %(waits)s then null else days_to_crime end,
    trace_number = case when %(numbered)s then trace_number else '' end,
    submitted_at = case when %(sent)s then submitted_at end,
    submitted_by_id = case when %(sent)s then submitted_by_id end
 where id = %(id)s
"""
ON_THE_WAY = ("draft", "ready", "submitted", "accepted", "in_progress")
COLUMNS = ("trace_number", "status", "serial", "make", "purchased_on", "dealer_name", "dealer_state")
DEALERS = {
    ("Alder Outfitters", "1-00-000-01-0A-10001", "Port Alder", "XX"): 14,
    ("Three Rivers Sporting Goods", "1-00-000-01-0A-10002", "Glenmoor", "XX"): 10,
    ("Brackett Pawn and Gun", "1-00-000-02-0A-10003", "Brackett", "XX"): 8,
    ("Wexley Arms", "1-00-000-01-0A-10004", "Wexley", "XX"): 5,
    ("Prairie Line Firearms", "2-00-000-01-0A-20005", "Farley", "YY"): 4,
    ("Southgate Guns", "2-00-000-01-0A-20006", "Southgate", "YY"): 3,
    ("Old Mill Trading", "", "Millbrook", "YY"): 2,
}
FIRST = ("Ada", "Ben", "Cleo", "Dov", "Esme", "Finn", "Greta", "Hal", "Ines", "Jude", "Kit", "Lena", "Milo", "Nia")
LAST = (
    "Arden", "Birchall", "Coombe", "Darrow", "Elling", "Farrow", "Garnet", "Hollis", "Ivory", "Jessop", "Kessler",
    "Lindqvist", "Marlow", "Norwood", "Ostrander", "Pell", "Quimby", "Rook", "Sorrel", "Tamsin",
)  # fmt: skip
# Who bought more than once, and how often of a hundred sales it was one of them.
OFTEN, OFTEN_SHARE = 4, 0.12
OTHERWISE = ("stolen_from_ffl", "sold_to_le_or_gov", "exported")
REVIEW = (
    ({"serial": "XX4O17", "make": "Taurus", "purchased_on": "2024-03-02"},
     "No trace of this agency has this trace number or this serial number and make."),
    ({"serial": "XX20915", "make": "Glock", "dealer_name": "Southgate Guns", "dealer_state": "YY",
      "unsure": {"time_to_crime": "Over 20 years"}},
     "This gives a limit, not a number of days. Give the date of the first sale or leave it empty."),
    ({"trace_number": "T20260009911", "status": "closed_incomplete"},
     "Why it stopped short is no reason that is known. Say under Columns what the words mean."),
    ({"make": "Ruger", "purchased_on": "2023-11-18"},
     "This row has neither a trace number nor a serial number: nothing tells which gun it is of."),
)  # fmt: skip


def _state(trace):
    return {
        "id": trace.pk,
        "status": trace.status,
        "reason": trace.reason,
        "city": trace.recovered_city,
        "waits": trace.status in ON_THE_WAY,
        "numbered": trace.status not in (*Trace.UNSENT, "submitted", "cancelled"),
        "sent": trace.submitted_at is not None and trace.status not in Trace.UNSENT,
    }


class Traced:
    def __init__(self, seed, at):
        self.rng, self.at = random.Random(f"traced {seed}"), at
        self.often = [self._somebody() for _ in range(OFTEN)]
        self.otherwise = itertools.cycle(OTHERWISE)
        self.store = None

    def fill(self):
        """All of it, triggers off, when the traces and their guns are in the database."""
        self.store = Store()
        with connection.cursor() as cursor:
            cursor.execute(ASKED)
            traces = list(Trace.objects.select_related("firearm").order_by("id"))
            cursor.executemany(STATE, list(map(_state, self._states(traces))))
        for trace in traces:
            self._people_and_result(trace)
        papd = next(trace for trace in reversed(traces) if trace.status not in Trace.UNSENT)
        self._reviews(papd.agency_id, papd.requested_by_id)
        self.store.add(TraceLimit, agency_id=papd.agency_id, days=21, set_at=self.at, set_by_id=papd.requested_by_id)
        self.store.close()
        with connection.cursor() as cursor:
            cursor.execute("select evidence_untraced(array(select id from evidence_firearm))")

    def _states(self, traces):
        """Some of each state that the first drawing does not know."""
        given_up = [trace for trace in traces if trace.status == "draft" and trace.firearm.is_privately_made]
        for trace in given_up:
            trace.status = "cancelled"
        return [
            *given_up,
            *self._every(traces, "draft", 2, "ready"),
            *self._every(traces, "accepted", 3, "in_progress"),
            *self._every(traces, "completed_to_dealer_only", 3, "completed_other"),
            *self._every(traces, "closed_incomplete", 4, "rejected"),
            *self._never_none(traces),
        ]

    def _every(self, traces, before, which, after):
        for trace in [each for each in traces if each.status == before and each.reason != "pmf_no_serial"][::which]:
            trace.recovered_city = "Port Alder"
            if after == "ready" and trace.faults():
                trace.recovered_city = ""
                continue
            trace.status = after
            if after == "completed_other":
                trace.reason = next(self.otherwise)
            elif after == "rejected":
                trace.reason = "need_more_info"
            yield trace

    def _never_none(self, traces):
        """At some hours chance leaves a state empty at the busiest desk: its newest answers are still on their way."""
        desk = Counter(trace.agency_id for trace in traces).most_common(1)[0][0]
        ours = [trace for trace in traces if trace.agency_id == desk]
        answered = (trace for trace in reversed(ours) if trace.status == "completed_to_purchaser")
        for status in sorted(set(ON_THE_WAY) - {trace.status for trace in ours}):
            trace = next(answered)
            trace.status = status
            yield trace

    def _people_and_result(self, trace):
        first, last, born = holder = self._somebody()
        bought = self._buyer(holder)
        known = {"first_name": first, "last_name": last, "city": "Port Alder", "state": "XX"}
        if self.rng.random() < 0.85:
            known["born_on"] = born
        if self.rng.random() < 0.7:
            self.store.add(TracePerson, trace_id=trace.pk, kind="possessor", **known)
        if trace.status in ("completed_to_purchaser", "completed_to_dealer_only"):
            self._result(trace, bought if trace.status == "completed_to_purchaser" else None)

    def _somebody(self):
        rng, day = self.rng, timedelta(days=self.rng.randrange(365))
        return rng.choice(FIRST), rng.choice(LAST), date(rng.randrange(1958, 2003), 1, 1) + day

    def _buyer(self, holder):
        chance = self.rng.random()
        if chance < 0.2:
            return holder
        return self.rng.choice(self.often) if chance < 0.2 + OFTEN_SHARE else self._somebody()

    def _result(self, trace, buyer):
        rng = self.rng
        name, number, city, state = rng.choices(list(DEALERS), list(DEALERS.values()))[0]
        values = {"dealer_name": name, "dealer_license": number, "dealer_city": city, "dealer_state": state}
        if buyer:
            first, last, born = buyer
            values |= {"purchaser_name": f"{last}, {first}", "purchaser_born_on": born}
            values |= {"purchaser_id_kind": "Driver's license", "is_multiple_sale": rng.random() < 0.08}
            values["purchaser_key"] = tracepeople.purchaser_key(values["purchaser_name"], born)
        values["theft"] = "dealer" if rng.random() < 0.03 else "none"
        values["dealer_key"] = tracepeople.dealer_key(number, name, city, state)
        values |= {"recorded_at": trace.completed_at, "recorded_by_id": trace.requested_by_id}
        self.store.add(TraceResult, trace_id=trace.pk, agency_id=trace.agency_id, **values)

    def _reviews(self, agency, by):
        """A file of results that left a few rows for a person."""
        at = self.at - timedelta(days=2)
        lines = [",".join(each.get(name, "") for name in COLUMNS) for each, _why in REVIEW]
        kept = vault.keep(["\n".join([",".join(COLUMNS), *lines, ""]).encode()], 1_000_000)
        file = {"sha256": kept.sha256, "kind": kept.kind, "size": kept.size, "stored_at": at, "stored_by_id": by}
        counts = {"rows": len(REVIEW), "new": 0, "updated": 0, "unchanged": 0, "review": len(REVIEW), "errors": 0}
        batch = self.store.add(
            ImportBatch,
            agency_id=agency,
            kind="traces",
            file_id=self.store.add(StoredFile, name=f"trace_results_{at:%Y-%m}.csv", **file),
            mapping=Mapping("trace", {name: Source([name]) for name in COLUMNS}).as_dict(),
            status="loaded",
            rows_total=len(REVIEW),
            rows_done=len(REVIEW),
            counts=counts | {"held": 0, "findings": 0, "compare": len(REVIEW)},
            created_at=at,
            created_by_id=by,
            started_at=at,
            finished_at=at + timedelta(seconds=2),
        )
        for place, (values, why) in enumerate(REVIEW):
            row = {"agency_id": agency, "batch_id": batch, "row": place + 2, "values": values, "why": why}
            self.store.add(TraceRow, fingerprint=f"{place:064d}", **row)
