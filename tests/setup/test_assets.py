import re

from cgic import assets

REFERENCE = re.compile(r"vendor/([\w./-]+\.\w+)")


def test_every_font_and_script_of_others_that_a_page_names_is_on_the_list(root):
    served = {target for _, _, target in assets.listed()}
    files = [*root.glob("static/css/**/*.css"), *root.glob("static/js/**/*.js"), *root.glob("templates/**/*.html")]
    named = {name for path in files for name in REFERENCE.findall(path.read_text(encoding="utf-8"))}
    assert named
    assert named <= served


def test_every_package_that_is_served_brings_its_license():
    packages = {"/".join(source.split("/")[: 2 if source.startswith("@") else 1]) for _, source, _ in assets.listed()}
    licensed = {source.rpartition("/")[0] for _, source, target in assets.listed() if target.startswith("licenses/")}
    assert packages == licensed


def test_a_reference_to_a_map_that_is_not_served_is_cut_off():
    script = b"run()\n//# sourceMappingURL=leaflet.js.map"
    style = b"a{}\n/*# sourceMappingURL=uswds.css.map */\n"
    assert assets.SOURCE_MAP.sub(b"", script) == b"run()"
    assert assets.SOURCE_MAP.sub(b"", style) == b"a{}\n"
