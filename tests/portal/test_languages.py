"""A text in several languages: each has its own address and leads to the others; Polish fills the gaps."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError, IntegrityError
from django.test import Client

from starostwo.office import testing as office
from starostwo.portal import access
from starostwo.portal.models import Article
from starostwo.portal.rules.names import slug_of
from starostwo.portal.services import articles
from starostwo.portal.testing import editing, editor, make_article, text_of

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
NEWS = Article.Kind.NEWS
pytestmark = pytest.mark.django_db


def titles(language: str) -> list[str]:
    return [access.text_of(one).title for one in access.shown_in(language, NEWS).order_by("id")]


def test_readers_get_their_language_and_polish_where_there_is_none() -> None:
    nabor = make_article("Nabór", now=NOW)
    make_article("Objazd", now=NOW)
    make_article("Applications open", now=NOW, language="en", original=nabor)
    make_article("Заявки", now=NOW, language="uk", original=nabor, is_shown=False)
    make_article("For newcomers", now=NOW, language="en")

    assert titles("pl") == ["Nabór", "Objazd"]
    assert titles("en") == ["Objazd", "Applications open", "For newcomers"]
    assert titles("uk") == ["Nabór", "Objazd"]


def test_a_text_has_one_translation_in_a_language() -> None:
    polish = make_article(now=NOW)
    english = make_article("Applications", now=NOW, language="en", original=polish)

    with pytest.raises(articles.AlreadyTranslated):
        make_article("Again", now=NOW, language="en", original=polish)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.create(kind=NEWS, slug="x", language="en", original=polish, created_at=NOW)
    with pytest.raises(DatabaseError, match="no Polish text"), transaction.atomic():
        Article.objects.create(kind=NEWS, slug="x", language="uk", original=english, created_at=NOW)
    with pytest.raises(DatabaseError, match="no Polish text"), transaction.atomic():
        Article.objects.create(kind="PAGE", slug="x", language="uk", original=polish, created_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.create(kind=NEWS, slug="x", language="pl", original=polish, created_at=NOW)


def test_each_language_has_its_own_address_and_names_the_others(client: Client) -> None:
    polish = make_article("Nabór", now=NOW)
    make_article("Applications open", now=NOW, language="en", original=polish)

    page = client.get("/en/aktualnosci/applications-open/").content.decode()

    assert '<html lang="en"' in page
    assert '<link rel="alternate" hreflang="pl" href="/aktualnosci/nabor/">' in page
    assert '<link rel="alternate" hreflang="uk"' not in page
    assert '<a href="/uk/aktualnosci/nabor/" lang="uk" hreflang="uk">Українська</a>' in page
    assert "only in Polish" not in page


@pytest.mark.parametrize(
    ("asked", "sent_to", "reason"),
    [
        ("/en/aktualnosci/nabor/", "/en/aktualnosci/applications-open/", "the text is there in English"),
        ("/aktualnosci/applications-open/", "/aktualnosci/nabor/", "who reads Polish gets the Polish text"),
        ("/uk/aktualnosci/applications-open/", "/uk/aktualnosci/nabor/", "no Ukrainian: Polish, said so"),
        ("/aktualnosci/for-newcomers/", "/en/aktualnosci/for-newcomers/", "it is there in English alone"),
    ],
)
def test_a_reader_is_sent_to_the_text_of_his_language(
    client: Client, asked: str, sent_to: str, reason: str
) -> None:
    polish = make_article("Nabór", now=NOW)
    make_article("Applications open", now=NOW, language="en", original=polish)
    make_article("For newcomers", now=NOW, language="en")

    assert client.get(asked)["Location"] == sent_to, reason
    assert client.get(sent_to).status_code == 200


def test_what_is_only_polish_says_so_and_is_marked(client: Client) -> None:
    make_article("Objazd mostu", now=NOW)

    page = client.get("/uk/aktualnosci/objazd-mostu/").content.decode()
    assert "Цей текст є лише польською мовою." in page
    assert '<article class="st-article" lang="pl">' in page

    listed = client.get("/uk/aktualnosci/").content.decode()
    assert 'href="/uk/aktualnosci/objazd-mostu/" lang="pl" hreflang="pl">Objazd mostu</a>' in listed
    assert "(польською)" in listed


def test_a_withdrawn_translation_gives_way_to_the_polish_text(client: Client) -> None:
    polish = make_article("Nabór", now=NOW)
    english = make_article("Applications open", now=NOW, language="en", original=polish)
    articles.withdraw(english.pk, actor=editing(), now=LATER)

    assert client.get("/en/aktualnosci/applications-open/").status_code == 404
    assert "This text is only in Polish." in client.get("/en/aktualnosci/nabor/").content.decode()


def test_feeds_and_the_start_page_follow_the_language(client: Client) -> None:
    polish = make_article("Nabór", now=NOW)
    make_article("Applications open", now=NOW, language="en", original=polish)

    feed = client.get("/en/aktualnosci/kanal/atom.xml").content.decode()
    assert "/en/aktualnosci/applications-open/" in feed
    assert 'xml:lang="en"' in feed
    front = client.get("/en/").content.decode()
    assert "Applications open" in front
    assert "Nabór" not in front


def test_an_editor_translates_beginning_with_the_polish_text(client: Client) -> None:
    client.force_login(editor())
    polish = make_article("Nabór", now=NOW)
    address = f"/urzad/portal/teksty/{polish.pk}/jezyk/en/"

    assert "Przetłumacz" in client.get(f"/urzad/portal/teksty/{polish.pk}/").content.decode()
    assert 'value="Nabór"' in client.get(address).content.decode()
    posted = {"title": "Applications", "summary": "In short.", "count": "1", "do": "save"}
    answer = client.post(address, posted | {"b0-kind": "paragraph", "b0-text": "Until Friday."})

    made = Article.objects.get(language="en")
    assert answer["Location"] == f"/urzad/portal/teksty/{made.pk}/"
    assert (made.original_id, made.slug) == (polish.pk, "applications")
    assert "/en/aktualnosci/applications/" in client.get(answer["Location"]).content.decode()
    assert client.get(address)["Location"] == f"/urzad/portal/teksty/{made.pk}/zmiana/"
    assert client.get(f"/urzad/portal/teksty/{polish.pk}/jezyk/de/").status_code == 404
    assert client.get(f"/urzad/portal/teksty/{made.pk}/jezyk/uk/").status_code == 404


def test_two_editors_who_translate_at_once_do_not_make_two_texts(client: Client) -> None:
    client.force_login(editor())
    polish = make_article("Nabór", now=NOW)
    refused: list[str] = []
    articles.begin(actor=editing(), kind=NEWS, text=text_of("First"), now=NOW, language="en", original=polish)
    try:
        articles.begin(
            actor=editing(), kind=NEWS, text=text_of("Second"), now=NOW, language="en", original=polish
        )
    except articles.AlreadyTranslated as refusal:
        refused.append(str(refusal))
    assert refused == ["Ten tekst ma już wersję w tym języku. Zmień ją zamiast pisać drugą."]


def test_strangers_do_not_learn_of_translations(client: Client) -> None:
    client.force_login(office.make_staff("j.inny", "Jan Inny"))
    polish = make_article("Nabór", now=NOW, is_shown=False)
    assert client.get(f"/urzad/portal/teksty/{polish.pk}/jezyk/en/").status_code == 404


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Nabór wniosków: żłobki", "nabor-wnioskow-zlobki"),
        ("Про повіт", "pro-povit"),
        ("Щастя, ґанок і їжак", "shchastia-ganok-i-izhak"),
    ],
)
def test_an_address_is_written_in_latin_letters(title: str, name: str) -> None:
    assert slug_of(title) == name
