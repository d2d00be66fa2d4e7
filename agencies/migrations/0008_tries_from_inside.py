from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_who_is_shut_out")]

    operations = [
        migrations.AddField(
            "signinattempt",
            "is_inside",
            models.BooleanField(
                default=False,
                help_text="Guessed in a session of the person: five of those end what the person has open.",
            ),
        ),
    ]
