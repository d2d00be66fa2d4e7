"""Federal holidays are computed for any year instead of stored for six: stored ones become the calendar's rule."""

from django.db import migrations, models

from agencies.holidays import us_federal_holidays


def to_rule(apps, schema_editor):
    """A calendar that keeps all federal holidays of some year keeps those of every year."""
    for calendar in apps.get_model("agencies", "ServiceCalendar").objects.all():
        stored = {day.on: day.pk for day in calendar.holidays.all()}
        years = {on.year: us_federal_holidays(on.year) for on in stored}
        if any(federal.keys() <= stored.keys() for federal in years.values()):
            calendar.federal_holidays = True
            calendar.save(update_fields=["federal_holidays"])
            calendar.holidays.filter(pk__in=[pk for on, pk in stored.items() if on in years[on.year]]).delete()


def to_rows(apps, schema_editor):
    day = apps.get_model("agencies", "Holiday")
    for calendar in apps.get_model("agencies", "ServiceCalendar").objects.filter(federal_holidays=True):
        years = [us_federal_holidays(year).items() for year in range(2020, 2040)]
        rows = [day(calendar=calendar, on=on, name=name) for year in years for on, name in year]
        day.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0005_outbox")]
    operations = [
        migrations.AddField(
            "servicecalendar",
            "federal_holidays",
            models.BooleanField(default=False, help_text="Closed on the federal holidays of every year."),
        ),
        migrations.RunPython(to_rule, to_rows),
    ]
