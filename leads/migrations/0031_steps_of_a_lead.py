from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Parts of one lead whose steps fall due together stand beside each other, so that one batch takes them."""

    dependencies = [("leads", "0030_ended_and_settled")]

    operations = [
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=Q(("next_step_at__isnull", False)),
                fields=["next_step_at", "lead", "id"],
                name="obligation_next_steps",
            ),
        ),
        migrations.RemoveIndex(model_name="obligation", name="obligation_next_step"),
    ]
