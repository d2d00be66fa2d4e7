"""Bulletins: which kinds of agency get them."""

from agencies.models import Agency

# Who gets bulletins: those who enforce, examine, prosecute and supervise; no university, no community partner.
GETS = (*Agency.TAKE_PART, *Agency.PROSECUTORS, Agency.Kind.LABORATORY, Agency.Kind.CENTER)
