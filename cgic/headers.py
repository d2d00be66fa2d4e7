"""The response header Django and django-csp leave out."""

POLICY = ", ".join(
    (
        "camera=(self)",  # photographs of an exhibit, taken on the phone at intake
        "geolocation=(self)",
        "accelerometer=()",
        "browsing-topics=()",
        "display-capture=()",
        "gyroscope=()",
        "magnetometer=()",
        "microphone=()",
        "midi=()",
        "payment=()",
        "usb=()",
    )
)


def permissions_policy(get_response):
    """Middleware: what a browser may lend to the portal's pages."""

    def middleware(request):
        response = get_response(request)
        response.setdefault("Permissions-Policy", POLICY)
        return response

    return middleware
