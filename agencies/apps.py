from django.apps import AppConfig
from django.core import checks

from agencies.checks import psycopg2_is_the_only_driver


class AgenciesConfig(AppConfig):
    name = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        checks.register(psycopg2_is_the_only_driver)
