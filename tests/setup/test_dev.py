import ast
import subprocess
import sys


def dev(root, *arguments):
    return subprocess.run([sys.executable, "dev", *arguments], cwd=root, capture_output=True, text=True, check=False)


def test_an_old_python_can_read_the_command_and_so_say_that_it_is_too_old(root):
    ast.parse((root / "dev").read_text(), feature_version=(3, 6))


def test_the_command_needs_nothing_but_the_standard_library(root):
    tree = ast.parse((root / "dev").read_text())
    named = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    named |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert named <= sys.stdlib_module_names


def test_an_unknown_command_is_answered_with_the_known_ones(root):
    done = dev(root, "dance")
    assert done.returncode == 1
    assert "./dev demo" in done.stderr
    assert "./dev test" in done.stderr
