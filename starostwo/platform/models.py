"""The one table of the platform: the sign of life of the worker."""

from django.db import models


class WorkerBeat(models.Model):
    """When the worker was last seen; a single row."""

    beat_at = models.DateTimeField("ostatni znak życia")
