import pytest


@pytest.fixture
def stored_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def technician(client, city):
    """The browser of somebody who loads incidents."""
    client.force_login(city.technician)
    return client
