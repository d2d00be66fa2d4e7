"""Strangers who send files to the check page slowly, and many at once, keep nobody from the rest of the portal."""

import select
import socket
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.installation import CSRF, Visitor, answer

pytestmark = [pytest.mark.services]
# With the cookie of a form: without it nobody would wait for the body.
HEAD = (
    f"POST /packets/verify/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {settings.CSRF_COOKIE_NAME}={CSRF}\r\n"
    "Connection: close\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000000\r\n\r\n--x\r\n"
).encode()
# More than the threads of the web process.
MANY = 6
# Seconds in which a machine with much else to do has answered.
PATIENCE = 60


def test_slow_uploads_take_two_threads_and_give_them_back(portal):
    place = urlsplit(portal.url)
    slow = [socket.create_connection((place.hostname, place.port)) for _ in range(MANY)]
    try:
        for each in slow:
            each.sendall(HEAD)
        answered, ends = [], time.monotonic() + PATIENCE
        while len(answered) < MANY - 2 and time.monotonic() < ends:
            answered = select.select(slow, [], [], 1)[0]
        assert answer(f"{portal.url}/health/live") == 200
        assert [each.recv(12) for each in answered] == [b"HTTP/1.1 503"] * (MANY - 2)
    finally:
        for each in slow:
            each.close()
    visitor, ends = Visitor(portal.url, portal.city.detective), time.monotonic() + PATIENCE
    while (status := visitor.post("/packets/verify/")[0]) == 503 and time.monotonic() < ends:
        time.sleep(0.05)
    assert status == 200
