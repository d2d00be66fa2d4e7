from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from evidence.models.import_batch import ImportBatch


class ImportChange(models.Model):
    """What a file wrote into one table, a row for a thousand records at most: enough to take it back, and to see
    whether anything was done to them since.

    Of records that the file took away (`is_gone`: those that turned out to be another) `before` has all of each. Of new
    records the digest is of the whole row; of changed ones of `columns` alone, and `before` has what these were.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="changes")
    relation = models.CharField(max_length=63)
    is_new = models.BooleanField()
    is_gone = models.BooleanField(default=False, db_default=False)
    columns = ArrayField(models.CharField(max_length=63))
    ids = ArrayField(models.BigIntegerField())
    digests = ArrayField(models.BigIntegerField())
    rows = ArrayField(models.IntegerField(), help_text="Of the file, one for each record.")
    before = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_new=True, before=None) | Q(is_new=False, before__isnull=False),
                name="import_change_has_what_was_before",
            )
        ]

    def __str__(self):
        return f"{self.relation} {len(self.ids)}"
