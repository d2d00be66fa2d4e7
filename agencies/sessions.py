"""Sessions in the database, as Django keeps them; the one of a request is read without a queryset: every page asks."""

from django.contrib.sessions.backends import db
from django.utils import timezone

_LIVE = "select * from django_session where session_key = %s and expire_date > %s"


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        found = next(iter(self.model.objects.raw(_LIVE, [self.session_key, timezone.now()])), None)
        if found is None:
            self._session_key = None
        return found
