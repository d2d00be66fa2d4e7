"""The portal's settings with what only a test run may have; the servers come from tests/plugin.py."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("INSECURE_LOCAL", "1")
os.environ.setdefault("SYNTHETIC_DATA", "1")
os.environ.setdefault("MAIL_DIR", "/nonexistent")

from cgic.settings import *  # noqa: F403
from cgic.settings import DATABASES, STORAGES

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# All tests come from one address, and ask more often than anybody's programs; those of the limits set their own.
SIGN_INS_PER_MINUTE = API_REQUESTS_PER_MINUTE = 100_000
# Files are looked for when they are asked for: there is no collected folder to read at the start.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# The workers of a parallel run copy their tables instead of making them.
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("TESTS_TEMPLATE", "template1")}
