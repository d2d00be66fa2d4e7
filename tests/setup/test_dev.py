import ast
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import SimpleNamespace

import pytest


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


@pytest.fixture
def command(root, tmp_path, monkeypatch):
    """The file `dev` as a module, with its .venv in a folder of the test's own and without uv."""
    loader = SourceFileLoader("dev_command", str(root / "dev"))
    module = module_from_spec(spec_from_loader("dev_command", loader))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(module, "PYTHON", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    return module


def test_a_venv_whose_making_was_interrupted_is_made_anew(command, monkeypatch):
    made, real = [], subprocess.run

    def run(argv, **options):
        if argv[1:3] != ["-m", "venv"]:
            return real(argv, **options)
        made.append(argv)
        Path(command.PYTHON).parent.mkdir(parents=True)
        Path(command.PYTHON).symlink_to(sys.executable)
        if len(made) == 1:
            raise KeyboardInterrupt
        return subprocess.CompletedProcess(argv, 0)

    monkeypatch.setattr(command.subprocess, "run", run)
    with pytest.raises(KeyboardInterrupt):
        command.make_venv()
    command.make_venv()
    command.make_venv()
    assert len(made) == 2


def test_a_full_disk_is_told_before_anything_is_installed(command, monkeypatch):
    monkeypatch.setattr(command.shutil, "disk_usage", lambda path: SimpleNamespace(free=5 * 2**20))
    monkeypatch.setattr(command, "install", lambda group: pytest.fail("something was installed"))
    with pytest.raises(SystemExit, match=r"5 MB are free in .* make room and run this again"):
        command.setup("run")


def test_a_python_that_makes_no_venv_is_told_what_to_install(command, monkeypatch):
    failed = subprocess.CompletedProcess([], 1, stdout="", stderr="No module named venv")
    monkeypatch.setattr(command.subprocess, "run", lambda argv, **options: failed)
    with pytest.raises(SystemExit, match="apt install python3-venv") as said:
        command.make_venv()
    assert "No module named venv" in str(said.value)
    assert not Path(command.VENV).exists()
