"""The samples and the page on mappings that a newcomer is given: they load, and they name everything there is."""

import json
import re

import pytest
from django.conf import settings
from django.urls import reverse

from agencies.models import AgencyOri
from evidence import loading
from evidence.actions import imports
from evidence.imports import mapping
from evidence.imports.findings import Finding
from evidence.imports.targets import KINDS
from evidence.models import Incident
from leads.models import Lead, LeadEvent
from tests.evidence.import_city import loaded, uploaded

pytestmark = pytest.mark.usefixtures("stored_files")

DOCS = settings.BASE_DIR / "docs"


def test_the_samples_load_without_an_error_and_the_notices_find_the_cases_of_the_incidents(city):
    AgencyOri.objects.create(agency=city.papd, ori="XX0020000")
    batch = loaded(city.papd, DOCS / "samples" / "incidents.csv", by=city.technician)
    assert (batch.counts["new"], batch.counts["errors"], batch.counts["review"]) == (5, 0, 0)
    assert "other" not in Incident.objects.values_list("kind", flat=True)

    content = (DOCS / "samples" / "leads.csv").read_bytes()
    batch = imports.upload(agency=city.center, kind="leads", upload=uploaded(content, "leads.csv"), by=city.analyst)
    imports.start_check(batch=batch, by=city.analyst, queue=False)
    imports.check(batch=batch, by=city.analyst)
    imports.start_load(batch=batch, by=city.analyst, queue=False)
    batch = imports.load(batch=batch, by=city.analyst)
    assert (batch.counts["new"], batch.counts["errors"], batch.counts["review"]) == (2, 0, 0)
    assert Lead.objects.count() == 2
    assert not LeadEvent.objects.waiting().exists()


@pytest.mark.parametrize("kind", ["incidents", "leads", "alerts", "traces"])
def test_the_form_for_a_file_offers_the_samples(client, city, kind):
    client.force_login(city.analyst)
    address = reverse("import_sample_file", args=[kind])
    assert address in client.get(reverse("import_new")).content.decode()
    answer = client.get(address)
    assert b"".join(answer) == (DOCS / "samples" / f"{kind}.csv").read_bytes()
    assert answer["Content-Disposition"] == f'attachment; filename="sample-{kind}.csv"'
    assert client.get(reverse("import_sample_file", args=["nothing"])).status_code == 404


def test_the_page_on_mappings_names_every_field_and_setting_and_its_example_can_be_read():
    page = (DOCS / "mapping.md").read_text()
    for name in [*mapping.Mapping.__dataclass_fields__, *mapping.Source.__dataclass_fields__, *KINDS["incident"]]:
        assert f"`{name}`" in page, name
    notices = page.partition("## Fields of a lead notice")[2]
    assert not [name for name in KINDS["notice"] if f"`{name}`" not in notices]
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)[1]
    assert mapping.from_json(example).fields.keys() == json.loads(example)["fields"].keys()


def test_a_row_is_counted_once_however_far_apart_its_findings_are():
    found = loading.Findings()
    for row, level in ((2, "review"), (9, "review"), (2, "review"), (0, "error"), (9, "error"), (9, "note")):
        found.add(Finding(row, "A", "x", "", level, "code", "words"))
    assert found.counts() == {"errors": 2, "review": 2, "findings": 6, "twice": 0, "joined": 0}
