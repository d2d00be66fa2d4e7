from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """A file kept under its own hash outside any web root. It is reached only through the record it hangs on, which
    decides who sees it.
    """

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200, help_text="As it was called when it came; never used as a path.")
    kind = models.CharField(max_length=80, help_text="Media type read from the content.")
    size = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField(auto_now_add=True)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="file_sha256")]

    def __str__(self):
        return self.name
