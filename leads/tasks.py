"""Doors for the scheduler: each calls one action as the system user and is harmless when repeated."""

from celery import shared_task

from agencies.models import User


@shared_task
def escalate():
    """Every minute: whatever is due climbs, batch by batch; a day of downtime is made up in one go."""
    from leads.actions import escalations

    while escalations.climb(by=User.objects.system()):
        pass


@shared_task
def match_waiting():
    """Every five minutes: incidents loaded since may be those that events of notices wait for."""
    from leads.actions import events

    after = 0
    while after is not None:
        after = events.match_waiting(by=User.objects.system(), after=after).last


@shared_task
def tell_clusters():
    """Every minute: whose lead shares its gun with another one hears of it."""
    from leads.actions import clusters

    while clusters.tell(by=User.objects.system()):
        pass


@shared_task
def look_for_specimens():
    """Each hour: exhibits recorded since may be those that notices name."""
    from leads.actions import clusters

    after = 0
    while after is not None:
        after = clusters.look_again(by=User.objects.system(), after=after)


@shared_task
def release_reviewed():
    """Every minute: notices that were held go out once their second review is there."""
    from leads import queries
    from leads.actions import notices

    for held in queries.held_to_look_at():
        notices.release_reviewed(held=held, by=User.objects.system())


@shared_task
def follow_incidents():
    """Every five minutes: incidents corrected since tell another story on their leads."""
    from leads.actions import scores

    while scores.follow(by=User.objects.system()):
        pass


@shared_task
def renew_scores():
    """Each night, while most clocks stand still."""
    from leads.actions import scores

    while scores.renew(by=User.objects.system()):
        pass


@shared_task
def rescore():
    """Every five minutes: open leads of a center that put other weights in force are scored by them."""
    from leads.actions import scores

    while scores.rescore(by=User.objects.system()):
        pass


@shared_task
def come_back():
    """Each hour: deferred leads whose day has begun wait for triage again."""
    from leads.actions import desk

    while desk.come_back(by=User.objects.system()):
        pass


@shared_task
def close_done():
    """Each night: a lead on which nobody owes is closed by the last step on it, or else here."""
    from leads.actions import closings

    while closings.close_done(by=User.objects.system()):
        pass


@shared_task
def keep_stage_days():
    """Every minute: the dashboard's figures of days on which something changed are counted anew."""
    from leads.actions import stagedays

    while stagedays.keep(by=User.objects.system()):
        pass


@shared_task
def keep_pauses():
    """Every minute: pauses that came to their end are written down; the clocks ran by themselves."""
    from leads.actions import pauses

    while pauses.run_again(by=User.objects.system()):
        pass


@shared_task
def tell_action_items():
    """Every minute: what meetings gave out is told of when it is due soon, and when it is overdue."""
    from leads.actions import actionitems

    while actionitems.tell(by=User.objects.system()):
        pass


@shared_task
def tell_overdue_work():
    """Every minute: tasks and questions that are overdue are told of once."""
    from leads.actions import casetasks, questions

    while casetasks.tell(by=User.objects.system()):
        pass
    while questions.tell(by=User.objects.system()):
        pass


@shared_task
def mark_stale():
    """Every hour: open work on which nothing was done for days."""
    from leads.actions import stale

    while stale.mark(by=User.objects.system()):
        pass


@shared_task
def give_feedback():
    """Every five minutes: those whose work a lead was are told that it yielded."""
    from leads.actions import feedbacks

    while feedbacks.give(by=User.objects.system()):
        pass


@shared_task
def keep_people_list():
    """Each night: entries of people lists are flagged, dropped and purged; a night that was missed is made up."""
    from leads.actions import listed_rounds

    while listed_rounds.keep(by=User.objects.system()):
        pass


@shared_task
def tell_dates():
    """Every ten minutes: days in court and deadlines whose next step has begun, and those that are past."""
    from leads.actions import datereminders

    while datereminders.tell(by=User.objects.system()):
        pass


@shared_task
def collect_arrests():
    """Every ten minutes: new arrests come before the offices that look through them."""
    from leads.actions import gunarrests

    while gunarrests.collect(by=User.objects.system()):
        pass


@shared_task
def prepare_copy(release):
    """Once for each release; `keep_packets` finds what was lost."""
    from leads.actions import seals
    from leads.models import PacketRelease

    seals.prepare(release=PacketRelease(pk=release), by=User.objects.system())
    seals.pack(release=PacketRelease(pk=release), by=User.objects.system())


@shared_task
def keep_packets():
    """Every minute: versions are sealed, copies and bags that wait are made, what nobody acknowledged is told of."""
    from leads.actions import releases, seals
    from leads.models import PacketRelease
    from leads.queries import releases as queries

    for version in queries.unsealed()[:20]:
        seals.seal(version=version, by=User.objects.system())
    for release in PacketRelease.objects.unmade().order_by("pk")[:20]:
        seals.prepare(release=release, by=User.objects.system())
    for release in PacketRelease.objects.unbagged().order_by("pk")[:20]:
        seals.pack(release=release, by=User.objects.system())
    while releases.escalate(by=User.objects.system()):
        pass


@shared_task
def build_packet(version_id):
    """One version of a packet is set as pages."""
    from leads.actions import packets
    from leads.models import PacketVersion

    version, system = PacketVersion.objects.get(pk=version_id), User.objects.system()
    if packets.attempt(version=version, by=system):
        packets.build(version=version, by=system, watched=True)


@shared_task
def sweep_packets():
    """Every minute: versions whose worker or place in the queue may be lost are queued again."""
    from django.utils import timezone

    from leads.queries import packets

    for version_id in packets.lost(timezone.now()):
        build_packet.delay(version_id)
