from agencies import policies as accounts
from agencies.access import is_member
from agencies.models import Agency
from agencies.roles import Permission
from evidence.models import ImportBatch
from evidence.policies.standing import works_for


def _load_agencies(user, center):
    """Agencies join the center whose file it is."""
    if center.kind != Agency.Kind.CENTER:
        return "Agencies are loaded for the center that they belong to."
    return accounts.create_agency(user, center)


# Who may make what these files bring says the app that keeps it.
OF_THE_HOUSE = {ImportBatch.Kind.AGENCIES: _load_agencies, ImportBatch.Kind.PEOPLE: accounts.keep_units}


def load_file(user, agency, kind):
    """Loading without a person, from the command line, is the named system actor's."""
    if kind == ImportBatch.Kind.LEADS and agency.kind not in Agency.GIVE_NOTICE:
        return "Lead notices are loaded for the center or for its laboratory."
    if kind in OF_THE_HOUSE:
        return OF_THE_HOUSE[kind](user, agency)
    permission = ImportBatch.PERMISSIONS[ImportBatch.Kind(kind)]
    if not user.is_system and not works_for(user, permission, agency):
        return f"Only people who may {permission.label.lower()} for {agency} can do this."
    return None


def take_records(user, agency, kind):
    """Copies of cases are for those whose role takes lists out; of agencies and people for those who keep them."""
    if kind in OF_THE_HOUSE:
        return OF_THE_HOUSE[kind](user, agency)
    if kind == ImportBatch.Kind.TRACES and not works_for(user, Permission.TRACE_EDIT, agency):
        return f"Only those who record the results of traces for {agency} take them out."
    if not works_for(user, Permission.LEAD_EXPORT, agency):
        return f"Only people who may {Permission.LEAD_EXPORT.label.lower()} for {agency} can do this."
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


def keep_files(user):
    return None if user.is_system else "The portal itself draws, scans and compares what is stored."


def take_file(user, record):
    """A file is reached through its record: who does not see that does not get it. The system tells what it loaded."""
    if not user.is_system and not type(record).objects.visible_to(user).filter(pk=record.pk).exists():
        return "This file belongs to a record that you do not see."
    return None
