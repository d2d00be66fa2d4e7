"""Which pages of the demo city somebody can reach: followed link by link from everybody's first page."""

import gzip
import re
from html import unescape
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from agencies.access import permissions
from agencies.models import Agency, User
from evidence import policies
from evidence.actions import imports, lab_requests
from evidence.models import (
    Acquisition,
    Attachment,
    CorrelationReview,
    Disposal,
    Exhibit,
    Firearm,
    HandOver,
    Incident,
    Inventory,
    LabRequest,
    LegalHold,
    Trace,
    TraceResult,
)
from leads.actions import assignments, obligations, referrals
from leads.demo.cast import DOMAIN, KNOWN
from leads.models import Charge, Lead, Obligation, Referral
from tests import factories
from tests.flows.crawl_leads import unlinked_leads
from tests.installation import Visitor

# Those with few pages come first, so that no one test has nearly all of them.
ROLES = [mail for mail, *_ in KNOWN[12::-1]]
# Who alone opens some pages; the others look to them as to somebody above.
ALONE = ["federal.prosecutor"]
# The pages that look different to different people are looked at once for each of these.
SEEN_BY_MANY = {
    "lead": ("analyst", "supervisor", "detective", "prosecutor"),
    "incident": ("technician",),
    "exhibit": ("technician",),
    "referral": ("analyst", "prosecutor"),
    "obligations": ("coordinator", "supervisor"),
}
# Files, fragments and what programs ask; everything else that answers a GET is a page.
NO_PAGE = re.compile(
    r"^api_|^health_|_export$|_file$|^file$|^import_progress$|^bench_look$|^gun_words$|^(lead|desk)_preview$|"
    r"^packet_(bag|copy|pdf|progress|certificate)$|^(home|search|notification|gallery|calendar_feed)$"
)
LINK = re.compile(r'href="(/[^"#]*)"')
PARTS = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')
MENU = re.compile(r"<nav.*?</nav>", re.S)


def all_visits(url):
    """{mail name of a person: [path]}, all that is reached by links from everybody's first page, each kind once; the
    names of those addresses; and what those pages weigh (`heft`) that were read for their links.
    """
    found, seen, hefts = {mail: [] for mail in (*ROLES, *ALONE)}, set(), {}
    for name, mail, path in (*unlinked(), *unlinked_leads(url)):
        seen.add(name)
        found[mail].append(path)
    for mail in ROLES:
        for name, path, page in reached(Visitor(url, person(mail)), mail, permissions(person(mail)), seen):
            seen.add(name)
            found[mail].append(path)
            hefts[path] = heft(page)
    return found, sorted(seen), hefts


def heft(page):
    """(bytes of a page as it is sent to a browser that takes gzip, the styles and scripts it asks for)."""
    return len(gzip.compress(page, 6)), sorted(set(PARTS.findall(page.decode())))


def person(mail):
    return User.objects.get(email=f"{mail}@{DOMAIN}")


def reached(visitor, mail, rights, seen):
    """(name, path, page) of the pages one person finds, following the links of each page that is new."""
    waiting, mine = ["/"], set()
    while waiting:
        path = waiting.pop(0)
        status, headers, page = visitor.get(path)
        if status == 302:
            waiting.insert(0, headers["Location"])
            continue
        name = resolve(urlsplit(path).path).url_name
        assert status in (200, 405), f"{mail} is led to {path}, which answers {status}"
        if status == 405 or not page.lstrip().startswith(b"<!"):
            continue
        if name not in seen or mail in SEEN_BY_MANY.get(name, ()):
            yield name, path, page
        text = page.decode()
        menu = set(LINK.findall("".join(MENU.findall(text))))
        for raw in LINK.findall(text):
            link = unescape(raw)
            target = name_of(link)
            assert may_open(rights, link), f"{mail} is shown {link} on {path}, and may not open it"
            wanted = target not in seen or mail in SEEN_BY_MANY.get(target, ()) or raw in menu
            if target not in mine and wanted and not NO_PAGE.search(target):
                mine.add(target)
                waiting.append(link)


def may_open(rights, link):
    """Whether somebody has a right that the page behind a link asks for: no page leads to a refusal."""
    view = resolve(urlsplit(link).path).func if not link.startswith("/static/") else None
    asked = getattr(view, "required_permission", None)
    return asked is None or bool(rights & {asked, *view.other_permissions})


def name_of(link):
    try:
        return resolve(urlsplit(link).path).url_name
    except Resolver404:
        assert link.startswith("/static/"), f"{link} leads nowhere"
        return "file"


def unlinked():
    """Pages that only appear at certain moments: (name, who, path)."""
    technician, lab = person("technician"), Agency.objects.get(code="WCL")
    batch = imports.upload(
        agency=Agency.objects.get(code="PAPD"),
        kind="incidents",
        upload=SimpleUploadedFile("june.csv", b"Incident no,Date,Where\n26-1,2026-06-01,Alder Av\n"),
        by=technician,
    )
    yield "import_columns", "technician", reverse("import_columns", args=[batch.pk])
    loose = factories.exhibit(Incident.objects.filter(agency__code="PAPD").latest("id"), number="99")
    okafor, papd = person("detective"), Q(agency__code="PAPD")
    lead = Lead.objects.filter(obligations__agency__code="PAPD").earliest("id")
    sent, other, third = Obligation.objects.filter(papd, state="sent")[:3]
    obligations.return_(obligation=sent, reason="wrong_agency", by=person("supervisor"))
    assignments.assign(obligation=other, investigator=okafor, by=person("supervisor"))
    unconfirmed = Lead.objects.filter(site=lab, confirmed_count=0).earliest("id")
    accepted = _decided(Q(office__code="DA"), "accepted")
    guns = Firearm.objects.filter(traces=None, exhibit__agency__code="PAPD").order_by("id")
    untraced = next(gun for gun in guns if not policies.request_trace(technician, gun))
    asked = _decided(papd, "more_asked", "declined")
    for name, who, row in (
        ("acquisition_enter", "examiner", Acquisition.objects.filter(site=lab, entered_at=None).earliest("id")),
        ("acquisition_receive", "technician", loose),
        ("trace_new", "technician", untraced),
        ("firearm_theft", "technician", untraced),
        ("obligation_reroute", "coordinator", sent),
        ("obligation_acknowledge", "supervisor", third),
        ("obligation_take", "probation", Obligation.objects.filter(agency__code="PROB", state="sent")[0]),
        ("obligation_start", "detective", other),
        ("lead_confirm", "examiner", unconfirmed),
        ("referral_new", "detective", lead),
        ("referral_answer", "detective", asked),
        ("referral_hearing", "prosecutor", accepted),
        ("charge_new", "prosecutor", accepted),
        ("charge_dispose", "prosecutor", Charge.objects.filter(referral__office__code="DA").earliest("id")),
    ):
        yield name, who, reverse(name, args=[row.pk])
    yield from property_room()
    yield from bench()
    yield "lead_bulk", "supervisor", f"{reverse('lead_bulk')}?verb=assign&lead={lead.pk}"


def _decided(whose, *statuses):
    """A case that its office decided on; at some hours chance leaves the demo without one, and it decides now."""
    found = Referral.objects.filter(whose, status__in=statuses).order_by("id").first()
    if found:
        return found
    waits = Referral.objects.filter(whose, status="referred").select_related("office").earliest("id")
    office = User.objects.filter(memberships__agency=waits.office, memberships__role="prosecutor")
    note = "Please add the microscopic comparison."
    return referrals.decide(referral=waits, status=statuses[0], by=office.earliest("id"), note=note)


def bench():
    """What a laboratory, a scene and the trace desk do with one record in one state."""
    examiner, papd, lab = person("examiner"), Q(incident__agency__code="PAPD"), Q(laboratory__code="WCL")
    guns = Exhibit.objects.filter(kind="firearm", held_by__code="WCL").order_by("id")
    waits = LabRequest.objects.filter(lab).order_by("id")
    loose, now = (
        factories.exhibit(Incident.objects.filter(agency__code="PAPD").latest("id"), number="98"),
        timezone.now(),
    )
    sent = lab_requests.send(
        incident=loose.incident, exhibits=[loose], laboratory=Agency.objects.get(code="WCL"), asked="entry",
        needed_on=now.date(), at=now, by=person("technician"),
    )  # fmt: skip
    scene = Incident.objects.filter(agency__code="PAPD", collection="", kind__in=Incident.GUNFIRE).latest("occurred_at")
    hung = Attachment.objects.filter(papd, withdrawn_at=None).order_by("id")
    named = TraceResult.objects.filter(agency__code="PAPD").order_by("id")
    for name, who, row in (
        ("acquisition_reject", "examiner", Acquisition.objects.filter(site__code="WCL", entered_at=None).latest("id")),
        ("test_fire_new", "examiner", next(gun for gun in guns if not policies.fire_gun(examiner, gun))),
        ("correlation", "examiner", CorrelationReview.objects.filter(site__code="WCL").latest("id")),
        ("lab_request_receive", "examiner", sent),
        ("lab_request_decline", "examiner", sent),
        ("lab_request_cancel", "technician", sent),
        ("lab_request_finish", "examiner", waits.filter(status="received")[0]),
        ("lab_request_send_back", "examiner", waits.filter(status__in=["received", "done"])[0]),
        ("collection_answer", "technician", scene),
        ("collection_owe", "technician", scene),
        ("attachment_withdraw", "technician", hung[0]),
        ("exhibit_files", "technician", hung.exclude(exhibit=None)[0].exhibit),
        ("disposal", "technician", Disposal.objects.filter(exhibit__agency__code="PAPD").earliest("id")),
        ("inventory", "technician", Inventory.objects.filter(agency__code="PAPD").earliest("id")),
        ("trace_result", "technician", Trace.objects.filter(agency__code="PAPD", status="accepted").earliest("id")),
        ("trace_dealer", "technician", named.exclude(dealer_key="")[0]),
        ("trace_purchaser", "technician", named.exclude(purchaser_key="")[0]),
    ):
        yield name, who, reverse(name, args=[row.pk])


def property_room():
    """What hands over, lets go and holds at Port Alder: pages for one state of one record."""
    papd = Q(exhibit__agency__code="PAPD")
    ito, sent = person("technician"), HandOver.objects.open().filter(papd)
    waits = Disposal.objects.filter(papd, status="proposed")
    for name, who, row in (
        ("hand_over_refuse", "technician", sent.exclude(offered_by=ito).filter(to_agency__code="PAPD").earliest("id")),
        ("hand_over_withdraw", "technician", sent.filter(offered_by=ito).earliest("id")),
        ("disposal_waive", "commander", waits.exclude(waived_by=None).earliest("id")),
        ("disposal_send_back", "commander", waits.earliest("id")),
        ("disposal_withdraw", "technician", waits.earliest("id")),
        ("disposal_carry_out", "technician", Disposal.objects.get(papd, status="approved")),
        ("hold_lift", "technician", LegalHold.objects.filter(papd).earliest("id")),
    ):
        yield name, who, reverse(name, args=[row.pk])
    yield "label_sheet", "technician", f"{reverse('label_sheet')}?stock=5160&place=PR1"
