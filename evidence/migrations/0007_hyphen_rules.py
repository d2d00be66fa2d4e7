"""Agencies whose case numbers live by the hyphen already get their rule, and those of their cases that were left under
a key that no later file gives get the one that it gives. Where another case has that key, a person must compare them.
"""

from django.db import migrations

from evidence.imports.casenumbers import MADE, case_key

SAME_NUMBER = "Another case may have the same number: compare the two"


def fill(apps, schema_editor):
    """An agency lives by the rule when a key of it has a hyphen; the first file that was loaded so set it."""
    rules, batches = apps.get_model("evidence", "HyphenRule"), apps.get_model("evidence", "ImportBatch")
    incidents = apps.get_model("evidence", "Incident").objects
    found = incidents.filter(case_key__contains="-").order_by().values_list("agency_id", flat=True).distinct()
    for agency_id in list(found):
        so = {"agency_id": agency_id, "kind": "incidents", "status": "loaded", "mapping__hyphens_count": True}
        batch = batches.objects.filter(**so).order_by("pk").first()
        rules.objects.get_or_create(agency_id=agency_id, defaults={"batch": batch})
        rekey(incidents.filter(agency_id=agency_id))


def rekey(cases):
    """A key that another case has already stays with it."""
    left = cases.filter(case_number__regex="[^A-Za-z0-9]").order_by("pk")
    names = ("pk", "case_number", "case_key", "corrected", "batch__mapping__key_keep_last")
    for pk, number, before, corrected, keep_last in list(left.values_list(*names)):
        # A number that a person set right is as the person wrote it, whatever its file cut off.
        cut = 0 if "case_number" in corrected.split(",") else keep_last or 0
        key = case_key(number) if MADE.fullmatch(number) else case_key(number, cut, hyphens_count=True)
        if key == before:
            continue
        if cases.filter(case_key=key).exists():
            cases.filter(pk=pk).update(review=SAME_NUMBER)
        else:
            cases.filter(pk=pk).update(case_key=key)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_case_numbers")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
