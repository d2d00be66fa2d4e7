from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

from agencies.migrating import AtOnce
from tests.architecture.source import APPS

# What a migration may do step by step: for each step all models that hang together are drawn anew.
MOST = 15


def one_by_one(migration):
    return [each for each in migration.operations if not isinstance(each, AtOnce | RunSQL | RunPython)]


def test_a_migration_of_many_steps_takes_them_at_once():
    """Fifty steps one by one took as long as all other migrations together, at each new installation."""
    found = MigrationLoader(None).disk_migrations.values()
    later = [each for each in found if each.app_label in APPS and not each.initial]
    assert later
    assert {str(each): len(one_by_one(each)) for each in later if len(one_by_one(each)) > MOST} == {}
