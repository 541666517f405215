"""The tables of the search index."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F
from django.db.models.lookups import Lookup


@SearchVectorField.register_lookup
class Matches(Lookup):
    """`lexemes__matches="'budowa' & 'dom'"`: a finished tsquery, not parsed again."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, left_params = self.process_lhs(compiler, connection)
        return f"{left} @@ %s::tsquery", [*left_params, self.rhs]


class Entry(models.Model):
    """One thing that can be found, and the tokens of those who may find it."""

    thing = models.CharField("rzecz", max_length=200, unique=True)
    kind = models.CharField("rodzaj", max_length=40)
    title = models.TextField("tytuł")
    marks = models.TextField("znaki i numery, każdy w osobnym wierszu")
    audience = ArrayField(models.TextField(), verbose_name="kto może znaleźć")
    facets = models.JSONField("cechy")
    day = models.DateField("dzień")
    url = models.CharField("adres ekranu", max_length=300)
    lexemes = SearchVectorField("słowa")

    class Meta:
        indexes = [
            GinIndex(fields=["audience", "lexemes", "day"], name="search_entry_words", fastupdate=False),
        ]


class Waiting(models.Model):
    """A long text that a job will index; until then the thing is found by its title and marks."""

    thing = models.CharField("rzecz", max_length=200, unique=True)
    text = models.TextField("tekst")


class Form(models.Model):
    """A form of a word that occurs in the texts, for words typed without diacritics and for typos."""

    folded = models.CharField("bez znaków diakrytycznych", max_length=100)
    lemma = models.CharField("forma słownikowa bez znaków diakrytycznych", max_length=100)
    shown = models.CharField("postać do pokazania", max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["folded", "lemma"], name="one_row_per_form_and_lemma")]
        indexes = [GinIndex(OpClass(F("folded"), name="gin_trgm_ops"), name="search_form_alike")]
