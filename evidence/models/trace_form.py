"""What ATF Form 3312.1 asks for, as it was sent: a copy, for the record of the gun may be set right later."""

from django.db import models


class Request(models.Model):
    """Parts I to IV: how urgent, which crime, who asks."""

    class Priority(models.TextChoices):
        ROUTINE = "routine", "Routine"
        URGENT = "urgent", "Urgent"

    priority = models.CharField(max_length=8, choices=Priority, default=Priority.ROUTINE)
    justification = models.CharField(max_length=500, blank=True)
    instructions = models.CharField(max_length=500, blank=True)
    crime_code = models.CharField(max_length=4, blank=True)
    project_code = models.CharField(max_length=20, blank=True)
    project_title = models.CharField(max_length=80, blank=True)
    atf_org = models.CharField(max_length=20, blank=True)
    atf_phone = models.CharField(max_length=32, blank=True)
    atf_email = models.CharField(max_length=120, blank=True)
    atf_agent = models.CharField(max_length=80, blank=True)
    atf_badge = models.CharField(max_length=20, blank=True)
    atf_case = models.CharField(max_length=40, blank=True)
    atf_office = models.CharField(max_length=60, blank=True)
    ori = models.CharField(max_length=9, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    fax = models.CharField(max_length=32, blank=True)
    email = models.CharField(max_length=120, blank=True)
    officer = models.CharField(max_length=80, blank=True)
    badge = models.CharField(max_length=20, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    mail_address = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class AskedGun(models.Model):
    """Parts V and IX: the gun, and what is left of a number that was removed."""

    serial = models.CharField(max_length=40, blank=True)
    is_obliterated = models.BooleanField(default=False)
    make = models.CharField(max_length=60, blank=True)
    type_code = models.CharField(max_length=2, blank=True)
    caliber = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=3, blank=True)
    importer = models.CharField(max_length=60, blank=True)
    markings = models.CharField(max_length=200, blank=True)
    partial_serial = models.CharField(max_length=40, blank=True)
    obliteration_method = models.CharField(max_length=60, blank=True)
    barrel_length = models.CharField(max_length=20, blank=True)
    finish = models.CharField(max_length=40, blank=True)
    other_numbers = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Recovery(models.Model):
    """Part VIII: where and when the gun was taken."""

    recovered_on = models.DateField(null=True, blank=True)
    recovered_route = models.CharField(max_length=20, blank=True)
    recovered_number = models.CharField(max_length=12, blank=True)
    recovered_direction = models.CharField(max_length=4, blank=True)
    recovered_street = models.CharField(max_length=120, blank=True)
    recovered_apt = models.CharField(max_length=12, blank=True)
    recovered_city = models.CharField(max_length=60, blank=True)
    recovered_county = models.CharField(max_length=60, blank=True)
    recovered_state = models.CharField(max_length=2, blank=True)
    recovered_zip = models.CharField(max_length=10, blank=True)
    recovered_vehicle = models.CharField(max_length=120, blank=True)
    recovered_more = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
