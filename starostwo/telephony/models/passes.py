"""Passes of browsers, so that they end with the session of the office in which they were given."""

from django.db import models


class BrowserPass(models.Model):
    """Przepustka: the name of a pass that still holds, as `<until>-<number>`, and the session that got it.

    The exchange refuses it as soon as there is no such session, by whatever way it ended.
    """

    name = models.CharField("nazwa", max_length=30, primary_key=True)
    session_key = models.CharField("sesja", max_length=40)
    until = models.DateTimeField("ważna do", db_index=True)

    class Meta:
        verbose_name = "przepustka"

    def __str__(self) -> str:
        return self.name
