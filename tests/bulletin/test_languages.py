"""The bulletin in other languages: a page in each says what it is; the informations stay Polish."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

from starostwo.bulletin.services import publishing
from starostwo.bulletin.services.sections import plant_tree
from starostwo.office import testing as office
from starostwo.office.api import Right

NOW = datetime(2026, 10, 23, 9, 5, tzinfo=UTC)
OUTSIDE_POLISH = re.compile(r'<([a-z]+)[^>]* lang="pl"[^>]*>.*?</\1>|<[^>]+>', re.DOTALL)


@pytest.fixture
def published(db: None, settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.LOG_DIR = tmp_path / "log"  # type: ignore[attr-defined]
    office.make_office()
    office.make_unit("ST", name="Starosta")
    keeper = office.make_staff("b.biuletyn", "Beata Biuletyn", unit="ST", rights=(Right.EDIT_BULLETIN,))
    plant_tree(actor=office.actor(keeper), now=NOW)
    publishing.publish(actor="system", now=NOW, today=date(2026, 10, 23))


@pytest.mark.parametrize(("language", "said"), [("en", "Asset declarations"), ("uk", "Майнові декларації")])
def test_a_page_in_the_language_says_what_the_bulletin_is(published: None, language: str, said: str) -> None:
    page = Client().get(f"/bip/{language}/").content.decode()

    assert f'<html lang="{language}"' in page
    assert said in page
    assert f'href="/{language}/uslugi/informacja-publiczna/"' in page
    assert re.findall("[ąćęłńóśźż]", OUTSIDE_POLISH.sub("", page)) == []


def test_each_page_leads_to_those_in_other_languages(published: None) -> None:
    page = Client().get("/bip/menu/").content.decode()

    assert '<html lang="pl"' in page
    assert '<a href="/bip/uk/" lang="uk" hreflang="uk">Українська</a>' in page
    assert Client().get("/en/bip/")["Location"] == "/bip/en/"
