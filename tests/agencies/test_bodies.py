"""What is too large is refused by the length it says it has, before anybody reads it."""

import pytest

MEGABYTE = 1024 * 1024


class Unread:
    """A body that must not be read."""

    def read(self, *_):
        raise AssertionError("somebody read it")

    readline = read


@pytest.mark.parametrize("path", ["/sign-in/", "/password/forgotten/", "/nowhere/", "/api/v1/incidents/"])
def test_t32_a_large_body_from_nobody_is_refused_unread(client, db, path):
    answer = client.post(path, **_says(200 * MEGABYTE))
    assert answer.status_code == 413
    assert b"larger" in answer.content or b"too large" in answer.content


@pytest.mark.parametrize("length", ["-1", "1e9", "x", "\u0661\u0662"])
def test_a_length_that_is_none_is_refused(client, db, length):
    assert client.post("/sign-in/", **_says(length)).status_code == 413


def test_t32_a_session_may_send_a_file_and_no_more(client, city):
    client.force_login(city.detective)
    assert client.post("/nowhere/", {"text": "x" * 200_000}).status_code == 404
    assert client.post("/imports/new/", **_says(302 * MEGABYTE)).status_code == 413


def test_t32_a_program_may_send_a_file_where_one_is_taken_and_is_known_before_it_is_read(client, db):
    path = "/api/v1/leads/1/files/"
    assert client.post(path, **_says(50 * MEGABYTE)).status_code == 401
    assert client.post(path, **_says(52 * MEGABYTE)).status_code == 413
    assert client.post("/api/v1/nowhere/", **_says(50 * MEGABYTE)).status_code == 413


def _says(length):
    return {"CONTENT_LENGTH": str(length), "wsgi.input": Unread(), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
