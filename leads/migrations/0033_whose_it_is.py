"""Each agency keeps back for itself, and refers for itself: what one did is no reason to refuse another, and is not told
by a refusal.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0031_steps_of_a_lead'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='withholding', name='withheld_once'),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['proposed', 'agreed'])), fields=('lead', 'agency', 'item'), name='withheld_once'),
        ),
        migrations.RemoveConstraint(model_name='referral', name='referral_once'),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(fields=('lead', 'office', 'agency', 'defendant'), name='referral_once'),
        ),
    ]
