"""Deconfliction: which agencies hold a record, who hears of that, and the lists of questions and answers."""

from agencies import walk
from agencies.access import agencies_with, groups_with
from agencies.models import Agency
from agencies.roles import Permission, Role
from evidence.models import Exhibit
from evidence.queries.reach import beginning, fetch, page_of
from leads import queries
from leads.models import DeconflictionRule, Inquiry, InquiryAnswer, Lead

PAGE, Kind = walk.PAGE, Inquiry.Kind
TOLD = (Role.COMMANDER, Role.CENTER_COORDINATOR)
# One statement whether an agency answers or not: the number is looked up by its index, and what an agency that does not
# answer holds falls out where a gun that the asker sees does. One record stands for however many there are.
HOLDERS = """
select distinct on (e.agency_id) e.agency_id as holder, e.id as exhibit, r.contact, r.phone, r.email
  from evidence_firearm f
  join evidence_exhibit e on e.id = f.exhibit_id
  join agencies_agency a on a.id = e.agency_id
  left join leads_deconflictionrule r on r.agency_id = e.agency_id
 where f.serial_key = %(key)s and f.serial_key <> '' and r.answers and a.is_active
   and (a.id = %(center)s or a.parent_id = %(center)s) and a.id <> %(agency)s
   and not exists (select from evidence_incidentgrant g
                    where g.content_object_id = e.incident_id and g.group_id = any(%(groups)s::int[]) offset 0)
 order by e.agency_id, e.id desc"""
# Who is a victim or a witness, or was not eighteen then, is answered for nobody: neither by that, nor by what else is
# said of them in that event, by whatever agency, record or lead. A name without an event falls with its lead.
PROTECTED = """
select from leads_assertion p join leads_entity o on o.id = p.entity_id join leads_leadevent w on w.id = p.event_id
 where (o.standing_id = n.standing_id or o.id in (select entity_id from k))
   and p.role in ('victim', 'witness') and p.withdrawn_at is null
   and (w.id = s.event_id or w.incident_id = v.incident_id or (s.event_id is null and p.lead_id = s.lead_id))"""
KNOWING = f"""
with k as materialized (select entity_id, particular_id from leads_entitykey where key = %(key)s)
select distinct on (s.agency_id) s.agency_id as holder, s.lead_id as lead, r.contact, r.phone, r.email
  from k
  join leads_entity n on n.id = k.entity_id
  join leads_assertion s on s.entity_id = k.entity_id
  join agencies_agency a on a.id = s.agency_id
  left join leads_leadevent v on v.id = s.event_id
  left join leads_deconflictionrule r on r.agency_id = s.agency_id
 where k.particular_id is null and s.withdrawn_at is null and r.answers and a.is_active
   and s.role in ('suspect', 'possessor', 'named')
   and coalesce(v.occurred_at, s.said_at) >= (n.born_on + interval '18 years') at time zone a.zone
   and (a.id = %(center)s or a.parent_id = %(center)s) and a.id <> %(agency)s
   and not exists (select from leads_leadgrant g
                    where g.content_object_id = s.lead_id and g.group_id = any(%(groups)s::int[]) offset 0)
   and not exists ({PROTECTED})
   and not exists (select from leads_deskitem d where d.lead_id = s.lead_id and d.state <> 'sent')
 order by s.agency_id, s.lead_id desc"""
SHOWN = """
select q.id, q.kind, q.asked_at, q.case_number, q.reason, q.answers_count, q.reviewed_at, q.review_note,
       a.code, a.mark, a.name as agency, a.zone, u.title, u.name as asker, q.asked_by_id, v.name as reviewer
  from k join leads_inquiry q on q.id = k.id
  join agencies_agency a on a.id = q.agency_id join agencies_user u on u.id = q.asked_by_id
  left join agencies_user v on v.id = q.reviewed_by_id
 order by k.key {order}, k.id {order}"""
# What is in a list of the reviewers: its conditions, and whether the newest stand first.
LISTS = {
    "": ("q.reviewed_at is null", False),
    "hits": ("q.answers_count > 0", True),
    "all": ("true", True),
}


def holders(user, agency, kind, key):
    """[{holder, exhibit or lead, contact, phone, email}] of the agencies of the center that hold a gun of exactly this
    number, or know a person by exactly this name and day of birth, where the asker may not see it, and that answer.
    """
    sql, permission = (HOLDERS, Permission.INCIDENT_VIEW) if kind == Kind.GUN else (KNOWING, Permission.LEAD_VIEW)
    center = agency.center
    who = {"groups": groups_with(user, permission), "center": center and center.pk, "agency": agency.pk}
    return fetch(sql, {"key": key, **who})


def asking_agencies(user):
    return Agency.objects.filter(pk__in=agencies_with(user, Permission.DECONFLICT_ASK)).order_by("name")


def overseers(agency):
    """Who hears of an answer on one side: the agency's commanders, else the center's coordinators."""
    found = set(queries.holders(agency, *TOLD))
    return found or (set(queries.holders(agency.center, *TOLD)) if agency.center else set())


def mine(user, limit=10):
    """One's own last questions."""
    found = Inquiry.objects.visible_to(user).filter(asked_by=user).order_by("-asked_at", "-id")
    return list(found.select_related("agency")[:limit])


def one(user):
    return Inquiry.objects.visible_to(user).select_related("agency", "asked_by", "reviewed_by")


def answers_of(inquiry):
    """What was answered, for who sees the question: the agency and whom to call, not which record."""
    return list(inquiry.answers.select_related("holder").order_by("holder__name"))


def inquiries(user, *, show="", cursor=None, limit=PAGE):
    """Questions of the agencies that a person reviews: those that nobody has looked at, the oldest first; `hits`,
    `all`, the newest first.
    """
    begin = walk.place(cursor)
    where, newest = LISTS.get(show, LISTS[""])
    walks = [f"from leads_inquiry q where q.agency_id = source.id and {where}"]
    found = page_of(user, walks, "q.asked_at", newest=newest, begin=begin)
    params = {"agencies": agencies_with(user, Permission.DECONFLICT_REVIEW), "limit": limit + 1, **beginning(begin)}
    return fetch(f"with {found}{SHOWN.format(order='desc' if newest else 'asc')}", params)


def asked_of_us(user, *, cursor=None, limit=PAGE):
    """What others asked about records of the agencies in which a person reviews, the newest first."""
    begin = walk.place(cursor)
    walks = ["from leads_inquiryanswer q where q.holder_id = source.id"]
    found = page_of(user, walks, "q.answered_at", newest=True, begin=begin)
    params = {"agencies": agencies_with(user, Permission.DECONFLICT_REVIEW), "limit": limit + 1, **beginning(begin)}
    return fetch(
        f"""
      with {found}
      select q.id, q.answered_at, q.inquiry_id, a.code, a.mark, a.name as agency, h.zone, h.name as holder,
             u.title, u.name as asker
        from k join leads_inquiryanswer q on q.id = k.id join leads_inquiry i on i.id = q.inquiry_id
        join agencies_agency a on a.id = i.agency_id join agencies_agency h on h.id = q.holder_id
        join agencies_user u on u.id = i.asked_by_id
       order by k.key desc, k.id desc""",
        params,
    )


def answer(user):
    """Answers of one's own agency with what their page shows."""
    found = InquiryAnswer.objects.visible_to(user)
    return found.select_related("inquiry__agency", "inquiry__asked_by", "holder")


def record_of(answer, user):
    """The exhibit or lead that an answer is about, for who sees it anyway, else None."""
    seen = Exhibit.objects.visible_to(user).filter(pk=answer.exhibit_id).select_related("incident")
    return (seen if answer.exhibit_id else Lead.objects.visible_to(user).filter(pk=answer.lead_id)).first()


def rule_of(agency):
    """What an agency set, or what holds until it does: it does not answer."""
    found = DeconflictionRule.objects.filter(agency=agency).first()
    return found or DeconflictionRule(agency=agency)


def rules(agencies, kinds):
    """[(agency, its rule)] of some agencies, by name."""
    found = agencies.filter(kind__in=kinds, is_active=True).select_related("deconfliction_rule").order_by("name")
    return [(each, getattr(each, "deconfliction_rule", None) or DeconflictionRule(agency=each)) for each in found]
