"""Telling people: one outbox row for each person and matter, shown in the page and mailed later with a number and a
link alone.
"""

from django.apps import apps
from django.utils import timezone

from agencies.models import Notification

SENTENCES = {
    "person.locked": "An account was locked after five wrong passwords",
    "invitation.accepted": "Somebody you invited joined your agency",
    "import.checked": "Your file is checked and can be loaded",
    "import.finished": "The file you loaded is done",
    "import.failed": "The file you loaded could not be read",
    "file.infected": "A virus was found in an uploaded file",
    "file.changed": "A stored file was changed behind the portal's back",
    "file.lost": "A stored file is missing",
    "import.undone": "The file you loaded is undone",
    "import.not_undone": "The file you loaded could not be undone",
    "exhibit.sent": "An exhibit was sent to your laboratory",
    "exhibit.back": "The laboratory sent exhibits of your agency back",
    "acquisition.rejected": "An exhibit of your agency cannot be entered in NIBIN",
    "lab_request.declined": "The laboratory declined what your agency asked for",
    "correlation.second": "A candidate waits for reviewer 2",
    "hand_over.offered": "An exhibit was handed to you: confirm that it arrived",
    "hand_over.confirmed": "An exhibit you handed over has arrived",
    "hand_over.refused": "An exhibit you handed over was refused",
    "hand_over.withdrawn": "An exhibit that was on its way to you stays where it was",
    "custody.broken": "A chain of custody does not hold",
    "disposal.proposed": "Disposal of an exhibit waits for your approval",
    "disposal.approved": "Disposal of an exhibit is approved",
    "review.due": "Exhibits of your agency have come to their review",
    "disposal.sent_back": "Disposal of an exhibit was not approved",
    "lead.sent": "New lead for your agency",
    "lead.asked": "Your agency is asked to take part in a lead",
    "desk.came": "A new lead waits for triage",
    "desk.proposed": "Declining a lead waits for a second person",
    "desk.declined": "A lead you proposed to decline is declined",
    "desk.brought_back": "A lead you proposed to decline was brought back",
    "desk.back": "A lead you deferred is back",
    "score_table.agreed": "Weights you wrote are put in force",
    "assertion.withdrawn": "What was said of somebody on a lead was withdrawn",
    "lead.grew": "A lead of your agency has a new event",
    "cluster.joined": "The gun of a lead is on another lead too",
    "cluster.parted": "What linked a lead to another one was taken back",
    "lead.withdrawn": "A lead of your agency was withdrawn: nothing is owed on it",
    "lead.event_withdrawn": "An event of a lead was withdrawn",
    "lead.unconfirmed": "A confirmed link of a lead was taken back",
    "lead.confirmed": "An examiner confirmed a link",
    "lead.compared": "An examiner reported on a lead: no link is confirmed by that",
    "lead.event_eliminated": "An examiner eliminated an event: it is off the line of a lead",
    "lead.event_restored": "An event is back on the line of a lead: a result was corrected",
    "lead.corrected": "A result of an examiner was corrected",
    "confirmation.asked": "Your laboratory is asked to confirm a lead",
    "confirmation.assigned": "A confirmation was given to you",
    "confirmation.returned": "The laboratory sent your request for confirmation back",
    "confirmation.cancelled": "A request for confirmation was cancelled",
    "comparison.proposed": "A corrected result waits for a second person to agree",
    "comparison.refused": "Your correction of a result was refused",
    "lead.closed": "A lead of your agency is closed",
    "obligation.acknowledged": "An agency acknowledged a lead",
    "obligation.assigned": "A lead was assigned to you",
    "obligation.unassigned": "A lead was given to somebody else",
    "obligation.started": "Work on a lead has begun",
    "obligation.returned": "An agency returned a lead",
    "obligation.given_back": "A lead of your agency went back to the center",
    "obligation.proposed": "Closing of a lead waits for your approval",
    "obligation.sent_back": "Closing was not approved: more to do",
    "obligation.closed": "Your part of a lead is closed",
    "obligation.reminded": "A reminder: overdue",
    "obligation.paused": "The clock of a lead stands still",
    "obligation.resumed": "The clock of a lead runs again",
    "obligation.stale": "Nothing was done on a lead for days",
    "time.asked": "A pause or more time waits for your decision",
    "time.granted": "The time you asked for is granted",
    "time.refused": "The time you asked for is refused",
    "absence.deputy": "You stand in for somebody who is out of office",
    "absence.over": "Somebody you stand in for is back",
    "obligation.rerouted": "A lead was routed to your agency",
    "escalation.due_soon": "Due soon",
    "escalation.overdue": "Overdue",
    "escalation.supervisor": "Overdue and escalated",
    "escalation.commander": "Overdue and escalated again",
    "escalation.coordinator": "Overdue, told to the center",
    "inquiry.held": "Another agency asked about a record of your agency",
    "inquiry.answered": "Another agency holds a record that your agency asked about",
    "inquiry.often": "Somebody asked other agencies as often as is allowed",
    "bulletin.submitted": "A bulletin waits for your approval",
    "bulletin.returned": "A bulletin you drafted was returned",
    "bulletin.sent": "A bulletin for your agency: acknowledge it",
    "bulletin.approved": "A bulletin you drafted was approved and sent",
    "bulletin.replaced": "A newer bulletin takes the place of one you have: acknowledge it",
    "bulletin.stale": "Do not rely on a bulletin you have: a link it tells of was taken back",
    "bulletin.went_stale": "A link that a bulletin of your agency tells of was taken back",
    "bulletin.retracted": "A bulletin you have was retracted: acknowledge that",
    "referral.made": "A case was referred to your office",
    "referral.accepted": "A referral was accepted",
    "referral.declined": "A referral was declined",
    "referral.more_asked": "The prosecutor asks for more",
    "referral.answered": "An agency answered your office",
    "referral.planned": "The next court date of a case is set or changed",
    "charge.added": "A charge was recorded on a case",
    "referral.disposed": "A case has a disposition",
    "packet.built": "The pages of a packet you asked for are there",
    "packet.failed": "The pages of a packet you asked for could not be built",
    "meeting.planned": "A lead review is planned",
    "meeting.changed": "A lead review was changed",
    "meeting.canceled": "A lead review is canceled",
    "meeting.closed": "The minutes of a lead review are there",
    "task.given": "Your part of a lead has new tasks",
    "task.overdue": "Tasks on a part of a lead are overdue",
    "question.asked": "Somebody at work on a lead asks the analysts",
    "question.answered": "An analyst answered your question",
    "question.overdue": "A question to the analysts is overdue",
    "action.given": "A lead review gave you something to do",
    "action.due_soon": "Action item due soon",
    "action.overdue": "Action item overdue",
    "action.done": "An action item is done",
    "action.dropped": "An action item was dropped",
    "listed.proposed": "A proposal for the people list waits for your approval",
    "listed.approved": "Your proposal for the people list is approved",
    "listed.review_due": "An entry of the people list is due for review",
    "listed.often": "Somebody asked the people list as often as is allowed",
    "listed.given": "The center gave you an entry of the people list",
    "listed.removed": "An entry of the people list was removed: stop using it",
    "listed.purged": "An entry of the people list was purged: destroy what you have of it",
    "feedback.arrest": "A lead you worked on led to an arrest",
    "feedback.warrant": "A lead you worked on led to an arrest warrant",
    "feedback.gun": "A lead you worked on led to a recovered gun",
    "feedback.charge": "A lead you worked on led to a charge",
    "feedback.conviction": "A lead you worked on led to a conviction",
}


def notify(people, verb, target, *, by=None, label=None, now=None):
    """Queue one notification for each distinct person but `by`, who did it and knows; the mail follows by a task, and
    again by a sweep if that is lost.
    """
    if verb not in SENTENCES:
        raise KeyError(verb)
    now = now or timezone.now()
    rows = [
        Notification(
            user_id=user_id,
            verb=verb,
            object_type=target._meta.label_lower,
            object_id=target.pk,
            label=label or str(target)[:80],
            created_at=now,
        )
        for user_id in sorted({person.pk for person in people} - {by and by.pk})
    ]
    return Notification.objects.bulk_create(rows)


def target_of(notification, user):
    """The record a notification names, if the user may still see it, else None."""
    model = apps.get_model(notification.object_type)
    return model.objects.visible_to(user).filter(pk=notification.object_id).first()
