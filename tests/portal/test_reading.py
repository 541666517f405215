"""What everybody reads: the start page, news page by page, feeds, pages; nothing that is not published."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from lxml import etree, html

from starostwo.office import testing as office
from starostwo.portal.models import Article
from starostwo.portal.testing import make_article
from starostwo.procedures import api as procedures

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
FRONT_QUERIES, NEWS_QUERIES = 7, 3
ATOM = "{http://www.w3.org/2005/Atom}"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_office() -> None:
    office.make_office()


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_start_page_leads_to_services_and_news() -> None:
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)
    make_article(now=NOW)

    links = html.fromstring(page("/")).xpath("//main//a/@href")

    services = [link for link in links if link.startswith("/uslugi/") and link != "/uslugi/"]
    assert len(services) >= 3
    assert [link for link in services if Client().get(link).status_code != 200] == []
    assert "/aktualnosci/nabor-wnioskow/" in links


def test_a_county_without_news_says_so() -> None:
    assert "Powiat zgierski" in page("/")
    assert "Nie ma jeszcze aktualności" in page("/")
    assert "Nie ma tu jeszcze aktualności" in page("/aktualnosci/")


def test_news_go_page_by_page_the_newest_first() -> None:
    for number in range(14):
        make_article(f"Wiadomość {number}", now=NOW + timedelta(minutes=number))

    first = html.fromstring(page("/aktualnosci/"))
    titles = first.xpath("//main//h3/a/text()")
    assert (titles[0], len(titles)) == ("Wiadomość 13", 12)
    second = html.fromstring(page("/aktualnosci/" + first.xpath("string(//a[@rel='next']/@href)")))
    assert second.xpath("//main//h3/a/text()") == ["Wiadomość 1", "Wiadomość 0"]
    assert Client().get("/aktualnosci/?cursor=xx").status_code == 404


def test_the_lists_take_the_same_queries_for_one_and_for_three(django_assert_num_queries: object) -> None:
    for title in ("Pierwsza", "Druga", "Trzecia"):
        make_article(title, now=NOW)
        with django_assert_num_queries(FRONT_QUERIES):  # type: ignore[operator]
            page("/")
        with django_assert_num_queries(NEWS_QUERIES):  # type: ignore[operator]
            page("/aktualnosci/")


def test_feeds_name_what_is_published_with_lasting_addresses() -> None:
    make_article(now=NOW)
    make_article("Wersja robocza", now=NOW, is_shown=False)

    atom = etree.fromstring(page("/aktualnosci/kanal/atom.xml").encode())
    rss = etree.fromstring(page("/aktualnosci/kanal/rss.xml").encode())

    assert [e.findtext(f"{ATOM}title") for e in atom.iter(f"{ATOM}entry")] == ["Nabór wniosków"]
    assert [e.findtext("link") for e in rss.iter("item")] == [
        "http://localhost:8000/aktualnosci/nabor-wnioskow/"
    ]
    assert Client().get("/aktualnosci/kanal/inny.xml").status_code == 404


def test_a_page_shows_its_blocks_and_its_summary_in_easy_language() -> None:
    table = {
        "kind": "table",
        "caption": "Kwoty",
        "rows": "Gmina | Kwota\nZgierz | 100 zł",
        "head_row": "on",
        "head_column": "",
    }
    shown = make_article(
        "O powiecie",
        kind=Article.Kind.PAGE,
        now=NOW,
        easy="Powiat to kilka gmin.",
        blocks=[
            {"kind": "heading", "text": "Gminy", "level": "2"},
            {"kind": "paragraph", "text": "Zobacz [plan dojazdu](/kontakt/). <script>alert(1)</script>"},
            {"kind": "list", "items": "Zgierz\nOzorków", "ordered": ""},
            table,
            {"kind": "links", "links": "Serwis rządowy | https://www.gov.pl/"},
            {"kind": "quote", "text": "Wspólnie.", "source": "Starosta"},
        ],
    )  # fmt: skip

    tree = html.fromstring(page(f"/powiat/{shown.slug}/"))

    assert tree.xpath("//main//h1/text()") == ["O powiecie"]
    assert tree.xpath("//main//th[@scope='col']/text()") == ["Gmina", "Kwota"]
    assert tree.xpath("//main//a[text()='plan dojazdu']/@href") == ["/kontakt/"]
    assert tree.xpath("//main//script") == []
    assert "Powiat to kilka gmin." in tree.xpath("string(//section[@class='st-easy'])")
    assert "O powiecie" in page("/powiat/")
    assert Client().get(f"/aktualnosci/{shown.slug}/").status_code == 404
