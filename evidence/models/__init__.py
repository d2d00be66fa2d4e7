from evidence.models.acquisition import Acquisition
from evidence.models.alert import Detection, GunshotAlert
from evidence.models.case_number import FormerNumber, HyphenRule
from evidence.models.collection import Canvass, CollectionRule
from evidence.models.custody import CustodyEvent
from evidence.models.exhibit import Exhibit
from evidence.models.file import StoredFile
from evidence.models.firearm import Firearm, FirearmSight
from evidence.models.firearm_pair import FirearmPair
from evidence.models.handover import HandOver, Receipt
from evidence.models.import_batch import ImportBatch, ImportFinding, ImportMapping
from evidence.models.incident import Incident, IncidentGrant, Victim
from evidence.models.place import Place
from evidence.models.trace import Trace

__all__ = [
    "Acquisition",
    "Canvass",
    "CollectionRule",
    "CustodyEvent",
    "Detection",
    "Exhibit",
    "Firearm",
    "FirearmPair",
    "FirearmSight",
    "FormerNumber",
    "GunshotAlert",
    "HandOver",
    "HyphenRule",
    "ImportBatch",
    "ImportFinding",
    "ImportMapping",
    "Incident",
    "IncidentGrant",
    "Place",
    "Receipt",
    "StoredFile",
    "Trace",
    "Victim",
]
