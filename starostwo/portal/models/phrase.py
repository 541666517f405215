"""Short texts of the office in other languages: names of units, events, matters, alerts."""

from django.db import models
from django.db.models import Q

from starostwo.screens.api import languages

OTHERS = [(code, languages.NAMES[code]) for code in languages.OTHERS]


class Phrase(models.Model):
    """Tłumaczenie krótkiego tekstu: what pages in a language say in the place of a Polish text."""

    text = models.CharField("tekst polski", max_length=500)
    language = models.CharField("język", max_length=2, choices=OTHERS)
    translation = models.CharField("tłumaczenie", max_length=700)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "tłumaczenie krótkiego tekstu"
        constraints = [
            models.UniqueConstraint(name="portal_phrase_once_in_a_language", fields=["text", "language"]),
            models.CheckConstraint(
                name="portal_phrase_says_something",
                condition=~Q(text="") & ~Q(translation="") & Q(language__in=languages.OTHERS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.text}"
