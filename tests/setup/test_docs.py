"""What the documents point at is there: files, commands, secrets, pages of the menu."""

import re
from runpy import run_path

import yaml
from django.core.management import get_commands
from django.urls import reverse

from agencies import navigation

LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
DEPLOY = "docs/deploy.md"


def documents(root):
    return [*root.glob("*.md"), *root.glob("docs/**/*.md")]


def test_every_link_of_a_document_leads_to_a_file(root):
    broken = [
        f"{page.relative_to(root)}: {link}"
        for page in documents(root)
        for link in LINK.findall(page.read_text())
        if not (page.parent / link).exists()
    ]
    assert broken == []


def test_every_command_of_a_document_exists(root):
    offered = set(run_path(str(root / "dev"))["COMMANDS"])
    for page in documents(root):
        text = page.read_text()
        assert set(re.findall(r"\./dev ([a-z]+)", text)) <= offered, page
        named = set(re.findall(r"(?:\./dev manage|manage\.py) ([a-z_]+)", text))
        for typed in text.split("```")[1::2]:
            named |= set(re.findall(r"^portal ([a-z_]+)", typed, re.MULTILINE))
        assert named <= set(get_commands()), page


def test_the_steps_of_an_installation_make_every_secret_it_wants(root):
    told = (root / DEPLOY).read_text()
    wanted = yaml.safe_load((root / "docker-compose.yml").read_text())["secrets"]
    made = set(re.findall(r"secrets/([a-z-]+)", told)) | set(re.search(r"for s in ([a-z -]+);", told)[1].split())
    assert set(wanted) <= made


def test_a_backup_beside_the_portal_is_neither_built_into_its_image_nor_committed(root):
    told = (root / DEPLOY).read_text()
    written = set(re.findall(r"> (\S+/)[a-z]+-\$", told))
    assert written == {"backup/"}
    assert "mkdir -p -m 700 backup" in told
    assert "backup" in (root / ".dockerignore").read_text().split()
    assert "backup/" in (root / ".gitignore").read_text().split()


def test_the_pages_of_the_readme_are_called_as_on_the_menu(root):
    reverse("home")  # the menu is told when the addresses are read
    section = (root / "README.md").read_text().partition("## What is on the menu")[2].partition("\n## ")[0]
    told = {
        name
        for line in re.findall(r"^- (\*\*.+?):", section, re.MULTILINE)
        for name in re.findall(r"\*\*(.+?)\*\*", line)
    }
    assert told <= {entry.label for entry in navigation._entries.values()}
