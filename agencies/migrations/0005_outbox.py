"""Letters wait in a table as notices do, and a worker claims what it mails."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

REFUSED = "The right to it was gone when the mail was due, or the server will never take it."


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_audit_links")]
    operations = [
        migrations.AddField("notification", "mail_claimed_at", models.DateTimeField(null=True)),
        migrations.AlterField("notification", "mail_refused_at", models.DateTimeField(help_text=REFUSED, null=True)),
        migrations.AddField(
            "invitation",
            "nonce",
            models.CharField(default="", editable=False, help_text="With the portal's key: the secret.", max_length=43),
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail_claimed_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("mail_refused_at", models.DateTimeField(help_text=REFUSED, null=True)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "invitation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="agencies.invitation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("invitation", None), ("person__isnull", False))
                        | Q(("invitation__isnull", False), ("person", None)),
                        name="letter_is_about_one",
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=Q(("mail_refused_at", None), ("mailed_at", None)),
                        fields=["id"],
                        name="letter_to_mail",
                    )
                ],
            },
        ),
    ]
