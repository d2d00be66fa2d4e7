"""Whether hyphens count in an agency's case numbers is a record of its own, what a case was called before is kept, and
a victim's sex may be another than the two. Numbers with hyphens are looked up without knowing their agency, too.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Replace


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial"), ("evidence", "0005_plain_keys")]

    operations = [
        migrations.CreateModel(
            name="HyphenRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hyphen_rule",
                        to="agencies.agency",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.importbatch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormerNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_number", models.CharField(max_length=40)),
                ("occurred_at", models.DateTimeField()),
                ("time_known", models.BooleanField()),
                ("address", models.CharField(blank=True, max_length=200)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_numbers",
                        to="evidence.incident",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("incident", "case_number"), name="former_number_once")],
            },
        ),
        migrations.AlterField(
            model_name="victim",
            name="sex",
            field=models.CharField(
                choices=[("F", "Female"), ("M", "Male"), ("X", "Other"), ("U", "Unknown")], default="U", max_length=1
            ),
        ),
        migrations.RemoveConstraint(model_name="victim", name="victim_sex_known"),
        migrations.AddConstraint(
            model_name="victim",
            constraint=models.CheckConstraint(condition=Q(sex__in=["F", "M", "X", "U"]), name="victim_sex_known"),
        ),
        migrations.RemoveIndex(model_name="incident", name="incident_hyphen_plain_key"),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                Func(Replace("case_key", Value("-"), Value("")), Value("0"), function="ltrim"),
                F("agency"),
                condition=Q(case_key__contains="-"),
                name="incident_plain_key_hyphen",
            ),
        ),
    ]
