"""Every address of the portal, with the record its number names. A new address has to be entered here."""

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agencies.access import has_permission

# The attribute of a Side that holds the record of the number in the address.
RECORD = {
    "notification": "notification", "notification_read": "notification", "invitation_send": "invitation",
    "agency": "police", "agency_rename": "police", "agency_part": "police", "agency_hours": "police",
    "agency_close_on": "police", "agency_open_on": "police", "saved_view_remove": "view",
    "invitation_withdraw": "invitation", "membership": "membership", "membership_grant": "membership",
    "membership_place": "membership", "membership_end": "membership", "person_lock": "membership",
    "person_release": "membership", "unit_change": "unit", "token_revoke": "token", "incident": "incident",
    "collection_answer": "bare", "collection_withdraw": "bare", "collection_owe": "bare", "collection_rule": "police",
    "lab_request": "lab_request", "lab_request_receive": "lab_request", "lab_request_finish": "lab_request",
    "lab_request_send_back": "lab_request", "lab_request_decline": "lab_request", "lab_request_cancel": "lab_request",
    "lab_request_new": "incident", "test_fire_new": "gun", "acquisition_reject": "acquisition",
    "correlation": "correlation", "correlation_again": "correlation",
    "detection": "detection", "detection_belong": "detection", "detection_make": "detection",
    "detection_dismiss": "detection", "detection_reopen": "detection",
    "incident_edit": "incident", "exhibit_new": "incident", "exhibit": "exhibit", "exhibit_edit": "exhibit",
    "custody_new": "exhibit", "acquisition_receive": "second",
    "hand_over": "hand_over", "hand_over_refuse": "hand_over", "hand_over_withdraw": "hand_over",
    "place": "place", "place_change": "place", "place_close": "place", "place_reopen": "place", "receipt": "receipt",
    "inventory_start": "place", "inventory": "inventory", "inventory_scan": "inventory",
    "inventory_finish": "inventory", "inventory_settle": "line", "disposal": "disposal",
    "disposal_approve": "disposal", "disposal_waive": "disposal", "disposal_send_back": "disposal",
    "disposal_withdraw": "disposal", "disposal_carry_out": "disposal", "disposal_review": "exhibit",
    "hold_new": "exhibit", "hold_lift": "hold",
    "acquisition_enter": "acquisition", "trace": "trace", "trace_new": "firearm",
    "trace_edit": "draft", "trace_sheet": "trace", "trace_result": "trace", "trace_cancel": "trace",
    "trace_again": "trace", "trace_dealer": "trace_result", "trace_purchaser": "trace_result",
    "trace_row": "trace_row", "trace_row_leave": "trace_row",
    "import": "batch", "import_columns": "batch", "import_progress": "batch", "import_findings": "batch",
    "import_findings_file": "batch", "import_rows_file": "batch", "import_file": "batch", "import_check": "batch",
    "import_mapping_file": "batch",
    "import_load": "batch", "import_cancel": "batch", "import_undo": "batch",
    "event_match": "waiting", "held_notice": "held", "lead_file": "file", "lead": "lead",
    "lead_preview": "lead", "lead_print": "lead", "lead_ask": "lead", "api_lead_ask": "lead",
    "obligation_take": "obligation", "api_obligation_take": "obligation", "lead_confirm": "lead",
    "lead_file_add": "lead", "lead_pair": "lead", "cluster": "cluster", "cluster_arrange": "cluster",
    "pair_take_back": "lead_pair", "mention": "mention", "mention_take_back": "mention",
    **{f"api_confirmation{step}": "confirmation" for step in
       ("", "_receive", "_assign", "_results", "_return", "_again", "_cancel")}, "api_lead_confirmation": "lead",
    **{f"confirmation{step}": "confirmation" for step in (
        "", "_receive", "_assign", "_results", "_return", "_again", "_cancel")},
    "confirmation_new": "lead", "lead_results": "lead", "comparison_correct": "comparison",
    "comparison_settle": "proposal",
    "bulletin_new": "lead", "bulletin_acknowledge": "recipient",
    **{f"bulletin{step}": "bulletin" for step in ("", "_edit", "_submit", "_approve", "_return", "_newer", "_retract")},
    "packet": "packet", "packet_next": "packet", "packet_new": "lead", "packet_changes": "newer_packet",
    **{f"packet_{step}": "packet_version" for step in ("version", "pdf", "progress", "again")},
    **{f"packet_{step}": "release" for step in ("release", "copy", "bag", "receive", "heed", "prepare", "revoke")},
    "packet_give": "newer_packet", "packet_retract": "newer_packet", "packet_unmask": "packet",
    "wording_write": "police",
    **{f"disclosure_{step}": "lead" for step in ("index", "mark", "new", "withhold")},
    "disclosure_receipt": "disclosure", "withholding_decide": "withholding", "withholding_lift": "withholding",
    "inquiry": "inquiry", "inquiry_review": "inquiry", "inquiry_answer": "inquiry_answer",
    "deconfliction_rule": "police",
    "obligation_acknowledge": "obligation", "obligation_assign": "obligation", "obligation_start": "obligation",
    "obligation_return": "obligation", "obligation_log": "obligation", "obligation_propose": "obligation",
    "obligation_approve": "obligation", "obligation_send_back": "obligation", "obligation_reroute": "obligation",
    "obligation_pause": "obligation", "obligation_resume": "obligation", "obligation_extend": "obligation",
    "obligation_time": "obligation", "absence_withdraw": "absence", "clock_rule": "police",
    "referral": "referral", "referral_new": "lead",
    "referral_decide": "referral", "referral_answer": "referral", "referral_hearing": "referral",
    "charge_new": "referral", "charge_dispose": "charge", "referral_give": "referral", "deadline_new": "referral",
    **{f"deadline_{step}": "deadline" for step in ("move", "done", "drop")}, "reminder_rule": "office",
    **{f"api_deadline_{step}": "deadline" for step in ("move", "done", "drop")}, "api_gun_arrest": "gun_arrest",
    "api_gun_arrest_answer": "gun_arrest", "api_referral_deadlines": "referral", "api_referral_prosecutor": "referral",
    "gun_arrest": "gun_arrest", "arrest_rule": "federal_office", "calendar_revoke": "feed",
    **{f"referral_{step}": "referral" for step in ("adopt", "part", "note", "check")},
    **{f"screening{step}": "screening" for step in ("", "_edit", "_venue")},
    "work_note_strike": "work_note", "api_work_note_strike": "work_note",
    **{f"api_referral_{step}": "referral" for step in ("adopt", "part", "notes", "check")},
    **{f"api_screening{step}": "screening" for step in ("", "_venue")},
    "referral_outcome": "referral", "proceeding_new": "referral", "referral_revoke": "referral",
    "revocation_correct": "revocation",
    **{f"{start}proceeding_{step}": "proceeding" for start in ("", "api_") for step in ("hold", "put_off", "take_off")},
    "statute_end": "statute", "court_status": "status_spelling", "court_status_back": "status_spelling",
    "decline_reason_new": "office", "decline_reason_set": "office", "api_decline_reason_set": "office",
    "api_incident_dockets": "incident",
    **{f"api_referral_{step}": "referral" for step in ("outcome", "proceedings", "revocation")},
    "api_statute_end": "statute", "api_court_status_say": "status_spelling",
    "api_lead_confirm": "lead", "api_lead_files": "lead", "api_lead_file": "file", "api_event_match": "waiting",
    "api_referral_hearing": "referral",
    "api_lead": "lead", "api_lead_activities": "lead", "api_obligation": "obligation",
    "api_obligation_acknowledge": "obligation", "api_obligation_assign": "obligation",
    "api_obligation_start": "obligation", "api_obligation_return": "obligation", "api_obligation_log": "obligation",
    "api_obligation_propose": "obligation", "api_obligation_approve": "obligation",
    "api_obligation_send_back": "obligation", "api_referral": "referral", "api_referral_decide": "referral",
    "api_obligation_reroute": "obligation", "api_referral_answer": "referral", "api_referral_charge": "referral",
    "api_charge_dispose": "charge",
    **{f"api_obligation_{step}": "obligation" for step in ("pause", "resume", "extend", "time", "tasks", "question")},
    "api_task_finish": "task", "api_task_drop": "task",
    **{f"api_question{step}": "question" for step in ("", "_answer", "_withdraw")},
    **{f"api_desk_{step}": "desk" for step in ("item", "accept", "send", "defer", "decline", "agree", "bring_back")},
    **{f"meeting{step}": "meeting" for step in ("", "_change", "_open", "_cancel", "_close", "_sheets")},
    **dict.fromkeys(("minutes", "minutes_file", "agenda_add"), "meeting"),
    "agenda_item": "agenda_item", "agenda_remove": "agenda_item", "agenda_decide": "agenda_item",
    "decision_give": "decision", "action_item": "action_item",
    "action_finish": "action_item", "action_drop": "action_item", "feedback_one": "feedback",
    **{f"outcome{step}": "outcome" for step in ("", "_merge")}, "outcome_part": "same_outcome",
    "obligation_tasks": "obligation", "question_new": "obligation", "task_finish": "task", "task_drop": "task",
    "task_template": "task_template", "task_template_retire": "task_template",
    **{f"question{step}": "question" for step in ("", "_answer", "_withdraw")},
    "incident_files": "incident", "incident_file_new": "incident", "incident_triage": "incident",
    "exhibit_files": "exhibit", "exhibit_file_new": "exhibit", "casing_sheet": "exhibit",
    "attachment": "attachment", "attachment_file": "attachment", "attachment_withdraw": "attachment",
    "firearm_theft": "firearm", "same_gun_yes": "pair", "same_gun_no": "pair", "same_gun_undo": "pair",
    **{f"desk_{step}": "desk" for step in ("item", "preview", "accept", "send", "defer", "decline", "agree", "back")},
    **{f"score_table{step}": "score_table" for step in ("", "_agree", "_discard")},
    "lead_score": "lead", "flag_withdraw": "flag",
    **{f"listed_{step}": "listed" for step in (
        "person", "open", "print", "paper", "approve", "review", "move", "remove", "hold", "lift", "give", "fact")},
    "listed_propose": "suspect", "listed_fact_withdraw": "listed_fact", "training_end": "certificate",
    **{f"entity{step}": "entity" for step in ("", "_unmask", "_same")}, "sameness_take_back": "sameness",
    "assertion_withdraw": "assertion", "person_name": "lead", "thing_name": "lead", "lead_checklist": "lead",
    "api_incident": "incident", "api_exhibit": "exhibit", "api_exhibit_custody": "exhibit",
    "api_lab_request_new": "incident", "api_scene": "bare", "api_scene_answer": "bare", "api_scene_withdraw": "bare",
    "api_scene_owe": "bare", "api_exhibit_offer": "exhibit", "api_exhibit_store": "exhibit",
    **{f"api_alert{step}": "detection" for step in ("", "_belong", "_make", "_dismiss", "_reopen")},
    **{f"api_hand_over{step}": "hand_over" for step in ("", "_confirm", "_refuse", "_withdraw")},
    **{f"api_place{step}": "place" for step in ("", "_exhibits", "_change", "_close", "_reopen")},
    **{f"api_lab_request{step}": "lab_request" for step in ("", "_receive", "_finish", "_send_back", "_decline")},
    "api_lab_request_cancel": "lab_request",
    **{f"api_correlation{step}": "correlation" for step in ("", "_review", "_decide", "_again")},
    **{f"api_trace{step}": "trace" for step in ("", "_result", "_cancel")},
}  # fmt: skip


def _walk(resolver, prefix=""):
    for item in resolver.url_patterns:
        if isinstance(item, URLResolver):
            yield from _walk(item, prefix + str(item.pattern))
        elif isinstance(item, URLPattern):
            yield prefix + str(item.pattern), item


EVERY = {item.name: (route, item.callback) for route, item in _walk(get_resolver())}
UNKNOWN = {name for name, (route, _view) in EVERY.items() if "<int:pk>" in route} - set(RECORD)
WITH_ID = sorted(set(RECORD) & set(EVERY))
WITHOUT = sorted(name for name, (route, _view) in EVERY.items() if "<" not in route)
PUBLIC = {name for name, (_route, view) in EVERY.items() if getattr(view, "is_public", False)}
PAGES = [name for name in WITHOUT if not EVERY[name][0].startswith("api/")]
LISTS_OF_API = [name for name in WITHOUT if EVERY[name][0].startswith("api/v1/")]


def kind_of(name):
    """The class of a view of the interface, the function of a page."""
    view = EVERY[name][1]
    return getattr(view, "cls", getattr(view, "view_class", view))


def methods(name):
    """What an address answers to: pages are asked with both, the interface with what it has."""
    kind = kind_of(name)
    return [each for each in ("get", "post", "patch") if hasattr(kind, each)] or ["get", "post"]


def right(name, method="get"):
    """The permission that the view of an address asks for, None for a public one."""
    kind = kind_of(name)
    by_method = getattr(kind, "required_permissions", {})
    found = by_method.get(method.upper()) if isinstance(by_method, dict) else None
    return found or getattr(kind, "required_permission", None)


def rights(name, method="get"):
    """The permissions of which each opens an address."""
    return right(name, method), *getattr(kind_of(name), "other_permissions", ())


def holders(side, name, method="get", most=3):
    """People of a side whose role opens the view, so that the record alone decides."""
    wanted = right(name, method)
    if wanted not in side.holders:
        side.holders[wanted] = [role for role in side.people if has_permission(side[role], wanted)]
    return [side[role] for role in side.holders[wanted][:most]]


def address(name, side=None, pk=None):
    if "<" not in EVERY[name][0]:
        return reverse(name)
    return reverse(name, args=[pk if pk is not None else getattr(side, RECORD[name]).pk])
