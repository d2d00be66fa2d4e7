#!/usr/bin/env python3
"""Django's command line. `./dev manage ...` runs it with the demo's database."""

import os
import secrets
import sys

from django.core.management import execute_from_command_line

# Commands that read a file and write a file, and what the settings ask for and they never use.
WITHOUT_SERVERS = ("describe_guns",)
UNUSED = {"DATABASE_URL": "postgresql:///none", "REDIS_URL": "redis:///", "EMAIL_HOST": "none", "INSECURE_LOCAL": "1"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cgic.settings")
    if sys.argv[1:2] and sys.argv[1] in WITHOUT_SERVERS:
        for name, value in (UNUSED | {"SECRET_KEY": secrets.token_urlsafe(50)}).items():
            os.environ.setdefault(name, value)
    execute_from_command_line(sys.argv)
