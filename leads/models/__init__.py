from leads.models.activity import Activity, LeadFile
from leads.models.bulletin import Bulletin, BulletinEvent, BulletinRecipient
from leads.models.calendarfeed import CalendarFeed
from leads.models.casedate import DateReminder, Deadline, ReminderRule
from leads.models.charge import Charge
from leads.models.cluster import Cluster, ClusterChange, ClusterLead, LeadPair, Specimen
from leads.models.comparison import Comparison
from leads.models.confirmation import ConfirmationItem, ConfirmationRequest
from leads.models.declining import DeclinationReason
from leads.models.desk import DeskItem, TriageRule
from leads.models.disclosure import Disclosure, Duty, ExculpatoryMark, Withholding, Wording
from leads.models.dissemination import Dissemination
from leads.models.docket import Docket, DocketMove, OfficeMeaning, StatusSpelling
from leads.models.enrichment import EnrichmentItem, EnrichmentRule
from leads.models.entity import Assertion, Entity, EntityKey, Particular, Person
from leads.models.escalation import Escalation
from leads.models.feedback import Feedback, Yield
from leads.models.gunarrest import ArrestRule, GunArrest
from leads.models.held import HeldNotice
from leads.models.inquiry import DeconflictionRule, Inquiry, InquiryAnswer
from leads.models.kept import StageDay, StaleDay
from leads.models.lead import Lead, LeadEvent, LeadGrant, LeadSearch
from leads.models.listed import ListedFact, ListedPerson
from leads.models.meeting import ActionItem, AgendaItem, Decision, Invited, Meeting
from leads.models.mention import LeadMention
from leads.models.naming import EventName
from leads.models.obligation import Assignment, Obligation
from leads.models.outcome import Outcome
from leads.models.packet import Packet, PacketVersion
from leads.models.part23 import Certificate, ListRule
from leads.models.proceeding import Proceeding, Revocation
from leads.models.prosecution import ReferralDecision, ReferralEvent, WorkNote
from leads.models.question import Question
from leads.models.referral import Referral
from leads.models.release import (
    PacketEvent,
    PacketRelease,
    PacketRetraction,
    PacketSeal,
    PacketUnmasking,
)
from leads.models.sameness import Sameness
from leads.models.scoring import LeadFlag, LeadScore, ScoreTable
from leads.models.screening import Screening, ScreeningVersion, VenueView
from leads.models.statute import Statute
from leads.models.task import Task, TaskStep, TaskTemplate
from leads.models.timing import Absence, ClockRule, TimeRequest

__all__ = [
    "Absence",
    "ActionItem",
    "Activity",
    "AgendaItem",
    "ArrestRule",
    "Assertion",
    "Assignment",
    "Bulletin",
    "BulletinEvent",
    "BulletinRecipient",
    "CalendarFeed",
    "Certificate",
    "Charge",
    "ClockRule",
    "Cluster",
    "ClusterChange",
    "ClusterLead",
    "Comparison",
    "ConfirmationItem",
    "ConfirmationRequest",
    "DateReminder",
    "Deadline",
    "Decision",
    "DeclinationReason",
    "DeconflictionRule",
    "DeskItem",
    "Disclosure",
    "Dissemination",
    "Docket",
    "DocketMove",
    "Duty",
    "EnrichmentItem",
    "EnrichmentRule",
    "Entity",
    "EntityKey",
    "Escalation",
    "EventName",
    "ExculpatoryMark",
    "Feedback",
    "GunArrest",
    "HeldNotice",
    "Inquiry",
    "InquiryAnswer",
    "Invited",
    "Lead",
    "LeadEvent",
    "LeadFile",
    "LeadFlag",
    "LeadGrant",
    "LeadMention",
    "LeadPair",
    "LeadScore",
    "LeadSearch",
    "ListRule",
    "ListedFact",
    "ListedPerson",
    "Meeting",
    "Obligation",
    "OfficeMeaning",
    "Outcome",
    "Packet",
    "PacketEvent",
    "PacketRelease",
    "PacketRetraction",
    "PacketSeal",
    "PacketUnmasking",
    "PacketVersion",
    "Particular",
    "Person",
    "Proceeding",
    "Question",
    "Referral",
    "ReferralDecision",
    "ReferralEvent",
    "ReminderRule",
    "Revocation",
    "Sameness",
    "ScoreTable",
    "Screening",
    "ScreeningVersion",
    "Specimen",
    "StageDay",
    "StaleDay",
    "StatusSpelling",
    "Statute",
    "Task",
    "TaskStep",
    "TaskTemplate",
    "TimeRequest",
    "TriageRule",
    "VenueView",
    "Withholding",
    "Wording",
    "WorkNote",
    "Yield",
]
