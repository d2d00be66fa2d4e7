import hashlib
import re

from cgic import assets

REFERENCE = re.compile(r"vendor/([\w./-]+\.\w+)")


def test_the_fonts_and_scripts_of_others_on_the_list_are_those_that_pages_name(root):
    served = {target for _, _, target in assets.listed() if not target.startswith("licenses/")}
    files = [*root.glob("static/css/**/*.css"), *root.glob("static/js/**/*.js"), *root.glob("templates/**/*.html")]
    files.append(root / "leads" / "packets" / "typeset.py")
    named = {name for path in files for name in REFERENCE.findall(path.read_text(encoding="utf-8"))}
    assert named == served


def test_every_package_that_is_served_brings_its_license():
    packages = {"/".join(source.split("/")[: 2 if source.startswith("@") else 1]) for _, source, _ in assets.listed()}
    licensed = {source.rpartition("/")[0] for _, source, target in assets.listed() if target.startswith("licenses/")}
    assert packages == licensed


def test_a_reference_to_a_map_that_is_not_served_is_cut_off():
    script = b"run()\n//# sourceMappingURL=map.js.map"
    style = b"a{}\n/*# sourceMappingURL=uswds.css.map */\n"
    assert assets.SOURCE_MAP.sub(b"", script) == b"run()"
    assert assets.SOURCE_MAP.sub(b"", style) == b"a{}\n"


def test_what_an_older_list_brought_is_not_served_any_more(tmp_path, monkeypatch):
    source, old = tmp_path / "modules" / "a.woff2", tmp_path / "vendor" / "old" / "map.js"
    for path in (source, old):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"x")
    listed = tmp_path / "list"
    listed.write_text(f"{hashlib.sha256(b'x').hexdigest()} a.woff2 fonts/a.woff2\n")
    for name, value in (("LIST", listed), ("MODULES", source.parent), ("VENDOR", tmp_path / "vendor")):
        monkeypatch.setattr(assets, name, value)
    monkeypatch.setattr(assets, "STAMP", tmp_path / "vendor" / ".stamp")
    assets.copy()
    assert sorted(path.name for path in (tmp_path / "vendor").rglob("*") if path.is_file()) == [".stamp", "a.woff2"]
