"""The Celery application: everything else about it is in settings.py under CELERY_."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cgic.settings")

app = Celery("cgic")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
