from agencies.models.agency import Agency, AgencyOri, Holiday, ServiceCalendar, Unit
from agencies.models.audit_event import AuditEvent, AuditLink
from agencies.models.membership import Invitation, Membership
from agencies.models.notification import NoticeChoice, Notification
from agencies.models.outbox import Letter
from agencies.models.saved_view import SavedView
from agencies.models.token import ApiToken
from agencies.models.user import SignInAttempt, User

__all__ = [
    "Agency",
    "AgencyOri",
    "ApiToken",
    "AuditEvent",
    "AuditLink",
    "Holiday",
    "Invitation",
    "Letter",
    "Membership",
    "NoticeChoice",
    "Notification",
    "SavedView",
    "ServiceCalendar",
    "SignInAttempt",
    "Unit",
    "User",
]
