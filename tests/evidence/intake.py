"""A case of Port Alder, and pages as a person sees them."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from evidence.actions import acquisitions, exhibits, incidents, traces

NOW = timezone.now().replace(microsecond=0)
EARLIER = NOW - timedelta(days=1)
PISTOL = {"make": "Glock", "model": "19", "caliber": "9 mm", "type_code": "PI", "serial": "ABC1234"}


def homicide(city):
    """An incident of Port Alder without exhibits."""
    return incidents.record(
        agency=city.papd, by=city.technician, case_number="26-1", kind="homicide", occurred_at=EARLIER
    )


def three_casings(city, case):
    facts = {"number": "1", "kind": "casing_group", "caliber": "9 mm", "count": 3, "collected_at": EARLIER}
    return exhibits.add(incident=case, by=city.technician, **facts)


def case(city, number="26-1", by=None, **values):
    """An incident of Port Alder with casings, a gun with a trace, and a receipt at the laboratory."""
    by = by or city.technician
    values = {"kind": "homicide", "occurred_at": EARLIER} | values
    made = incidents.record(agency=city.papd, by=by, case_number=number, **values)
    casings = exhibits.add(
        incident=made, by=by, number="1", kind="casing_group", collected_at=EARLIER, caliber="9 mm", count=3
    )
    gun = exhibits.add(incident=made, by=by, number="2", kind="firearm", collected_at=EARLIER, firearm=PISTOL)
    acquisitions.receive(exhibit=casings, site=city.lab, received_at=EARLIER, by=by)
    traces.request(firearm=gun.firearm, by=by)
    return made


def page(client, person, name, *args, **query):
    client.force_login(person)
    return client.get(reverse(name, args=args), query)


def text(response):
    return " ".join(response.content.decode().split())
