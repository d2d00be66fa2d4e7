"""The servers of one's own machine: those that the environment names, and what is said when it names them badly."""

import pytest

from cgic import local
from cgic.processes import ServiceError

# In each the password, or a part of it, stands where a reader of addresses takes it for something else.
SPOILT = [
    ("DATABASE", "me:s3cretpw@db.example/name"),
    ("DATABASE", "//:s3cretpw@"),
    ("DATABASE", "postgresql://me:s3cretpw"),
    ("DATABASE", "postgresql://me:s3cretpw/x@127.0.0.1:1/name"),
    ("DATABASE", "postgresql://me:a@s3cretpw@127.0.0.1:1/name"),
    ("DATABASE", "postgresql://me:[s3cretpw@127.0.0.1:1/name"),
    ("REDIS", "s3cretpw@127.0.0.1:1"),
    ("REDIS", "redis://:s3cretpw/x@127.0.0.1:1/0"),
]


@pytest.fixture
def bare(monkeypatch):
    for name in ("DATABASE", "REDIS"):
        for kind in ("URL", "URL_FILE", "PASSWORD", "PASSWORD_FILE"):
            monkeypatch.delenv(f"{name}_{kind}", raising=False)
    return monkeypatch


@pytest.mark.parametrize("name", ["DATABASE", "REDIS"])
def test_a_password_alone_names_no_server_of_yours(bare, name):
    bare.setenv(f"{name}_PASSWORD", "s3cretpw")
    assert local.yours(name) == ""


@pytest.mark.parametrize(("name", "url"), SPOILT)
def test_of_an_address_that_cannot_be_read_nothing_is_repeated(bare, tmp_path, name, url):
    bare.setenv(f"{name}_URL", url)
    with (
        pytest.raises(ServiceError, match=f"{name}_URL is no address that can be read") as said,
        local.servers(tmp_path),
    ):
        pass
    assert "s3cretpw" not in str(said.value)
