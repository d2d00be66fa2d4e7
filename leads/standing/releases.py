"""Packets: which kinds of agency get them."""

from agencies.models import Agency

# Who may get packets: those who investigate, those who prosecute, and the center.
OFFICES = (*Agency.PROSECUTORS, *Agency.TAKE_PART, Agency.Kind.CENTER)
