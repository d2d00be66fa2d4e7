#!/usr/bin/env python3
"""Django's command line. `./dev manage ...` runs it with the demo's database."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cgic.settings")
    execute_from_command_line(sys.argv)
