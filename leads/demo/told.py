"""What people were told and what was written down, collected in any order and written in the order of time."""

from datetime import timedelta

from django.db import connection

from agencies.models import AuditEvent, Notification
from leads.demo.store import Table

# Older notices were read and cleared long ago.
KEPT_DAYS, UNREAD_DAYS = 21, 3


class Told:
    def __init__(self, store, at):
        self.store, self.at = store, at
        self.notices, self.deeds = [], []

    def notify(self, when, verb, people, lead):
        """`lead` is a line; its id is known only when it is written, so it is asked for at the end."""
        if when > self.at - timedelta(days=KEPT_DAYS):
            self.notices += [(when, verb, person, lead) for person in sorted({person.id for person in people})]

    def audit(self, when, verb, model, key, agency, by, /, **data):
        self.deeds.append((when, verb, model._meta.label_lower, key, agency, by, data))

    def write(self):
        for when, verb, person, line in sorted(self.notices, key=lambda notice: (notice[0], notice[2], notice[1])):
            self.store.add(
                Notification,
                user_id=person,
                verb=verb,
                object_type="leads.lead",
                object_id=line.id,
                label=line.number,
                created_at=when,
                read_at=when + timedelta(hours=5) if when < self.at - timedelta(days=UNREAD_DAYS) else None,
                # Nobody gets mail about two years of fiction when a real mail server is set up.
                mailed_at=when,
            )

    def write_audit(self):
        """Through the chain's own trigger, in the order of time: the log has to hold like any other."""
        table = Table(AuditEvent, generated=("id",))
        for when, verb, label, number, agency, by, data in sorted(
            self.deeds, key=lambda deed: (deed[0], deed[3], deed[1])
        ):
            table.add(
                {
                    "at": when,
                    "verb": verb,
                    "by_id": by,
                    "agency_id": agency,
                    "object_type": label,
                    "object_id": number,
                    "data": data,
                }
            )
        with connection.cursor() as cursor:
            table.copy(cursor.cursor, table.rows())
