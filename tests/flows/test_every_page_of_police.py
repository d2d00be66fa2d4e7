"""The pages of the police, apart from the others so that two workers share them."""

import pytest

POLICE = ("technician", "administrator", "commander", "supervisor", "detective", "analyst")


@pytest.mark.parametrize("mail", POLICE)
def test_every_page_a_role_reaches_is_readable_by_everyone(demo, visits, walk, mail):
    walk(mail, visits[mail])
