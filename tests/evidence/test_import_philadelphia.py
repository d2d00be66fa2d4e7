"""A real city's file, end to end. pandas counts beside it: another program that read the same rows."""

from zoneinfo import ZoneInfo

import pandas
import pytest
from django.db.models import Count, Max, Sum
from django.db.models.functions import ExtractYear

from agencies.models import AuditEvent
from evidence.models import Incident, IncidentGrant, Victim
from tests.evidence.import_city import loaded
from tests.factories import agency, calendar
from tests.shared import shared

RAW = "data/philadelphia/opendata_shootings_raw_2023-08.csv"
CLEAN = "data/philadelphia/shooting_victims_2015_2023.csv"
ZONE = "America/New_York"


@pytest.fixture
def police(db):
    center = agency("CTR", "center", zone=ZONE)
    return agency("PPD", zone=ZONE, parent=center, calendar=calendar())


def raw_table():
    """All rows, and those whose key is whole: the others wait on the review list."""
    rows = pandas.read_csv(shared(RAW), dtype={"dc_key": str})
    # The file's own year is that of the report, which for eleven rows is not that of the event.
    rows["date_year"] = rows["date_"].str[:4].astype(int)
    whole = rows["dc_key"].str.len() == len("202115564011.0")
    return rows, rows[whole]


def by_key(rows, column):
    return rows.groupby("dc_key").first()[column].value_counts().to_dict()


def fingerprint():
    return (
        Incident.objects.aggregate(Count("pk"), Max("updated_at"), Sum("victims_count")),
        list(Victim.objects.order_by("pk").values_list()),
        IncidentGrant.objects.count(),
    )


def test_the_raw_file_of_philadelphia_loads_one_incident_per_whole_key_and_doubles_nothing(police):
    rows, whole = raw_table()
    batch = loaded(police, shared(RAW))
    assert batch.counts["rows"] == len(rows) == 14_861
    assert batch.counts["errors"] == 0
    assert batch.counts["held"] == len(rows) - len(whole) == batch.findings.filter(code__in=["short", "length"]).count()
    in_zero = whole[whole["dc_key"].str.endswith("0.0")]
    assert batch.findings.filter(code="ends_in_zero", level="review").count() == len(in_zero)
    assert Incident.objects.filter(review__startswith="Case number ends in 0").count() == in_zero["dc_key"].nunique()
    keys = whole["dc_key"].nunique()
    assert Incident.objects.count() == batch.counts["new"] == keys
    assert Victim.objects.count() == len(whole)
    assert IncidentGrant.objects.count() == 2 * keys

    year = ExtractYear("occurred_at", tzinfo=ZoneInfo(ZONE))
    assert dict(Incident.objects.values_list(year).annotate(number=Count("pk"))) == by_key(whole, "date_year")
    districts = dict(Incident.objects.values_list("district").annotate(number=Count("pk")))
    assert districts == {str(int(name)): number for name, number in by_key(whole, "dist").items()}

    located = whole.groupby("dc_key")["lat"].count()
    assert Incident.objects.filter(lat=None).exclude(review="").count() == (located == 0).sum()
    assert rows["lat"].isna().sum() == 574
    assert Victim.objects.filter(incident__lat=None).count() == whole["dc_key"].isin(located[located == 0].index).sum()

    before = fingerprint()
    again = loaded(police, shared(RAW))
    assert (again.counts["new"], again.counts["updated"], again.counts["unchanged"]) == (0, 0, keys)
    assert fingerprint() == before
    the_cleaned_file_over_it_adds_only_what_is_new_and_twice_changes_nothing(police, whole)


def the_cleaned_file_over_it_adds_only_what_is_new_and_twice_changes_nothing(police, whole):
    clean = pandas.read_csv(shared(CLEAN), dtype={"dc_key": str})
    clean["dc_key"] = clean["dc_key"].str.removesuffix(".0")
    clean = clean[clean["dc_key"].str.len() > 4]
    first, second = whole["dc_key"].str.removesuffix(".0").value_counts(), clean["dc_key"].value_counts()
    most = pandas.concat([first, second], axis=1).fillna(0).max(axis=1)

    batch = loaded(police, shared(CLEAN))
    assert Incident.objects.count() == len(most)
    assert Victim.objects.count() == most.sum()
    assert batch.counts["new"] == len(set(second.index) - set(first.index))
    assert dict(Incident.objects.values_list("case_key", "victims_count")) == most.astype(int).to_dict()
    coded = whole.groupby("dc_key").first()["code"].notna().sum()
    assert Incident.objects.exclude(offense_code="").count() == coded, (
        "the second file has no codes and takes none away"
    )

    doubted = Incident.objects.filter(review__startswith="Case number ends in 0")
    assert not doubted.filter(case_key__in=second.index).exists(), "the same number as text settles the doubt"

    before = fingerprint()
    again = loaded(police, shared(CLEAN))
    assert (again.counts["new"], again.counts["updated"]) == (0, 0)
    assert fingerprint() == before
    named = sum(
        len(data["ids"]) for data in AuditEvent.objects.filter(verb="incident.loaded").values_list("data", flat=True)
    )
    assert named == Incident.objects.count()
