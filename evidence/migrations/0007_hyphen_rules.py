"""Agencies whose case numbers live by the hyphen already get their rule, and those of their cases that were left under
a key that no later file gives get the one that it gives.
"""

from django.db import migrations

from evidence.imports.casenumbers import MADE, case_key


def fill(apps, schema_editor):
    """An agency lives by the rule when a key of it has a hyphen; the first file that was loaded so set it."""
    rules, batches = apps.get_model("evidence", "HyphenRule"), apps.get_model("evidence", "ImportBatch")
    incidents = apps.get_model("evidence", "Incident").objects
    found = incidents.filter(case_key__contains="-").order_by().values_list("agency_id", flat=True).distinct()
    for agency_id in list(found):
        so = {"agency_id": agency_id, "kind": "incidents", "status": "loaded", "mapping__hyphens_count": True}
        batch = batches.objects.filter(**so).order_by("pk").first()
        keep_last = batch.mapping.get("key_keep_last", 0) if batch else 0
        rules.objects.get_or_create(agency_id=agency_id, defaults={"keep_last": keep_last, "batch": batch})
        rekey(incidents.filter(agency_id=agency_id), keep_last)


def rekey(cases, keep_last):
    """A key that another case has already stays with it."""
    left = cases.filter(case_number__regex="[^A-Za-z0-9]").order_by("pk").values_list("pk", "case_number", "case_key")
    for pk, number, before in list(left):
        plain = case_key(number)
        if MADE.fullmatch(number):
            key = plain
        else:
            key = case_key(number, keep_last, hyphens_count=True) if before == plain else before
        if key != before and not cases.filter(case_key=key).exists():
            cases.filter(pk=pk).update(case_key=key)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_case_numbers")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
