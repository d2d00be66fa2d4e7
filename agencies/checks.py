"""What `manage.py check` looks at beyond Django's own checks."""

from importlib.util import find_spec

from django.core.checks import Error


def psycopg2_is_the_only_driver(app_configs, **options):
    """Django takes psycopg 3 as soon as it is installed; COPY and raw SQL here are written for psycopg2."""
    if find_spec("psycopg") is None:
        return []
    hint = "Remove the package psycopg; requirements/run.txt names what belongs here."
    return [Error("psycopg 3 is installed beside psycopg2.", hint=hint, id="agencies.E001")]
