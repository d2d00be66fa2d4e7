from evidence.models.acquisition import Acquisition
from evidence.models.alert import Detection, GunshotAlert
from evidence.models.attachment import Attachment, SentForm
from evidence.models.case_number import FormerNumber, HyphenRule
from evidence.models.collection import Canvass, CollectionRule
from evidence.models.custody import CustodyEvent
from evidence.models.disposal import Disposal, LegalHold, RetentionRule
from evidence.models.exhibit import Exhibit
from evidence.models.file import FileAlarm, Picture, StoredFile
from evidence.models.firearm import Firearm, FirearmSight
from evidence.models.firearm_pair import FirearmPair
from evidence.models.handover import HandOver, Receipt
from evidence.models.import_batch import ImportBatch, ImportFinding, ImportMapping
from evidence.models.import_change import ImportChange
from evidence.models.incident import Incident, IncidentGrant, Victim
from evidence.models.inventory import Inventory, InventoryLine
from evidence.models.laboratory import CorrelationReview, LabRequest, LabRequestItem
from evidence.models.place import Place
from evidence.models.review_call import ReviewCall
from evidence.models.trace import Trace
from evidence.models.trace_person import TracePerson
from evidence.models.trace_result import TraceLimit, TraceResult, TraceRow, UntracedGun
from evidence.models.triage import CasingMark, CasingSheet

__all__ = [
    "Acquisition",
    "Attachment",
    "Canvass",
    "CasingMark",
    "CasingSheet",
    "CollectionRule",
    "CorrelationReview",
    "CustodyEvent",
    "Detection",
    "Disposal",
    "Exhibit",
    "FileAlarm",
    "Firearm",
    "FirearmPair",
    "FirearmSight",
    "FormerNumber",
    "GunshotAlert",
    "HandOver",
    "HyphenRule",
    "ImportBatch",
    "ImportChange",
    "ImportFinding",
    "ImportMapping",
    "Incident",
    "IncidentGrant",
    "Inventory",
    "InventoryLine",
    "LabRequest",
    "LabRequestItem",
    "LegalHold",
    "Picture",
    "Place",
    "Receipt",
    "RetentionRule",
    "ReviewCall",
    "SentForm",
    "StoredFile",
    "Trace",
    "TraceLimit",
    "TracePerson",
    "TraceResult",
    "TraceRow",
    "UntracedGun",
    "Victim",
]
