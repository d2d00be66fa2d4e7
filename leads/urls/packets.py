"""Addresses of packets."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission
from leads.views import packets

urlpatterns = [
    path("packets/", packets.packets, name="packets"),
    path("packets/<int:pk>/", packets.packet, name="packet"),
    path("packets/<int:pk>/version/", packets.packet_next, name="packet_next"),
    path("packets/versions/<int:pk>/", packets.packet_version, name="packet_version"),
    path("packets/versions/<int:pk>/changes/", packets.packet_changes, name="packet_changes"),
    path("packets/versions/<int:pk>/pdf/", packets.packet_pdf, name="packet_pdf"),
    path("packets/versions/<int:pk>/progress/", packets.packet_progress, name="packet_progress"),
    path("packets/versions/<int:pk>/again/", packets.packet_again, name="packet_again"),
    path("leads/<int:pk>/packet/", packets.packet_new, name="packet_new"),
]

navigation.register(
    navigation.Entry(
        "packets",
        "Packets",
        "file",
        "packets",
        Permission.PACKET_VIEW,
        order=47,
        pages=("packet", *(f"packet_{step}" for step in ("new", "next", "version", "changes"))),
    ),
)
