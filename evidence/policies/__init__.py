"""Why a person may not do something to evidence, or None if they may. Actions enforce these, templates ask them."""

from evidence.policies.alerts import decide_detection, match_alerts, reopen_detection
from evidence.policies.attachments import attach, take_original, withdraw_file
from evidence.policies.collection import answer_collection, owe_answer, set_collection_rule, withdraw_answer
from evidence.policies.custody import (
    answer,
    arrive,
    check_chains,
    confirm,
    give,
    offer,
    record_custody,
    refuse,
    store,
    withdraw,
)
from evidence.policies.exhibits import add_exhibit, correct_exhibit, correct_incident, record_incident
from evidence.policies.files import choose_columns, keep_files, load_file, move_import, store_file, take_file
from evidence.policies.firearms import check_theft, decide_pair, why_not_described
from evidence.policies.laboratory import enter, receive
from evidence.policies.places import close_place, keep_places, lie_inside, reopen_place, work_at_bench
from evidence.policies.standing import NOT_BEFORE_NOW, works_for
from evidence.policies.traces import (
    ask_trace_again,
    begin_trace,
    cancel_trace,
    edit_trace,
    ready_trace,
    record_trace_result,
    request_trace,
    see_trace,
    send_trace,
    set_trace_limit,
    settle_trace_row,
)
from evidence.policies.triage import fill_sheet

__all__ = [
    "NOT_BEFORE_NOW",
    "add_exhibit",
    "answer",
    "answer_collection",
    "arrive",
    "ask_trace_again",
    "attach",
    "begin_trace",
    "cancel_trace",
    "check_chains",
    "check_theft",
    "choose_columns",
    "close_place",
    "confirm",
    "correct_exhibit",
    "correct_incident",
    "decide_detection",
    "decide_pair",
    "edit_trace",
    "enter",
    "fill_sheet",
    "give",
    "keep_files",
    "keep_places",
    "lie_inside",
    "load_file",
    "match_alerts",
    "move_import",
    "offer",
    "owe_answer",
    "ready_trace",
    "receive",
    "record_custody",
    "record_incident",
    "record_trace_result",
    "refuse",
    "reopen_detection",
    "reopen_place",
    "request_trace",
    "see_trace",
    "send_trace",
    "set_collection_rule",
    "set_trace_limit",
    "settle_trace_row",
    "store",
    "store_file",
    "take_file",
    "take_original",
    "why_not_described",
    "withdraw",
    "withdraw_answer",
    "withdraw_file",
    "work_at_bench",
    "works_for",
]
