import pytest

from tests.agencies.signing_in import PASSWORD


@pytest.fixture
def person(city):
    """A detective who can sign in."""
    city.detective.set_password(PASSWORD)
    city.detective.save(update_fields=["password"])
    return city.detective
