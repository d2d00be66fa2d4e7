"""Each tab of cases before an office, or of an agency that refers, is walked along an index of its own; what somebody
has of packets, and what is owed of them, along one of the person and the office; packets of one purpose along theirs.
"""

from datetime import date

from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from agencies.migrating import AtOnce

REVIEW = Q(("status__in", ["referred", "more_asked"]))
COURT = Q(("status", "accepted"))
ENDED = Q(("status__in", ["declined", "transferred", "adopted"]))
OWED = Q(("due_at__isnull", False))


def _both_sides(name, keys, condition):
    return [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(F(side), *keys, F("id"), condition=condition, name=f"referral_{side}_{name}"),
        )
        for side in ("agency", "office")
    ]


class Migration(migrations.Migration):
    dependencies = [("leads", "0035_bags_are_kept")]

    operations = [
        AtOnce(
            [
                *_both_sides("due", [F("decision_due_at")], REVIEW),
                *_both_sides("court", [Coalesce("next_on", Value(date(9999, 12, 31)))], COURT),
                *_both_sides("ended", [F("status"), F("decided_at")], ENDED),
                migrations.AddIndex(
                    model_name="referral",
                    index=models.Index(fields=["office", "-referred_at", "-id"], name="referral_office_new"),
                ),
                migrations.RemoveIndex(model_name="packetrelease", name="packet_release_to_new"),
                migrations.AddIndex(
                    model_name="packetrelease",
                    index=models.Index(
                        F("to"), F("office"), F("released_at").desc(), F("id").desc(), name="packet_release_to_at"
                    ),
                ),
                migrations.AddIndex(
                    model_name="packetrelease",
                    index=models.Index(
                        fields=["to", "office", "released_at", "id"], condition=OWED, name="packet_release_to_owed"
                    ),
                ),
                migrations.AddIndex(
                    model_name="packetrelease",
                    index=models.Index(
                        fields=["source", "released_at", "id"], condition=OWED, name="packet_release_source_owed"
                    ),
                ),
                migrations.AddIndex(
                    model_name="packetrelease",
                    index=models.Index(fields=["version"], name="packet_release_version"),
                ),
                migrations.AddIndex(
                    model_name="packet",
                    index=models.Index(
                        F("agency"), F("purpose"), F("created_at").desc(), F("id").desc(), name="packet_agency_purpose"
                    ),
                ),
            ]
        )
    ]
