"""What is done by the clock (UTC), and how often."""

from celery.schedules import crontab

DAY = 24 * 3600


def _every(task, seconds, at=None):
    """A call that is of no use once the next one comes: a worker that was away does each once, not a day's worth."""
    return {"task": task, "schedule": at or seconds, "options": {"expires": seconds}}


SCHEDULE: dict[str, dict] = {
    "imports without a worker": _every("evidence.tasks.sweep_imports", 60),
    "verify chains of custody": _every("evidence.tasks.verify_custody", DAY, at=crontab(hour=7, minute=0)),
    # Morning in the Americas: the day has begun where the exhibits lie.
    "tell what is to be reviewed": _every("evidence.tasks.tell_reviews", DAY, at=crontab(hour=12, minute=0)),
    "suggest the same gun twice": _every("evidence.tasks.suggest_same_guns", 300),
    "photos and files without a worker": _every("evidence.tasks.sweep_files", 60),
    "compare files with their hashes": _every("evidence.tasks.check_files", 3600),
    "tell the end of the audit log": _every("agencies.tasks.tell_end_of_log", DAY, at=crontab(hour=8, minute=0)),
    "tidy sign-ins": _every("agencies.tasks.tidy_sign_ins", 3600),
    "match alerts": _every("evidence.tasks.match_alerts", 3600),
    "match waiting events": _every("leads.tasks.match_waiting", 300),
    "tell of clusters": _every("leads.tasks.tell_clusters", 60),
    "look for named exhibits": _every("leads.tasks.look_for_specimens", 3600),
    "release what two reviewed": _every("leads.tasks.release_reviewed", 60),
    "follow corrected incidents": _every("leads.tasks.follow_incidents", 300),
    "keep stage days": _every("leads.tasks.keep_stage_days", 60),
    "escalate": _every("leads.tasks.escalate", 60),
    "end pauses": _every("leads.tasks.keep_pauses", 60),
    "mark stale work": _every("leads.tasks.mark_stale", 3600),
    "tell action items": _every("leads.tasks.tell_action_items", 60),
    "tell overdue tasks and questions": _every("leads.tasks.tell_overdue_work", 60),
    "tell court dates": _every("leads.tasks.tell_dates", 600),
    "collect arrests": _every("leads.tasks.collect_arrests", 600),
    "give feedback": _every("leads.tasks.give_feedback", 300),
    "packets without a worker": _every("leads.tasks.sweep_packets", 60),
    "renew scores": _every("leads.tasks.renew_scores", DAY, at=crontab(hour=9, minute=0)),
    "keep people lists": _every("leads.tasks.keep_people_list", DAY, at=crontab(hour=8, minute=30)),
    "score by other weights": _every("leads.tasks.rescore", 300),
    "bring deferred leads back": _every("leads.tasks.come_back", 3600),
    "close leads that are done": _every("leads.tasks.close_done", DAY, at=crontab(hour=9, minute=30)),
    "seal and copy packets": _every("leads.tasks.keep_packets", 60),
    "mail letters": _every("agencies.tasks.mail_letters", 60),
    "mail notices": _every("agencies.tasks.mail_notifications", 60),
}
