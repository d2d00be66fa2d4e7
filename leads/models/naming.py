from django.db import models

from leads.models.lead import LeadEvent


class EventName(models.Model):
    """How a notice gave an event of a lead. Written once: the same notice finds its event again, whatever was said of
    that since. An event that turned out to be a double leaves its names to the one that stays.
    """

    event = models.ForeignKey(LeadEvent, models.PROTECT, related_name="names")
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        help_text="The agency that was understood then.",
    )
    agency_text = models.CharField(max_length=120, blank=True)
    ori = models.CharField(max_length=20, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    key = models.CharField(
        max_length=40,
        blank=True,
        help_text="What tells it from others of its agency: case, else laboratory number, else what, when, where.",
    )
    lab_number = models.CharField(max_length=40, blank=True)
    exhibit_number = models.CharField(max_length=40, blank=True)

    def __str__(self):
        return f"{self.agency_text} {self.case_number}"
