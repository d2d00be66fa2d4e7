from tests.agencies.signing_in import PASSWORD
from tests.scenery import scene


@scene
def person(city):
    """A detective who can sign in."""
    city.detective.set_password(PASSWORD)
    city.detective.save(update_fields=["password"])
    return city.detective
