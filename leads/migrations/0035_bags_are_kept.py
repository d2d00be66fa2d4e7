"""The tag files of a recipient's bag are made once and kept, with their signature: taken twice, a bag is the same."""

from django.db import migrations, models
from django.db.models import Q

from agencies.migrating import AtOnce

KEPT = """
create function leads_packet_bag_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the bag of a copy does not change' using errcode = 'integrity_constraint_violation';
end $$;
create trigger packetrelease_bag_stays before update on leads_packetrelease for each row
  when (old.bag is not null and old.bag is distinct from new.bag) execute function leads_packet_bag_stays();
"""
MAY_CHANGE = """
drop trigger packetrelease_bag_stays on leads_packetrelease;
drop function leads_packet_bag_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0034_office_tables")]

    operations = [
        AtOnce([
            migrations.AddField(
                model_name="packetrelease",
                name="bag",
                field=models.JSONField(
                    help_text="Tag files of the bag of the copy, and their signature: {name: text}.", null=True
                ),
            ),
            migrations.AddField(
                model_name="packetrelease",
                name="bag_why",
                field=models.CharField(blank=True, help_text="Why no bag can be made.", max_length=300),
            ),
            migrations.AddIndex(
                model_name="packetrelease",
                index=models.Index(
                    condition=Q(("bag__isnull", True), ("bag_why", ""), ("state", "ready")), fields=["id"],
                    name="packet_release_to_bag",
                ),
            ),
            migrations.AddConstraint(
                model_name="packetrelease",
                constraint=models.CheckConstraint(
                    condition=Q(("bag__isnull", True), ("bag_why", ""))
                    | Q(("state", "ready"), Q(("bag__isnull", True), ("bag_why", ""), _connector="OR")),
                    name="packet_release_bag_of_its_copy",
                ),
            ),
        ]),
        migrations.RunSQL(KEPT, MAY_CHANGE),
    ]
