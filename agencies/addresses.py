"""From which address somebody comes, when proxies of the installation stand between."""

import ipaddress

from django.conf import settings


def of(request):
    """The address a request came from, as text, or None: behind TRUSTED_PROXIES proxies the one that the outermost of
    them wrote down. What a browser writes into the header itself stands before that and is not believed.
    """
    hops = [request.META.get("REMOTE_ADDR") or ""]
    if settings.TRUSTED_PROXIES:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") + hops
    at = max(0, len(hops) - 1 - settings.TRUSTED_PROXIES)
    return _valid(hops[at]) or _valid(hops[-1])


def _valid(text):
    """The address of a hop, without a port, or None for what is none. A listener for both kinds writes an IPv4 address
    into the last bits of an IPv6 one: left so, all of IPv4 would be one network to who counts tries.
    """
    text = text.strip()
    for part in (text, text.strip("[]"), text.rpartition(":")[0].strip("[]")):
        try:
            found = ipaddress.ip_address(part)
        except ValueError:
            continue
        return str(getattr(found, "ipv4_mapped", None) or found)
    return None
