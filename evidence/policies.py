"""Why a person may not do something to evidence, or None if they may. Actions enforce these, templates ask them."""

from django.utils import timezone

from agencies.access import groups_with, has_permission, is_member
from agencies.models import Agency
from agencies.roles import Permission
from evidence.models import Exhibit, ImportBatch, Trace

NOT_BEFORE_NOW = "This lies in the future. Check the date and the time."


def works_for(user, permission, agency):
    """Whether a person acts for an agency: as one of its own people or as one of its center's."""
    return has_permission(user, permission, agency.pk) or bool(
        agency.parent_id and has_permission(user, permission, agency.parent_id)
    )


def record_incident(user, agency):
    if not works_for(user, Permission.INCIDENT_EDIT, agency):
        return f"Only people who record evidence for {agency} can add an incident to it."
    return None


def correct_incident(user, incident):
    if not works_for(user, Permission.INCIDENT_EDIT, incident.agency):
        return f"Only people who record evidence for {incident.agency} can correct its incidents."
    return None


def add_exhibit(user, incident):
    if not works_for(user, Permission.INCIDENT_EDIT, incident.agency):
        return f"Only people who record evidence for {incident.agency} can add exhibits to its incidents."
    return None


def correct_exhibit(user, exhibit, kind=None, nibin_eligible=True, collected_at=None, **_others):
    if not works_for(user, Permission.INCIDENT_EDIT, exhibit.agency):
        return f"Only people who record evidence for {exhibit.agency} can correct its exhibits."
    if kind and kind != exhibit.kind == Exhibit.Kind.FIREARM and exhibit.firearm.traces.exists():
        return "A trace of this firearm was asked for, so it stays a firearm."
    if not nibin_eligible and exhibit.acquisitions.exists():
        return "A NIBIN site has received this exhibit already, so it stays one for NIBIN."
    if collected_at and exhibit.custody.filter(position=2, at__lt=collected_at).exists():
        return "This is later than the first hand-over in the chain of custody. Check the date and the time."
    return None


def record_custody(user, exhibit, at=None, last_at=None):
    groups = groups_with(user, Permission.INCIDENT_EDIT)
    if not groups or not exhibit.incident.grants.filter(group_id__in=groups).exists():
        return "Only people who record evidence for an agency that holds this exhibit can hand it over."
    if at and at > timezone.now():
        return NOT_BEFORE_NOW
    if at and last_at and at < last_at:
        return "This is earlier than the last entry of the chain. A chain of custody only goes forward: check the time."
    return None


def receive(user, exhibit, site=None, received_at=None):
    if not has_permission(user, Permission.ACQUISITION_RECORD):
        return "Only evidence technicians and examiners record what a NIBIN site received."
    if site and not any(
        has_permission(user, Permission.ACQUISITION_RECORD, each) for each in (site, exhibit.agency_id)
    ):
        return (
            f"Only technicians and examiners of {site} or of the agency that owns the exhibit can record this receipt."
        )
    if not exhibit.nibin_eligible:
        return f"Exhibit {exhibit} is marked as not for NIBIN: {exhibit.not_eligible_reason.lower()}."
    if site and exhibit.acquisitions.filter(site=site).exists():
        return f"{site} has received exhibit {exhibit} already."
    if received_at and received_at > timezone.now():
        return NOT_BEFORE_NOW
    return None


def enter(user, acquisition, entered_at=None, late_reason="", reference=None):
    if not has_permission(user, Permission.ACQUISITION_RECORD, acquisition.site):
        return f"Only technicians and examiners of {acquisition.site} record its NIBIN entries."
    if acquisition.entered_at:
        return "This exhibit has been entered already."
    if reference is not None and not reference.strip():
        return "Give the reference number that NIBIN shows for the entry."
    if entered_at is None:
        return None
    if entered_at < acquisition.received_at:
        return "The entry cannot be earlier than the receipt at the site. Check the date and the time."
    if entered_at > timezone.now():
        return NOT_BEFORE_NOW
    if entered_at > acquisition.due_at and not late_reason.strip():
        return "This entry is past its two business days. Say why it is late."
    return None


def see_trace(user, exhibit):
    """Trace data is held by law to people of law enforcement and prosecution who see the firearm."""
    groups = groups_with(user, Permission.TRACE_VIEW)
    if not groups or not exhibit.incident.grants.filter(group_id__in=groups).exists():
        return "Trace data is for investigators and prosecutors of the agencies on this case."
    return None


def request_trace(user, firearm):
    exhibit = firearm.exhibit
    if not works_for(user, Permission.TRACE_EDIT, exhibit.agency):
        return f"Only analysts and evidence technicians of {exhibit.agency} ask for traces of its firearms."
    if firearm.is_privately_made and not firearm.serial_key:
        return "A privately made firearm without a serial number cannot be traced. Test-fire it and enter it in NIBIN."
    missing = [name for name in ("make", "caliber", "type_code") if not getattr(firearm, name)]
    if not firearm.serial_key and not firearm.is_obliterated:
        missing.append("serial")
    if missing:
        names = {"make": "make", "caliber": "caliber", "type_code": "type", "serial": "serial number"}
        wanted = " and the ".join(names[each] for each in missing)
        return f"The tracing center asks for the {wanted}. Add what is missing to the firearm."
    open_states = [Trace.Status.DRAFT, Trace.Status.SUBMITTED, Trace.Status.ACCEPTED]
    if firearm.traces.filter(status__in=open_states).exists():
        return "A trace of this firearm is on its way already."
    return None


def record_trace_result(user, trace, status=None, reason="", trace_number=""):
    if not works_for(user, Permission.TRACE_EDIT, trace.agency):
        return f"Only analysts and evidence technicians of {trace.agency} record the results of its traces."
    if status is None:
        over = not Trace.TRANSITIONS[Trace.Status(trace.status)]
        return f"A trace that is {trace.get_status_display().lower()} takes no further result." if over else None
    if not trace.can_move_to(status):
        return (
            f"A trace that is {trace.get_status_display().lower()} cannot become {Trace.Status(status).label.lower()}."
        )
    if status == Trace.Status.CLOSED_INCOMPLETE and not reason:
        return "Say why the trace stopped short."
    if status == Trace.Status.ACCEPTED and not trace_number:
        return "Give the trace number that the tracing center answered with."
    return None


def load_file(user, agency, kind):
    """Loading without a person, from the command line, is the named system actor's."""
    if kind == ImportBatch.Kind.LEADS and agency.kind not in Agency.GIVE_NOTICE:
        return "Lead notices are loaded for the center or for its laboratory."
    permission = ImportBatch.PERMISSIONS[ImportBatch.Kind(kind)]
    if not user.is_system and not works_for(user, permission, agency):
        return f"Only people who may {permission.label.lower()} for {agency} can do this."
    return None


def move_import(user, batch, status):
    refused = load_file(user, batch.agency, batch.kind)
    if refused:
        return refused
    if not batch.can_move_to(status):
        now, then = batch.get_status_display().lower(), ImportBatch.Status(status).label.lower()
        return f"A file that is {now} cannot become {then}."
    if status in (ImportBatch.Status.CHECKING, ImportBatch.Status.LOADING) and not batch.mapping:
        return "Choose the columns first."
    return None


def choose_columns(user, batch):
    refused = load_file(user, batch.agency, batch.kind)
    if refused:
        return refused
    uploaded = ImportBatch.Status.UPLOADED
    if batch.status != uploaded and not batch.can_move_to(uploaded):
        return "The columns of a file can be changed while it is not being read and not loaded."
    return None


def store_file(user):
    if not user.is_system and not is_member(user):
        return "Only members of an agency can store files."
    return None


def take_file(user, record):
    """A file is reached through its record: who does not see that does not get it. The system tells what it loaded."""
    if not user.is_system and not type(record).objects.visible_to(user).filter(pk=record.pk).exists():
        return "This file belongs to a record that you do not see."
    return None
