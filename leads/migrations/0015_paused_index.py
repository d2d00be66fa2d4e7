"""What stands still now is found by an index, for the board, its list and the dashboard."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0014_confirmations'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('paused_until__isnull', False)), fields=['agency', 'paused_until'], name='obligation_paused'),
        ),
    ]
