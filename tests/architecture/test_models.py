"""Every model keeps the promises of the house in the database, not in good intentions."""

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.source import APPS

MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
# Read through the record that carries them, never by themselves.
WITHOUT_A_DOOR = {
    "ServiceCalendar": "configuration, no case data",
    "Holiday": "configuration, no case data",
    "AgencyOri": "public codes",
    "CollectionRule": "configuration, no case data",
    "HyphenRule": "configuration, no case data",
    "TraceLimit": "configuration, no case data",
    "TriageRule": "configuration, no case data",
    "AuditLink": "the chain of the log, read with its events",
    "Letter": "read by the worker that mails it",
    "SignInAttempt": "counted by the sign-in alone",
    "IncidentGrant": "is the visibility itself",
    "FirearmSight": "is the visibility itself",
    "EnrichmentRule": "configuration, no case data",
    "EntityKey": "read by leads.queries.entities under what the reader sees",
    "EventName": "read by the load of a notice alone",
    "LeadGrant": "is the visibility itself",
    "LeadSearch": "read by leads.queries under the agency's tokens",
    "Picture": "reached through the record its file hangs on",
    "StoredFile": "reached through the record it hangs on",
    "ImportChange": "read by the undoing of its batch alone",
    "ImportFinding": "reached through its batch",
    "StageDay": "added up by leads.insight under the reader's groups",
    "StaleDay": "a mark on a day, no case data",
    "User": "people are reached through memberships",
}
CASCADES = {
    "FirearmSight", "IncidentGrant", "LeadGrant", "LeadSearch", "ImportFinding", "StageDay", "StaleDay", "UntracedGun",
}  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_every_model_says_who_sees_it(model):
    has_door = hasattr(model.objects, "visible_to")
    assert has_door != (model.__name__ in WITHOUT_A_DOOR), "either visible_to or a reason why not"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_nothing_vanishes_with_something_else(model):
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and model.__name__ not in CASCADES:
            assert field.remote_field.on_delete is models.PROTECT, field.name


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_when_and_by_whom_come_together(model):
    fields = {field.name: field for field in model._meta.fields}
    checks = " ".join(
        str(constraint.condition) for constraint in model._meta.constraints if hasattr(constraint, "condition")
    )
    for name, field in fields.items():
        if name.endswith("_by") and field.null and name.removesuffix("_by") + "_at" in fields:
            assert f"{name.removesuffix('_by')}_at" in checks, name
            assert name in checks


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_a_state_is_held_by_a_constraint_and_a_table(model):
    for field in model._meta.fields:
        if field.name in ("status", "state") and field.choices:
            conditions = [str(c.condition) for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
            values = [repr(value) for value, _ in field.choices]
            assert any(
                f"{field.name}__in" in condition and all(value in condition for value in values)
                for condition in conditions
            )
            table = model.TRANSITIONS
            assert set(table) == {value for value, _ in field.choices}
            assert all(set(after) <= set(table) for after in table.values())
            start = field.default
            reached, edge = {start}, {start}
            while edge:
                edge = {after for state in edge for after in table[state]} - reached
                reached |= edge
            assert reached == set(table), "a state nobody can reach"


def test_reasons_name_only_models_that_exist():
    assert set(WITHOUT_A_DOOR) <= {model.__name__ for model in MODELS}
