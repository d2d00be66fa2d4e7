"""An analyst settles a number that a notice names and no lead has: which one is meant, or that there is none."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from leads.actions._bulletins import look_for_stale
from leads.actions._clusters import regroup
from leads.actions._leads import hold
from leads.models import Lead, LeadMention
from leads.policies import mentions as policies

SETTLED = ("named", "named_at", "named_by", "absent_at", "absent_by", "absent_why")


def _held(mention, *leads):
    """The mention as it stands, behind the locks of its lead and of others."""
    found = {each.pk: each for each in hold(Lead.objects.filter(pk__in={mention.lead_id, *leads}))}
    mention = LeadMention.objects.select_for_update(of=["self"], no_key=True).get(pk=mention.pk)
    mention.lead = found[mention.lead_id]
    return mention


def _say(mention, **values):
    for name in SETTLED:
        setattr(mention, name, values.get(name, "" if name == "absent_why" else None))
    mention.save(update_fields=SETTLED)


@transaction.atomic
def name(*, mention, lead, by, now=None):
    """The notice means this lead: both are of one gun as long as the notice stands."""
    now = now or timezone.now()
    mention = _held(mention, lead.pk)
    access.enforce(policies.settle, by, mention)
    seen = Lead.objects.visible_to(by).filter(pk=lead.pk, agency=mention.lead.agency_id).exclude(pk=mention.lead_id)
    if not seen.exists():
        raise Refused("Choose another lead of this center.", "mentions.name", mention)
    _say(mention, named=lead, named_at=now, named_by=by)
    said = {"number": mention.number, "named": lead.number}
    audit.record("lead.mention_settled", mention.lead, by=by, agency=mention.lead.agency, **said)
    regroup([mention.lead_id, lead.pk], by=by, now=now)
    return mention


@transaction.atomic
def say_absent(*, mention, why, by, now=None):
    """There is no such lead, and how that is known. Where its notice comes after all, it is tied all the same."""
    mention = _held(mention)
    access.enforce(policies.settle, by, mention)
    _say(mention, absent_at=now or timezone.now(), absent_by=by, absent_why=why)
    said = {"number": mention.number, "why": why}
    audit.record("lead.mention_absent", mention.lead, by=by, agency=mention.lead.agency, **said)
    return mention


@transaction.atomic
def take_back(*, mention, by, now=None):
    """What was said of a number is taken back: it waits again, and what only this tied falls apart."""
    now = now or timezone.now()
    was = LeadMention.objects.get(pk=mention.pk).named_id
    mention = _held(mention, *filter(None, [was]))
    access.enforce(policies.take_back, by, mention)
    was = mention.named_id
    _say(mention)
    audit.record("lead.mention_reopened", mention.lead, by=by, agency=mention.lead.agency, number=mention.number)
    if was:
        look_for_stale(regroup([mention.lead_id, was], by=by, now=now, lost=True), by=by, now=now)
    return mention
