"""What the district attorney's office says for itself in every state, and what it has to disclose of its cases yet."""

from datetime import timedelta

from leads import statuswords
from leads.demo.store import Store
from leads.models import (
    Activity,
    DeclinationReason,
    ExculpatoryMark,
    OfficeMeaning,
    Referral,
    StatusSpelling,
    Withholding,
)

DAY = timedelta(days=1)
# A status of files, and one that no file has had yet; what the last one meant was taken back.
MEANINGS = (("Inactive", "deferred"), ("Dflt Adj", "deferred"), ("Adjudicated", ""))
REASONS = (("own_1", "Restorative justice program", False), ("own_2", "Sent to the city attorney", True),
           ("duplicate", "Duplicate", True))  # fmt: skip
# Marked so many days ago in entries of leads of the office's cases: the last waits for a second person.
MARKS = (
    (3, "impeaching", "The witness gave another height on the phone."),
    (9, "exculpatory", "A receipt puts him across the river at nine."),
    (23, "suspect", "A neighbor named somebody else."),
    (41, "exculpatory", "The second camera shows an empty corner."),
    (6, "impeaching", "An officer's report was corrected since."),
)
WHY = "The neighbor's safety, until the court decides."


class OfficeTables:
    def __init__(self, desks, at):
        self.office, self.center, self.at, self.store = desks["DA"], desks["CTR"], at, Store()
        self.people = [each.id for each in self.office.having("prosecutor")]

    def write(self):
        self._tables()
        self._marks()
        self.store.close()

    def _tables(self):
        first, office = self.people[0], self.office.id
        known = dict(StatusSpelling.objects.filter(center=self.center.id).values_list("raw", "pk"))
        for raw, meaning in MEANINGS:
            spelling = known.get(raw) or self.store.add(
                StatusSpelling, center_id=self.center.id, key=statuswords.key(raw), raw=raw, meaning="",
                seen_at=self.at - 5 * DAY,
            )  # fmt: skip
            self.store.add(
                OfficeMeaning, office_id=office, spelling_id=spelling, meaning=meaning, said_at=self.at - 5 * DAY,
                said_by_id=first,
            )  # fmt: skip
        for code, label, is_retired in REASONS:
            retired = {"retired_at": self.at - 4 * DAY, "retired_by_id": first} if is_retired else {}
            self.store.add(
                DeclinationReason, office_id=office, code=code, label=label, added_at=self.at - 20 * DAY,
                added_by_id=first, **retired,
            )  # fmt: skip

    def _marks(self):
        cases = Referral.objects.filter(office=self.office.id, status__in=Referral.OPEN, assigned_to__isnull=False)
        leads = list(dict.fromkeys(cases.order_by("-referred_at", "-pk").values_list("lead", flat=True)))[: len(MARKS)]
        for lead, (days, kind, note) in zip(leads, MARKS, strict=False):
            entry = Activity.objects.filter(lead=lead, exculpatory=None).order_by("-pk").values("pk", "by").first()
            if entry is None:
                continue
            made = self.store.add(
                ExculpatoryMark, lead_id=lead, activity_id=entry["pk"], kind=kind, note=note,
                marked_at=self.at - days * DAY, marked_by_id=entry["by"],
            )  # fmt: skip
        if leads and entry:
            self.store.add(
                Withholding, lead_id=lead, agency_id=self.office.id, item=f"mark-{made}", label=note, reason=WHY,
                status="proposed", proposed_at=self.at - DAY, proposed_by_id=self.people[-1],
            )  # fmt: skip
