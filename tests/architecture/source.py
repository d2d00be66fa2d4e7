"""The code as text and trees, read once for the tests that walk it."""

import ast
import functools
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("agencies", "evidence", "leads")


@functools.cache
def files(*folders, pattern="*.py"):
    found = []
    for folder in folders or (*APPS, "cgic"):
        found += [p for p in (ROOT / folder).rglob(pattern) if "migrations" not in p.parts and "vendor" not in p.parts]
    return sorted(found)


@functools.cache
def tree(path):
    return ast.parse(path.read_text())


def name(path):
    return str(path.relative_to(ROOT))


@functools.cache
def nodes(top):
    """All that is below a node, itself first."""
    return list(ast.walk(top))


@functools.cache
def functions(path):
    return [node for node in nodes(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node):
    return node.end_lineno - node.lineno + 1


def decorators(node):
    return [ast.unparse(decorator) for decorator in node.decorator_list]


@functools.cache
def calls(node):
    """Every call below a node, as the dotted text before its brackets."""
    return [_name(call.func) for call in nodes(node) if isinstance(call, ast.Call)]


@functools.cache
def _name(called):
    """As `ast.unparse`, which takes long for what nearly always is a plain name or a dotted one."""
    if isinstance(called, ast.Name):
        return called.id
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name | ast.Attribute | ast.Call):
        return f"{_name(called.value)}.{called.attr}"
    return ast.unparse(called)


def layer(path):
    """The layer a file belongs to: the second part of its path, without the ending."""
    parts = path.relative_to(ROOT).parts
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


def public_actions():
    """(file, function) of every verb: a public function of a module in an `actions` folder."""
    for path in files(*APPS):
        if layer(path) == "actions" and not path.name.startswith("_"):
            for node in tree(path).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield path, node
