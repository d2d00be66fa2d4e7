"""The rules of the code's shape, read off the code itself. Each test lists all that break its rule."""

import ast
import functools
import re

import pytest

from tests.architecture import source

WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Calls of these names that are no writes to the database.
INNOCENT = re.compile(
    r"^(hashlib|hasher|digest|sha|hash|messages|cache|request\.session|session|self\.fields|context|data|values|params|"
    r"counts|kwargs|attrs|query|form|shutil|os|_?seen|found|super\(\)|names|headers|extra|book|workbook|image|environ|"
    r"_entries|columns|saved_views|default_storage)\b"
)
WRITERS = {"actions", "audit", "notifications", "access", "management", "loading", "stage", "vault"}
# What a person does with their own notices is nobody's business; what becomes of a claimed mail is written by `settle`;
# what was counted says nothing that the records do not say.
UNAUDITED = {("notices.py", "read"), ("notices.py", "read_all"), ("outbox.py", "claim"), ("stagedays.py", "keep")}
ACTIONS = list(source.public_actions())
MARKS = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b")


def offenders(paths, check):
    return {source.name(path): found for path in paths if (found := check(path))}


def in_actions(check):
    return {f"{source.name(path)}:{node.name}": found for path, node in ACTIONS if (found := check(path, node))}


def test_the_walk_finds_the_code():
    assert len(ACTIONS) > 50
    assert len(source.files()) > 100


def test_files_stay_under_300_lines():
    """Those of the tests as well; only their functions may be long, where one tells a story from end to end."""
    paths = [*source.files(), *source.files("tests")]
    assert offenders(paths, lambda path: max(0, len(path.read_text().splitlines()) - 300)) == {}


def test_functions_stay_within_40_lines_and_views_within_25():
    def too_long(path):
        limit = 25 if source.layer(path) in ("views", "api") else 40
        return {f.name: source.length(f) for f in source.functions(path) if source.length(f) > limit}

    assert offenders(source.files(), too_long) == {}


def test_imports_stand_at_the_top_but_for_tasks():
    def inline(path):
        return [
            node.lineno
            for function in source.functions(path)
            for node in source.nodes(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]

    paths = [path for path in source.files(*source.APPS) if path.name != "tasks.py"]
    assert offenders(paths, inline) == {}


def test_nothing_works_from_afar():
    """No signals and no thread-locals: who does what is read where it is called."""
    afar = re.compile(r"django\.dispatch|db\.models\.signals|threading\.local")
    assert offenders(source.files(*source.APPS), lambda path: afar.findall(path.read_text())) == {}


def test_only_actions_write():
    def written(path):
        return [
            call
            for call in source.calls(source.tree(path))
            if call.rpartition(".")[2] in WRITES and "." in call and not INNOCENT.match(call)
        ]

    paths = [path for path in source.files(*source.APPS) if source.layer(path) not in WRITERS]
    assert offenders(paths, written) == {}


def says_what_it_saves(keyword):
    """An insert writes every column, so whether it is one must not hang on a variable."""
    if keyword.arg == "force_insert":
        return isinstance(keyword.value, ast.Constant) and keyword.value.value is True
    return keyword.arg in ("update_fields", None)


def test_a_loaded_row_is_never_saved_whole():
    def bare(path):
        return [
            node.lineno
            for node in source.nodes(source.tree(path))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "save"
            and not INNOCENT.match(ast.unparse(node.func))
            and not any(says_what_it_saves(keyword) for keyword in node.keywords)
        ]

    assert offenders(source.files(*source.APPS), bare) == {}


def test_a_lock_lets_through_who_only_names_the_row():
    """Every row that refers to a person, an agency or a lead looks at commit that it is there: that must not wait for
    somebody who works on it. See docs/adr/0002.
    """

    def too_strong(path):
        return [
            ast.unparse(node)
            for node in source.nodes(source.tree(path))
            if (isinstance(node, ast.Call) and _is_lock(node) and "no_key=True" not in ast.unparse(node))
            or (isinstance(node, ast.Constant) and re.search(r"(?<!no key )\bfor update\b", str(node.value), re.I))
        ]

    assert offenders(source.files(*source.APPS), too_strong) == {}


def _is_lock(call):
    return isinstance(call.func, ast.Attribute) and call.func.attr == "select_for_update"


def test_an_action_is_one_transaction():
    assert in_actions(lambda _, node: "transaction.atomic" not in source.decorators(node)) == {}


def test_an_action_takes_only_names_and_says_by_whom():
    def careless(_, node):
        given = node.args
        defaults = dict(zip([a.arg for a in given.kwonlyargs], given.kw_defaults, strict=True))
        if given.args or given.posonlyargs:
            return "takes arguments by position"
        return "by is missing or optional" if defaults.get("by", "missing") is not None else None

    assert in_actions(careless) == {}


def test_an_action_is_audited():
    wanted = {"audit.record", "audit.record_many"}
    assert (
        in_actions(lambda path, node: (path.name, node.name) not in UNAUDITED and not _reaches(path, node, wanted))
        == {}
    )


def _reaches(path, node, wanted, seen=()):
    """Whether a function, or one of its module's own or of the app's private helpers that it calls, calls `wanted`."""
    called = set(source.calls(node))
    if called & wanted:
        return True
    own = _functions_at_hand(path)
    return any(_reaches(path, own[name], wanted, (*seen, name)) for name in called & set(own) - set(seen))


@functools.cache
def _functions_at_hand(path):
    """{name: function} of a module and the private helpers beside it."""
    own = {f.name: f for f in source.functions(path)}
    for helper in path.parent.glob("_[a-z]*.py"):
        own = {f.name: f for f in source.functions(helper)} | own
    return own


@pytest.mark.parametrize("path", [p for p in source.files(*source.APPS) if p.name == "tasks.py"], ids=source.name)
def test_a_task_is_a_door(path):
    """It takes ids, imports inside, and calls actions; it queries nothing but the system user."""
    for node in source.functions(path):
        taken = {argument.arg for argument in node.args.args}
        assert not taken & {"lead", "user", "batch", "obligation"}, node.name
        opens = any(isinstance(inner, ast.ImportFrom) for inner in source.nodes(node))
        hands_on = any(call.startswith("_") for call in source.calls(node))
        assert opens or hands_on, node.name


def test_nobody_imports_the_wiring():
    wiring = re.compile(r"^(?:from|import) cgic\b", re.MULTILINE)
    assert offenders(source.files(*source.APPS), lambda path: wiring.findall(path.read_text())) == {}


def test_nothing_is_left_for_later():
    paths = [*source.files(), *source.files("templates", pattern="*.html"), *source.files("static", pattern="*.[cj]s*")]
    assert offenders(paths, lambda path: MARKS.findall(path.read_text())) == {}
