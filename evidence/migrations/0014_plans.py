"""A plan that was made while a table was empty compares each of a hundred thousand rows with each of as many ids: it is
made anew for the ids of each call.
"""

from django.db import migrations

OF_MANY = ("evidence_firearm_sights(bigint[])", "evidence_untraced(bigint[])")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0013_lists")]

    operations = [
        migrations.RunSQL(
            f"alter function {each} set plan_cache_mode = force_custom_plan",
            f"alter function {each} reset plan_cache_mode",
        )
        for each in OF_MANY
    ]
