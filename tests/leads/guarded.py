"""What the database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, InternalError, transaction


def refused(change):
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        change()
