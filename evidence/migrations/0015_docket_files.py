"""Files of court dockets are loaded too; the database does not change."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0014_plans'),
    ]

    operations = [
        migrations.AlterField(
            model_name='importbatch',
            name='kind',
            field=models.CharField(choices=[('incidents', 'Incidents'), ('exhibits', 'Exhibits'), ('firearms', 'Firearms'), ('acquisitions', 'NIBIN entries'), ('leads', 'NIBIN lead notices'), ('alerts', 'Gunshot alerts'), ('traces', 'Trace results'), ('dockets', 'Court dockets'), ('agencies', 'Agencies'), ('people', 'People')], max_length=12),
        ),
    ]
