"""Why a person may not do something to evidence, or None if they may. Actions enforce these, templates ask them."""

from evidence.policies.collection import answer_collection, owe_answer, set_collection_rule, withdraw_answer
from evidence.policies.exhibits import add_exhibit, correct_exhibit, correct_incident, record_custody, record_incident
from evidence.policies.files import choose_columns, load_file, move_import, store_file, take_file
from evidence.policies.laboratory import enter, receive
from evidence.policies.standing import NOT_BEFORE_NOW, works_for
from evidence.policies.traces import record_trace_result, request_trace, see_trace

__all__ = [
    "NOT_BEFORE_NOW",
    "add_exhibit",
    "answer_collection",
    "choose_columns",
    "correct_exhibit",
    "correct_incident",
    "enter",
    "load_file",
    "move_import",
    "owe_answer",
    "receive",
    "record_custody",
    "record_incident",
    "record_trace_result",
    "request_trace",
    "see_trace",
    "set_collection_rule",
    "store_file",
    "take_file",
    "withdraw_answer",
    "works_for",
]
