"""A few leads as the crowd has them, for what is measured to be tried on."""

from unittest import mock

import pytest
from django.utils import timezone

from leads.demo import crowd

LEADS = 120


@pytest.fixture
def few_leads(db):
    """Two centers with two towns each."""
    few = mock.patch.multiple(crowd, CENTERS=(0.6, 0.4), AGENCIES_PER_CENTER=2, WIDE_AGENCIES=2, INCIDENTS_AT_LEAST=6)
    with few:
        crowd.build(LEADS, 1, timezone.now(), hands=1)
        yield LEADS
