"""Ends with 0 when the web process of this container can work: it and its database and queue answer."""

import os
import sys
import urllib.request


def host(allowed):
    """A name the portal answers to: of `.example.gov`, which stands for all below it, the domain itself."""
    first = allowed.split(",")[0].strip().removeprefix(".")
    return first if first not in {"", "*"} else "localhost"


def main():
    headers = {"Host": host(os.environ.get("ALLOWED_HOSTS", ""))}
    request = urllib.request.Request("http://127.0.0.1:8000/health/ready", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310 - an address of our own
            sys.exit(0 if answer.status == 200 else 1)
    except OSError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
