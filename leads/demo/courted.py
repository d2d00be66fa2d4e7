"""What happened to accepted cases in court, in every state, and dockets that a file brought.

It runs over rows that were written, so that the rest of the city stays as it is.
"""

from datetime import date, timedelta

from django.db import connection

from evidence import vault
from evidence.imports.mapping import Mapping, Source
from evidence.models import ImportBatch, Incident, StoredFile
from leads import statuswords, statutes
from leads.demo.scenes import TZ
from leads.demo.store import Store
from leads.demo.words import FEDERAL_CHARGES, STATE_CHARGES
from leads.models import Charge, Docket, DocketMove, Proceeding, Referral, Revocation, StatusSpelling, Statute

DAY = timedelta(days=1)
EXPOSURES = (120, 60, 96, 36)
# Ids are counted on and not taken of the sequence, so that a seed gives the same rows.
NEXT = "(select coalesce(max(id), 0) from leads_proceeding) + row_number() over (order by r.id)"
# Every accepted case has its charging paper, and what is set for it.
FILED = f"""
insert into leads_proceeding (id, referral_id, kind, what, "on", court, number, status, custody, result, recorded_at,
                              recorded_by_id, ended_at, ended_by_id)
select {NEXT}, r.id, case a.kind when 'us_attorney' then 'indictment' else 'information' end, '',
       (r.decided_at at time zone a.zone)::date + 1,
       case a.kind when 'us_attorney' then 'U.S. District Court' else 'Wexley County Court' end, r.court_number, 'held',
       '', '', r.decided_at, r.decided_by_id, r.decided_at, r.decided_by_id
  from leads_referral r join agencies_agency a on a.id = r.office_id
 where r.status = 'accepted' and r.venue <> 'revocation' order by r.id"""
COMING = f"""
insert into leads_proceeding (id, referral_id, kind, what, "on", starts_at, court, number, status, custody, result,
                              recorded_at, recorded_by_id)
select {NEXT}, r.id,
       case r.next_what when 'Preliminary hearing' then 'preliminary' when 'Arraignment' then 'arraignment'
                        when 'Plea hearing' then 'plea' else 'hearing' end,
       case r.next_what when 'Motions' then 'Motions' else '' end, r.next_on, '09:30',
       case a.kind when 'us_attorney' then 'Courtroom 4' else 'Room 210' end, r.court_number, 'set', '', '',
       r.decided_at, r.decided_by_id
  from leads_referral r join agencies_agency a on a.id = r.office_id
 where r.status = 'accepted' and r.next_on is not null order by r.id"""
LISTED = """
update leads_charge c set in_table = true, max_months = t.most, min_months = t.least, consecutive = t.beside,
       to_check = t.unsure, offense_on = c.charged_on - 30, offense_class = t.class
  from unnest(%(citations)s::text[], %(most)s::int[], %(least)s::int[], %(beside)s::bool[], %(unsure)s::bool[],
              %(classes)s::text[]) t(citation, most, least, beside, unsure, class)
 where c.statute = t.citation"""
SENTENCED = """
update leads_charge c set sentenced_on = c.disposed_on, sentenced_by_court = case a.kind when 'us_attorney'
         then 'U.S. District Court' else 'Judge Ellery, County Court' end,
       forfeits_firearms = c.id %% 2 = 0, fine = case when c.id %% 5 = 0 then 500 end,
       supervised_months = case when a.kind = 'us_attorney' then 36 end,
       probation_months = case when a.kind = 'us_attorney' then null else c.probation_months end,
       range_low = case when a.kind = 'us_attorney' then greatest(c.prison_months - 6, 0) end,
       range_high = case when a.kind = 'us_attorney' then c.prison_months + 6 end,
       departure = case when a.kind = 'us_attorney' then 'within' else '' end,
       has_mandatory_minimum = a.kind = 'us_attorney' and c.min_months is not null
  from leads_referral r join agencies_agency a on a.id = r.office_id
 where r.id = c.referral_id and c.prison_months is not null"""
# Files tell of these, one after the other, for the cases of the latest leads.
DOCKETS = (("Active",), ("Active", "Adjudicated"), ("Paperd", "Closed"), ("Active", "Inactive"), ("Hld Ct",),
           ("Active", "Grand Jury No Bill"), ("Active", "Dspsd"))  # fmt: skip
MANY = 14


class Courted:
    def __init__(self, desks, at):
        self.desks, self.at, self.today, self.store = desks, at, at.astimezone(TZ).date(), Store()

    def write(self):
        lines = [statutes.in_force(statutes.FEDERAL, name, self.today) for name, _title in FEDERAL_CHARGES]
        lines = [line._replace(citation=name) for line, (name, _title) in zip(lines, FEDERAL_CHARGES, strict=True)]
        lines += self._office()
        classes = [""] * len(FEDERAL_CHARGES) + ["Felony 2", "Felony 3", "Felony 3", "Misdemeanor 1"]
        _write(FILED, {})
        _write(COMING, {})
        _write(LISTED, {
            "citations": [line.citation for line in lines], "most": [line.max_months for line in lines],
            "least": [line.min_months for line in lines], "beside": [line.consecutive for line in lines],
            "unsure": [line.tag == "K" for line in lines], "classes": classes,
        })  # fmt: skip
        _write(SENTENCED, {})
        for code in ("DA", "USAO"):
            accepted = Referral.objects.filter(office=self.desks[code].id, status="accepted", revocation=None)
            accepted = accepted.order_by("-decided_at")
            self._states(code, list(accepted.filter(next_on__isnull=False)[:3]))
            self._ends(code, list(accepted.filter(next_on=None)[:3]))
        self._dockets()
        self.store.close()

    def _office(self):
        """The statutes that the district attorney keeps; one of them changed with the year."""
        office, at = self.desks["DA"], self.at - 200 * DAY
        by, since, found = office.having("prosecutor")[0].id, date(self.today.year - 1, 1, 1), []
        for (citation, title), most in zip(STATE_CHARGES, EXPOSURES, strict=True):
            values = {"jurisdiction": "state", "elements": ["fictional, for this demonstration"], "added_at": at}
            values |= {"citation": citation, "key": statutes.key(citation), "title": title, "added_by_id": by}
            values |= {"office_id": office.id, "source": "The office's charging manual"}
            changed = citation == STATE_CHARGES[2][0]
            if changed:
                self.store.add(Statute, max_months=most - 36, until_on=since, **values)
            self.store.add(Statute, max_months=most, since_on=since if changed else None, **values)
            found.append(statutes.Line(citation, title, (), most, jurisdiction="state", tag="O"))
        return found

    def _step(self, case, kind, on, status="held", **values):
        """A proceeding, recorded by whoever decided on the case."""
        at, by = max(case.decided_at, self.at - 20 * DAY), case.decided_by_id
        ended = {} if status == "set" else {"ended_at": at, "ended_by_id": by}
        return self.store.add(
            Proceeding, referral_id=case.pk, kind=kind, on=on, status=status, number=case.court_number, recorded_at=at,
            recorded_by_id=by, **ended, **values,
        )  # fmt: skip

    def _states(self, code, cases):
        """Cases still before the court: detained, put off, taken off, and superseded."""
        court = {"court": "Courtroom 4" if code == "USAO" else "Room 210"}
        for place, case in enumerate(cases):
            day = case.decided_at.astimezone(TZ).date()
            custody, result = (("detained", "Danger to the community"), ("bail", "$50,000"), ("released", ""))[place]
            self._step(case, "bail", min(day + 2 * DAY, self.today), custody=custody, result=result, **court)
        for case in cases[:1]:
            self._step(case, "hearing", self.today - 5 * DAY, "continued", result="The defense asked for time", **court)
            self._step(case, "hearing", self.today - 4 * DAY, "off", what="Motions", result="Motion withdrawn", **court)
        for case in cases[1:2]:
            self._superseded(case)

    def _superseded(self, case):
        """The charges of a case are replaced by an indictment, and the first of them is charged in it again."""
        day = max(self.today - 3 * DAY, case.decided_at.astimezone(TZ).date() + DAY)
        made = self._step(case, "superseding", day, result="Two counts added")
        charges = list(Charge.objects.filter(referral=case, disposition="pending").order_by("id"))
        _write("update leads_charge set superseded_in_id = %(made)s where id = any(%(ids)s)",
               {"made": made, "ids": [each.pk for each in charges]})  # fmt: skip
        for charge in charges[:1]:
            same = ("statute", "title", "offense_on", "offense_class", "in_table", "max_months", "min_months",
                    "consecutive", "to_check")  # fmt: skip
            values = {name: getattr(charge, name) for name in same}
            self.store.add(Charge, referral_id=case.pk, counts=charge.counts + 2, charged_on=day, **values)

    def _ends(self, code, cases):
        """Ends that chance leaves out: deferred, a juvenile's, over to the federal court, and supervision revoked."""
        ends = (("deferred", {}), ("juvenile_adjudicated", {"probation_months": 12}), ("transferred_federal", {}))
        statute, title = STATE_CHARGES[3]
        for case, (disposition, sentence) in zip(cases, ends if code == "DA" else (), strict=False):
            day = case.decided_at.astimezone(TZ).date()
            ended = {"charged_on": min(day + DAY, self.today), "disposed_on": self.today}
            self.store.add(
                Charge, referral_id=case.pk, statute=statute, title=title, counts=1, disposition=disposition,
                in_table=True, max_months=EXPOSURES[3], **ended, **sentence,
            )  # fmt: skip
        for case in cases[-1:]:
            self.store.add(
                Revocation, referral_id=case.pk, of="supervised" if code == "USAO" else "probation",
                revoked_on=self.today - 2 * DAY, months=14, court="U.S. District Court" if code == "USAO" else
                "County Court", recorded_at=self.at - DAY, recorded_by_id=case.decided_by_id,
            )  # fmt: skip

    def _dockets(self):
        papd, center = self.desks["PAPD"], self.desks["CTR"]
        by = papd.having("evidence_technician")[0].id
        said = {"meaning": "closed", "said_at": self.at - 2 * DAY, "said_by_id": center.having("analyst")[0].id}
        known = {raw: self.store.add(
            StatusSpelling, center_id=center.id, key=statuswords.key(raw), raw=raw, seen_at=self.at - 30 * DAY,
            **(said if raw == "Dspsd" else {"meaning": statuswords.meaning(raw)}),
        ) for raw in sorted({raw for each in DOCKETS for raw in each})}  # fmt: skip
        referred = Referral.objects.filter(status="accepted").order_by("-decided_at", "-pk")
        leads = list(referred.values_list("lead", flat=True)[:60])
        found = Incident.objects.filter(agency=papd.id, lead_events__lead__in=leads).order_by("-occurred_at", "pk")
        numbers = list(found.values_list("pk", "case_number", "occurred_at").distinct()[:MANY])
        batches = [self._batch(papd.id, by, days, numbers, turn) for turn, days in enumerate((30, 3))]
        for place, (pk, _number, at) in enumerate(numbers):
            said = DOCKETS[place % len(DOCKETS)]
            docket = self.store.add(
                Docket, incident_id=pk, number=_named(place), status_raw=said[-1], spelling_id=known[said[-1]],
                court="Criminal division", court_level="County Court", county="Wexley",
                filed_on=at.astimezone(TZ).date() + 6 * DAY, booking=f"B-{70210 + place}",
            )  # fmt: skip
            for turn, raw in enumerate(said):
                moved = self.at - (30, 3)[turn] * DAY
                self.store.add(DocketMove, docket_id=docket, spelling_id=known[raw], status_raw=raw,
                               batch_id=batches[turn], moved_at=moved)  # fmt: skip

    def _batch(self, agency, by, days, numbers, turn):
        """A file of dockets as it was loaded."""
        at = self.at - days * DAY
        rows = [f"{number},{_named(place)},{said[min(turn, len(said) - 1)]}" for place, (_pk, number, _at) in
                enumerate(numbers) for said in [DOCKETS[place % len(DOCKETS)]]]  # fmt: skip
        kept = vault.keep(["\n".join(["Case Number,Docket Number,Status", *rows, ""]).encode()], 1_000_000)
        file = {"sha256": kept.sha256, "kind": kept.kind, "size": kept.size, "stored_at": at, "stored_by_id": by}
        columns = {"case_number": "Case Number", "number": "Docket Number", "status": "Status"}
        moved = sum(len(DOCKETS[place % len(DOCKETS)]) > 1 for place in range(len(numbers)))
        new, updated = (0, moved) if turn else (len(rows), 0)
        counts = {"rows": len(rows), "new": new, "updated": updated, "unchanged": len(rows) - new - updated}
        return self.store.add(
            ImportBatch, agency_id=agency, kind="dockets", status="loaded", rows_total=len(rows), rows_done=len(rows),
            file_id=self.store.add(StoredFile, name=f"dockets_{at:%Y-%m}.csv", **file),
            mapping=Mapping("docket", {name: Source([column]) for name, column in columns.items()}).as_dict(),
            counts=counts | {"errors": 0, "review": 0, "held": 0, "findings": 0, "twice": 0, "joined": 0},
            created_at=at, created_by_id=by, started_at=at, finished_at=at + DAY / 86400,
        )  # fmt: skip


def _named(place):
    return f"WX-CR-{26_00410 + 7 * place}"


def _write(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
