"""The block editor by round trips alone: blocks are added, moved, taken away; nothing typed is lost."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from lxml import html

from starostwo.office import testing as office
from starostwo.portal.models import Article, Version
from starostwo.portal.services import articles
from starostwo.portal.testing import editing, editor, make_article, text_of

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
NEW = "/urzad/portal/teksty/aktualnosci/nowy/"
TYPED = {"title": "Nabór", "summary": "Krótko.", "easy": "", "note": "", "based_on": "0"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return office.client_of(editor())


def blocks(*found: dict[str, str]) -> dict[str, str]:
    """Blocks as a browser posts them."""
    fields = {
        f"b{number}-{name}": value for number, block in enumerate(found) for name, value in block.items()
    }
    return TYPED | {"count": str(len(found))} | fields


def paragraph(text: str) -> dict[str, str]:
    return {"kind": "paragraph", "text": text}


def texts(content: bytes) -> list[str]:
    """What stands in the text areas of the blocks, in their order."""
    found = html.fromstring(content).xpath("//textarea[starts-with(@name, 'b')]")
    return [str(area.text or "").strip() for area in found]


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("add-paragraph", ["a", "b", "c", ""]),
        ("add-unknown", ["a", "b", "c"]),
        ("up-1", ["b", "a", "c"]),
        ("up-0", ["a", "b", "c"]),
        ("down-1", ["a", "c", "b"]),
        ("down-2", ["a", "b", "c"]),
        ("remove-1", ["a", "c"]),
        ("remove-9", ["a", "b", "c"]),
        ("insert-0", ["a", "", "b", "c"]),
        ("nonsense", ["a", "b", "c"]),
    ],
)
def test_an_act_changes_the_blocks_and_keeps_what_was_typed(
    client: Client, act: str, expected: list[str]
) -> None:
    posted = blocks(paragraph("a"), paragraph("b"), paragraph("c")) | {"do": act, "b0-insert": "paragraph"}

    answer = client.post(NEW, posted)

    assert answer.status_code == 200
    assert texts(answer.content) == expected
    assert html.fromstring(answer.content).xpath("string(//input[@name='title']/@value)") == "Nabór"
    assert Article.objects.count() == 0


def test_the_block_that_moved_has_the_focus(client: Client) -> None:
    answer = client.post(NEW, blocks(paragraph("a"), paragraph("b")) | {"do": "up-1"})

    assert html.fromstring(answer.content).xpath("string(//*[@autofocus]/@name)") == "b0-text"


def test_saving_makes_a_draft_and_publishing_shows_it(client: Client) -> None:
    saved = client.post(NEW, blocks(paragraph("Treść naboru.")) | {"do": "save"}, follow=True)
    article = Article.objects.get()

    assert "Treść naboru." in saved.content.decode()
    assert Client().get("/aktualnosci/nabor/").status_code == 404
    client.post(f"/urzad/portal/teksty/{article.pk}/publikacja/", {"number": "1"})
    assert "Treść naboru." in Client().get("/aktualnosci/nabor/").content.decode()
    client.post(f"/urzad/portal/teksty/{article.pk}/wycofanie/")
    assert Client().get("/aktualnosci/nabor/").status_code == 404


def test_a_refusal_stands_at_the_block_and_keeps_the_text(client: Client) -> None:
    wrong = {"kind": "heading", "text": "Zasady", "level": "4"}

    answer = client.post(NEW, blocks(paragraph("Zobacz [tutaj](/a/)."), wrong) | {"do": "save"})

    page = html.fromstring(answer.content)
    assert answer.status_code == 422
    assert page.xpath("//div[@class='govuk-error-summary__body']//a/@href") == ["#id_b0-text", "#id_b1-level"]
    assert "nie mówi, dokąd prowadzi" in page.xpath("string(//p[@id='id_b0-text-error'])")
    assert "najwyżej poziom 2" in page.xpath("string(//p[@id='id_b1-level-error'])")
    assert texts(answer.content) == ["Zobacz [tutaj](/a/)."]
    assert Article.objects.count() == 0


def test_a_title_is_asked_for_together_with_the_faults_of_blocks(client: Client) -> None:
    answer = client.post(NEW, blocks(paragraph("")) | {"title": "", "do": "save"})

    links = html.fromstring(answer.content).xpath("//div[@class='govuk-error-summary__body']//a/@href")
    assert links == ["#id_title", "#id_b0-text"]


def test_who_saves_on_an_older_version_keeps_his_text_and_may_save_it_knowingly(client: Client) -> None:
    article = make_article(now=NOW)
    articles.save(article.pk, actor=editing(), text=text_of("Druga"), based_on=1, now=NOW)
    address = f"/urzad/portal/teksty/{article.pk}/zmiana/"
    posted = blocks(paragraph("Moja treść.")) | {"do": "save", "based_on": "1"}

    refused = client.post(address, posted)

    assert "zapisano wersję 2" in refused.content.decode()
    assert texts(refused.content) == ["Moja treść."]
    assert html.fromstring(refused.content).xpath("string(//input[@name='based_on']/@value)") == "2"
    assert client.post(address, posted | {"based_on": "2"}).status_code == 302
    assert Version.objects.filter(article=article).count() == 3


def test_the_list_takes_the_same_queries_for_one_and_for_three(
    client: Client, django_assert_num_queries: object
) -> None:
    for title in ("Pierwsza", "Druga", "Trzecia"):
        make_article(title, now=NOW)
        with django_assert_num_queries(LIST_QUERIES):  # type: ignore[operator]
            assert title in client.get("/urzad/portal/teksty/aktualnosci/").content.decode()


LIST_QUERIES = 6


def test_strangers_and_other_staff_see_no_editor() -> None:
    article = make_article(now=NOW, is_shown=False)
    places = [
        NEW,
        "/urzad/portal/",
        f"/urzad/portal/teksty/{article.pk}/",
        f"/urzad/portal/teksty/{article.pk}/zmiana/",
    ]

    for place in places:
        assert office.client_of(office.anna()).get(place).status_code == 404
        assert Client().get(place).status_code == 302


def test_each_version_is_read_and_an_old_one_is_published_again(client: Client) -> None:
    article = make_article(now=NOW)
    articles.save(article.pk, actor=editing(), text=text_of("Druga", note="nowy tytuł"), based_on=1, now=NOW)
    articles.publish(article.pk, actor=editing(), number=2, now=NOW)
    base = f"/urzad/portal/teksty/{article.pk}/"

    assert "nowy tytuł" in client.get(base).content.decode()
    changes = html.fromstring(client.get(f"{base}porownanie/").content)
    assert changes.xpath("//del/text() | //ins/text()") == ["Tytuł: Nabór wniosków", "Tytuł: Druga"]
    assert "tę samą treść" in client.get(f"{base}porownanie/?od=2&do=2").content.decode()
    assert [client.get(f"{base}porownanie/?od={bad}").status_code for bad in ("7", "x", "0")] == [404] * 3
    assert "Nabór wniosków" in client.get(f"{base}wersje/1/").content.decode()
    assert client.get(f"{base}wersje/7/").status_code == 404
    client.post(f"{base}publikacja/", {"number": "1"})
    assert "Nabór wniosków" in Client().get(f"/aktualnosci/{article.slug}/").content.decode()
