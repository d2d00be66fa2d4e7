from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0010_evidence_constraints")]

    operations = [
        migrations.AddField(
            model_name="importchange",
            name="is_gone",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
