"""Visits are counted without cookies and without a word about the visitor."""

from datetime import date
from pathlib import Path

from django.test import Client

from starostwo.bulletin.models import VisitCount
from starostwo.bulletin.services import publishing, visits
from tests.bulletin.makers import NOW, TODAY, published


def test_openings_become_counts_when_the_day_is_over(bulletin: Path) -> None:
    item = published()
    for _ in range(3):
        answer = Client().get(f"/bip/informacja/{item.pk}/")
        assert not answer.cookies
    visits.note("obca/", now=NOW)

    assert visits.count_days(today=date(2100, 1, 1)) >= 1
    assert list(visits.folder().iterdir()) == []
    counts = list(VisitCount.objects.values_list("address", "count"))
    assert counts == [(f"informacja/{item.pk}/", 3)], "addresses that nobody published are not counted"

    publishing.publish(actor="system", now=NOW, today=TODAY)
    page = Client().get("/bip/statystyka/").content.decode()
    assert "Raport o stanie powiatu" in page
    assert "bez ciasteczek" in page


def test_the_day_that_runs_is_not_counted_yet(bulletin: Path) -> None:
    visits.note("", now=NOW)

    assert visits.count_days(today=TODAY) == 0
    assert VisitCount.objects.count() == 0
