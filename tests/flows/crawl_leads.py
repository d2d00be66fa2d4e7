"""Pages of leads that only appear for one state of one record: the first record that opens it for somebody."""

import itertools

from django.urls import reverse

from agencies.models import User
from evidence.models import ImportBatch
from leads.actions import disseminations, gunarrests
from leads.demo.cast import DOMAIN
from leads.models import (
    ActionItem,
    AgendaItem,
    Assertion,
    Bulletin,
    Cluster,
    Comparison,
    ConfirmationRequest,
    Deadline,
    Decision,
    DeskItem,
    Disclosure,
    GunArrest,
    InquiryAnswer,
    Lead,
    LeadPair,
    ListedPerson,
    Meeting,
    Outcome,
    Packet,
    PacketRelease,
    PacketVersion,
    Person,
    Proceeding,
    Question,
    Referral,
    Revocation,
    Sameness,
    Screening,
    StatusSpelling,
    Statute,
    Task,
    TimeRequest,
    Withholding,
    WorkNote,
)
from tests.installation import Visitor

MOST = 12


def moments():
    """(name of the address, ids of records, who may open it)"""
    meeting = Meeting.objects.filter(status="open").latest("id")
    items = AgendaItem.objects.filter(meeting=meeting)
    asked = ConfirmationRequest.objects.order_by("id")
    people = ("examiner", "analyst", "detective", "supervisor", "coordinator")
    yield "meeting_change", Meeting.objects.filter(status="planned"), ("coordinator",)
    yield "minutes", Meeting.objects.filter(status="closed"), ("coordinator",)
    for name in ("meeting_close", "meeting_sheets", "agenda_add"):
        yield name, Meeting.objects.filter(pk=meeting.pk), ("coordinator",)
    for name in ("agenda_item", "agenda_remove", "agenda_decide"):
        yield name, items, ("coordinator",)
    yield "decision_give", Decision.objects.filter(item__in=items), ("coordinator",)
    for name in ("action_finish", "action_drop"):
        yield name, ActionItem.objects.filter(status="open"), ("coordinator", "detective")
    yield "cluster", Cluster.objects.order_by("id"), ("analyst",)
    yield "pair_take_back", LeadPair.objects.joined(), ("analyst",)
    same = Sameness.objects.standing().filter(verdict="same")
    yield "entity", same.values_list("one_id"), ("analyst",)
    yield "sameness_take_back", same, ("analyst",)
    yield "entity_same", same.values_list("one_id"), ("analyst",)
    yield "assertion_withdraw", Assertion.objects.standing(), ("analyst",)
    yield "confirmation_receive", asked.filter(status="asked"), people
    yield "confirmation_cancel", asked.filter(status="asked"), people
    for step, status in (("assign", "received"), ("return", "received"), ("results", "assigned")):
        yield f"confirmation_{step}", asked.filter(status=status), people
    yield "confirmation_again", asked.filter(status="returned"), people
    yield "comparison_correct", Comparison.objects.order_by("-id"), ("examiner",)
    yield "comparison_settle", Comparison.objects.filter(status="proposed"), ("examiner",)
    yield "lead_results", Lead.objects.filter(site__code="WCL", confirmed_count=0, status=1), ("examiner",)
    yield "outcome", Outcome.objects.filter(merged_into=None).order_by("-id"), ("analyst",)
    yield "outcome_merge", Outcome.objects.filter(merged_into=None).order_by("-id"), ("analyst",)
    prosecutors = ("prosecutor", "federal.prosecutor")
    sheets = Screening.objects.exclude(versions=None)
    for name in ("screening", "screening_edit", "screening_venue"):
        yield name, sheets, prosecutors
    for name in ("referral_note", "referral_check"):
        yield name, Referral.objects.filter(status="accepted").order_by("-id"), prosecutors
    yield "work_note_strike", WorkNote.objects.filter(struck_at=None, referral__office__code="DA"), ("prosecutor",)
    yield "referral_adopt", Referral.objects.filter(office__code="USAO", status="accepted"), prosecutors
    yield "referral_part", Referral.objects.exclude(adopts=None), prosecutors
    for name in ("task_finish", "task_drop"):
        yield name, Task.objects.open().order_by("id"), ("detective",)
    yield "question_answer", Question.objects.filter(status="open"), ("analyst",)
    listed = ListedPerson.objects.order_by("id")
    keepers = ("analyst", "coordinator")
    for step in ("review", "give", "move", "fact", "remove", "hold", "lift", "print"):
        yield f"listed_{step}", listed, keepers
    yield "listed_approve", listed.filter(status="candidate"), ("coordinator",)
    yield "listed_open", listed.filter(status="active"), ("detective",)
    yield "listed_propose", Person.objects.filter(listings=None), ("analyst",)
    due = Deadline.objects.open().filter(office__code="DA")
    for step in ("move", "done", "drop"):
        yield f"deadline_{step}", due, ("prosecutor",)
    cases = Referral.objects.filter(office__code="DA", status="accepted").order_by("id")
    for name in ("deadline_new", "referral_give"):
        yield name, cases, ("prosecutor",)
    bulletins = Bulletin.objects.order_by("id")
    yield "bulletin_edit", bulletins.filter(status="draft"), ("analyst",)
    yield "bulletin_submit", bulletins.filter(status="draft"), ("analyst",)
    for name in ("bulletin_approve", "bulletin_return"):
        yield name, bulletins.filter(status="waiting"), ("coordinator",)
    for name in ("bulletin_newer", "bulletin_retract"):
        yield name, bulletins.filter(status="sent"), ("coordinator",)
    packets = Packet.objects.order_by("id")
    yield "packet", packets, ("detective", "analyst")
    yield "packet_next", packets, ("detective", "analyst")
    yield "packet_version", PacketVersion.objects.order_by("id"), ("analyst",)
    given = PacketRelease.objects.order_by("id")
    yield "packet_release", given, ("prosecutor", "coordinator")
    yield "packet_revoke", given.filter(revoked_at=None), ("coordinator",)
    yield "packet_give", PacketVersion.objects.order_by("-id"), ("coordinator",)
    yield "packet_retract", given.values_list("version"), ("coordinator",)
    yield "packet_unmask", packets, ("analyst",)
    known = Withholding.objects.values_list("lead_id")
    for step in ("index", "mark"):
        yield f"disclosure_{step}", known, ("coordinator", "analyst")
    yield "disclosure_receipt", Disclosure.objects.filter(received_at=None), ("coordinator", "analyst")
    yield "packet_changes", PacketVersion.objects.filter(version=2), ("analyst",)
    yield "inquiry_answer", InquiryAnswer.objects.order_by("id"), ("coordinator",)
    requests = TimeRequest.objects.filter(status="asked")
    yield "obligation_time", requests.values_list("obligation_id"), ("supervisor", "commander", "coordinator")
    accepted = Referral.objects.filter(office__code="DA", status="accepted").order_by("id")
    for name in ("referral_outcome", "proceeding_new", "referral_revoke"):
        yield name, accepted.filter(charges__disposition="pending", charges__superseded_in=None), ("prosecutor",)
    yield "revocation_correct", Revocation.objects.filter(referral__in=accepted), ("prosecutor",)
    coming = Proceeding.objects.filter(referral__in=accepted, status="set")
    for step in ("hold", "put_off", "take_off"):
        yield f"proceeding_{step}", coming, ("prosecutor",)
    yield "statute_end", Statute.objects.used(), ("prosecutor",)
    yield "court_status", StatusSpelling.objects.waiting(), ("prosecutor", "analyst")
    yield "import_cancel", ImportBatch.objects.filter(status="checked"), ("technician", "analyst", "coordinator")


def unlinked_leads(url):
    visitors = {}
    for name, rows, people in moments():
        yield from itertools.islice(_tried(url, visitors, name, rows, people), 1)
    entry = ListedPerson.objects.filter(status="active").earliest("id")
    why = {"right": "review", "reason": "For the review of the list", "by": User.objects.get(email=f"analyst@{DOMAIN}")}
    disseminations.open_(entry=entry, how="printed", **why)
    yield "listed_paper", "analyst", reverse("listed_paper", args=[entry.pk])
    arrest = GunArrest.objects.filter(outcome__agency__code="PAPD").earliest("id")
    if arrest.status == "waiting":
        federal = User.objects.get(email=f"federal.prosecutor@{DOMAIN}")
        gunarrests.answer(arrest=arrest, status="asked", reason="Which gun?", by=federal)
    yield "gun_arrest", "supervisor", arrest.get_absolute_url()
    yield "gun_arrests", "prosecutor", reverse("gun_arrests")
    yield "gun_arrests", "federal.prosecutor", reverse("gun_arrests")
    waiting = GunArrest.objects.filter(status="waiting").order_by("id").first() or arrest
    yield "gun_arrest", "federal.prosecutor", waiting.get_absolute_url()
    desk = DeskItem.objects.filter(state="waiting").values_list("lead_id", flat=True)[0]
    yield "desk_many", "analyst", f"{reverse('desk_many')}?verb=send&lead={desk}"
    yield "entities", "analyst", f"{reverse('entities')}?q=a"
    yield "checklists", "coordinator", reverse("checklists")
    yield "task_template_new", "coordinator", reverse("task_template_new")
    yield "wordings", "coordinator", reverse("wordings")
    yield "wording_write", "coordinator", reverse("wording_write", args=[entry.agency_id])
    yield from _of_items(Withholding.objects.filter(status="refused").earliest("id"))


def _of_items(kept):
    """Steps on one item of what may have to be disclosed: of what was to be kept back and is not."""
    for name in ("disclosure_new", "disclosure_withhold"):
        yield name, "coordinator", f"{reverse(name, args=[kept.lead_id])}?item={kept.item}"


def _tried(url, visitors, name, rows, people):
    for row in rows[:MOST]:
        path = reverse(name, args=[row[0] if isinstance(row, tuple) else row.pk])
        for mail in people:
            if mail not in visitors:
                visitors[mail] = Visitor(url, User.objects.get(email=f"{mail}@{DOMAIN}"))
            if visitors[mail].get(path)[0] == 200:
                yield name, mail, path
