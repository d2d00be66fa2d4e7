"""The rules of the code's shape, read off the code itself."""

import ast
import re

import pytest

from tests.architecture import source

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
# Calls of these names that are no writes to the database.
INNOCENT = re.compile(
    r"^(hashlib|hasher|digest|sha|hash|messages|cache|request\.session|session|self\.fields|context|data|values|params|"
    r"counts|kwargs|attrs|query|form|shutil|os|_?seen|found|super\(\)|names|headers|extra|book|workbook|image|environ|_entries|columns)\b"
)
WRITERS = {"actions", "audit", "notifications", "access", "management", "loading", "stage", "vault"}


@pytest.mark.parametrize("path", source.files(), ids=source.name)
def test_a_file_stays_under_300_lines(path):
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", source.files(), ids=source.name)
def test_a_function_stays_within_40_lines_and_a_view_within_25(path):
    limit = 25 if source.layer(path) in ("views", "api") else 40
    assert {node.name: source.length(node) for node in source.functions(path) if source.length(node) > limit} == {}


@pytest.mark.parametrize("path", source.files(), ids=source.name)
def test_imports_stand_at_the_top_but_for_tasks(path):
    inline = [
        node.lineno
        for function in source.functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert path.name == "tasks.py" or inline == []


@pytest.mark.parametrize("path", source.files(*source.APPS), ids=source.name)
def test_nothing_works_from_afar(path):
    """No signals and no thread-locals: who does what is read where it is called."""
    text = path.read_text()
    assert "django.dispatch" not in text
    assert "db.models.signals" not in text
    assert "threading.local" not in text


@pytest.mark.parametrize("path", source.files(*source.APPS), ids=source.name)
def test_only_actions_write(path):
    if source.layer(path) in WRITERS:
        return
    written = [
        call
        for call in source.calls(source.tree(path))
        if call.rpartition(".")[2] in WRITES and "." in call and not INNOCENT.match(call)
    ]
    assert written == []


@pytest.mark.parametrize("path", source.files(*source.APPS), ids=source.name)
def test_a_loaded_row_is_never_saved_whole(path):
    bare = [
        node.lineno
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "save"
        and not INNOCENT.match(ast.unparse(node.func))
        and not any(keyword.arg in ("update_fields", "force_insert", None) for keyword in node.keywords)
    ]
    assert bare == []


# What a person does with their own notices is nobody's business.
UNAUDITED = {("notices.py", "read"), ("notices.py", "read_all")}
ACTIONS = list(source.public_actions())


@pytest.mark.parametrize(("path", "node"), ACTIONS, ids=[f"{source.name(path)}:{node.name}" for path, node in ACTIONS])
class TestAction:
    def test_is_one_transaction(self, path, node):
        assert "transaction.atomic" in source.decorators(node)

    def test_takes_only_names_and_says_by_whom(self, path, node):
        arguments = node.args
        assert arguments.args == [] and arguments.posonlyargs == []
        assert "by" in [argument.arg for argument in arguments.kwonlyargs]
        by = dict(zip([a.arg for a in arguments.kwonlyargs], arguments.kw_defaults, strict=True))["by"]
        assert by is None, "`by` is never optional"

    def test_is_audited(self, path, node):
        if (path.name, node.name) in UNAUDITED:
            return
        assert _reaches(path, node, {"audit.record", "audit.record_many"})


def _reaches(path, node, wanted, seen=()):
    """Whether a function, or one of its module's own it calls, calls one of `wanted`."""
    called = set(source.calls(node))
    if called & wanted:
        return True
    own = {f.name: f for f in source.functions(path)}
    return any(_reaches(path, own[name], wanted, (*seen, name)) for name in called & set(own) - set(seen))


def test_the_walk_finds_the_actions():
    assert len(ACTIONS) > 25


@pytest.mark.parametrize("path", [p for p in source.files(*source.APPS) if p.name == "tasks.py"], ids=source.name)
def test_a_task_is_a_door(path):
    """It takes ids, imports inside, and calls actions; it queries nothing but the system user."""
    for node in source.functions(path):
        assert not any(argument.arg in ("lead", "user", "batch", "obligation") for argument in node.args.args), (
            node.name
        )
        opens = any(isinstance(inner, ast.ImportFrom) for inner in ast.walk(node))
        hands_on = any(call.startswith("_") for call in source.calls(node))
        assert opens or hands_on, node.name


def test_nobody_imports_the_wiring():
    for path in source.files(*source.APPS):
        assert not re.search(r"^(from|import) cgic\b", path.read_text(), re.MULTILINE), source.name(path)


MARKS = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b")


@pytest.mark.parametrize("path", [*source.files(), *source.files("templates", pattern="*.html")], ids=source.name)
def test_nothing_is_left_for_later(path):
    assert not MARKS.search(path.read_text())
