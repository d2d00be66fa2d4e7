"""Who may do what: one table that a chief can read.

A role is held by a person in one agency. A permission without a line for a role is refused: there is no other place
where a right comes from,
and nobody passes by it (no superuser).
"""

from django.db import models


class Permission(models.TextChoices):
    INCIDENT_VIEW = "incident.view", "See incidents and exhibits"
    INCIDENT_EDIT = "incident.edit", "Record incidents, exhibits and custody"
    DISPOSAL_APPROVE = "disposal.approve", "Approve disposal of evidence"
    ACQUISITION_RECORD = "acquisition.record", "Record NIBIN entries"
    TRACE_VIEW = "trace.view", "See trace requests and results"
    TRACE_EDIT = "trace.edit", "Ask for traces and record results"
    IMPORT = "import.run", "Load files"
    LEAD_VIEW = "lead.view", "See leads"
    LEAD_IMPORT = "lead.import", "Load NIBIN lead notices"
    LEAD_CONFIRM = "lead.confirm", "Record an examiner's confirmation"
    LEAD_TRIAGE = "lead.triage", "Match and route leads, hang files on them"
    LEAD_EXPORT = "lead.export", "Export lists"
    OBLIGATION_ACKNOWLEDGE = "obligation.acknowledge", "Acknowledge or return for the agency"
    OBLIGATION_ASSIGN = "obligation.assign", "Assign to a unit and a person"
    OBLIGATION_WORK = "obligation.work", "Log activity and propose closing"
    OBLIGATION_TAKE = "obligation.take", "Take what nobody has on oneself"
    OBLIGATION_APPROVE = "obligation.approve", "Approve closing"
    PERSON_UNMASK = "person.unmask", "Read masked names of victims, witnesses and juveniles"
    REFERRAL_MAKE = "referral.make", "Refer a case to a prosecutor"
    REFERRAL_VIEW = "referral.view", "See referrals and cases"
    REFERRAL_DECIDE = "referral.decide", "Accept, decline, charge, record dispositions"
    PACKET_VIEW = "packet.view", "Read packets"
    PACKET_MAKE = "packet.make", "Make packets for prosecutors and courts"
    PACKET_RELEASE = "packet.release", "Release, revoke and retract packets"
    DISCLOSURE_KEEP = "disclosure.keep", "Keep the disclosure register of a lead"
    LISTED_VIEW = "listed.view", "Read the people list, once trained on 28 CFR Part 23"
    LISTED_KEEP = "listed.keep", "Propose people for the list and keep it"
    LISTED_APPROVE = "listed.approve", "Approve who is put on the list"
    BULLETIN_VIEW = "bulletin.view", "Read and acknowledge bulletins"
    BULLETIN_DRAFT = "bulletin.draft", "Draft bulletins"
    BULLETIN_APPROVE = "bulletin.approve", "Approve, send and retract bulletins"
    DECONFLICT_ASK = "deconflict.ask", "Ask whether another agency holds a record"
    DECONFLICT_REVIEW = "deconflict.review", "Review what was asked of other agencies"
    DASHBOARD_VIEW = "dashboard.view", "See the seven stages and the accountability board"
    AGENCY_MANAGE = "agency.manage", "Invite people, give roles, keep units"
    AUDIT_VIEW = "audit.view", "Read the audit log"
    TOKEN_USE = "token.use", "Hold an API token"
    HOME = "home.view", "Sign in and see one's own pages"


class Role(models.TextChoices):
    ANALYST = "analyst", "Analyst"
    EVIDENCE_TECHNICIAN = "evidence_technician", "Evidence technician"
    EXAMINER = "examiner", "Firearm examiner"
    DETECTIVE = "detective", "Detective"
    SUPERVISOR = "supervisor", "Supervisor"
    COMMANDER = "commander", "Commander"
    PROSECUTOR = "prosecutor", "Prosecutor"
    SUPERVISION_OFFICER = "supervision_officer", "Supervision officer"
    RESEARCHER = "researcher", "Researcher"
    COMMUNITY_LIAISON = "community_liaison", "Community liaison"
    AGENCY_ADMINISTRATOR = "agency_administrator", "Agency administrator"
    CENTER_COORDINATOR = "center_coordinator", "Center coordinator"
    AUDITOR = "auditor", "Auditor"


P = Permission

_SEES_CASES = {P.HOME, P.INCIDENT_VIEW, P.LEAD_VIEW, P.BULLETIN_VIEW, P.TOKEN_USE}
_DETECTIVE = _SEES_CASES | {
    P.TRACE_VIEW,
    P.OBLIGATION_WORK,
    P.PERSON_UNMASK,
    P.REFERRAL_MAKE,
    P.REFERRAL_VIEW,
    P.PACKET_VIEW,
    P.PACKET_MAKE,
    P.DISCLOSURE_KEEP,
    P.LISTED_VIEW,
    P.DECONFLICT_ASK,
}
_SUPERVISOR = _DETECTIVE | {
    P.DISPOSAL_APPROVE,
    P.OBLIGATION_ACKNOWLEDGE,
    P.OBLIGATION_ASSIGN,
    P.OBLIGATION_APPROVE,
    P.LEAD_EXPORT,
    P.BULLETIN_DRAFT,
    P.BULLETIN_APPROVE,
    P.PACKET_RELEASE,
    P.DASHBOARD_VIEW,
    P.LISTED_APPROVE,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    role: frozenset(permissions)
    for role, permissions in {
        Role.ANALYST: _SEES_CASES
        | {
            P.INCIDENT_EDIT,
            P.TRACE_VIEW,
            P.TRACE_EDIT,
            P.IMPORT,
            P.LEAD_IMPORT,
            P.LEAD_TRIAGE,
            P.LEAD_EXPORT,
            P.OBLIGATION_ACKNOWLEDGE,
            P.OBLIGATION_WORK,
            P.PERSON_UNMASK,
            P.REFERRAL_VIEW,
            P.PACKET_VIEW,
            P.PACKET_MAKE,
            P.DISCLOSURE_KEEP,
            P.BULLETIN_DRAFT,
            P.DECONFLICT_ASK,
            P.DASHBOARD_VIEW,
            P.LISTED_VIEW,
            P.LISTED_KEEP,
        },
        Role.EVIDENCE_TECHNICIAN: {
            P.HOME,
            P.INCIDENT_VIEW,
            P.INCIDENT_EDIT,
            P.ACQUISITION_RECORD,
            P.TRACE_VIEW,
            P.TRACE_EDIT,
            P.IMPORT,
            P.TOKEN_USE,
        },
        Role.EXAMINER: _SEES_CASES
        | {P.INCIDENT_EDIT, P.ACQUISITION_RECORD, P.LEAD_IMPORT, P.LEAD_CONFIRM, P.DASHBOARD_VIEW},
        Role.DETECTIVE: _DETECTIVE,
        Role.SUPERVISOR: _SUPERVISOR,
        Role.COMMANDER: _SUPERVISOR | {P.DECONFLICT_REVIEW},
        Role.PROSECUTOR: _SEES_CASES
        | {
            P.TRACE_VIEW,
            P.PERSON_UNMASK,
            P.REFERRAL_VIEW,
            P.REFERRAL_DECIDE,
            P.PACKET_VIEW,
            P.PACKET_MAKE,
            P.DISCLOSURE_KEEP,
            P.LISTED_VIEW,
        },
        Role.SUPERVISION_OFFICER: _SEES_CASES | {P.OBLIGATION_WORK, P.OBLIGATION_TAKE, P.LISTED_VIEW},
        Role.RESEARCHER: {P.HOME},
        Role.COMMUNITY_LIAISON: {P.HOME},
        Role.AGENCY_ADMINISTRATOR: {P.HOME, P.AGENCY_MANAGE},
        Role.CENTER_COORDINATOR: _SUPERVISOR
        | {
            P.IMPORT,
            P.LEAD_IMPORT,
            P.LEAD_TRIAGE,
            P.INCIDENT_EDIT,
            P.DECONFLICT_REVIEW,
            P.AGENCY_MANAGE,
            P.LISTED_KEEP,
        },
        Role.AUDITOR: {P.HOME, P.AUDIT_VIEW, P.DECONFLICT_REVIEW},
    }.items()
}


def roles_with(permission: Permission) -> list[str]:
    """The roles, as stored, that carry `permission`."""
    return [role.value for role, permissions in GRANTS.items() if permission in permissions]
