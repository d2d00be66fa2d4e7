"""The one actor of periodic jobs; it has no password and no membership."""

from django.db import migrations


def create(apps, schema_editor):
    apps.get_model("agencies", "User").objects.create(email="system@portal.invalid", name="The clock", is_system=True, password="!")


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_audit_chain")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
