from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0009_links_come_last")]

    operations = [
        migrations.AddIndex(
            "auditevent",
            models.Index(
                fields=["verb", "at"], condition=models.Q(("object_id__isnull", True)), name="audit_of_many"
            ),
        ),
    ]
