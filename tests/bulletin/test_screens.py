"""The editors' screens from the first word to the withdrawal, and the search of the public."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from starostwo.bulletin.models import Item, Section, Version
from starostwo.bulletin.services import drafts
from starostwo.office import testing as office
from tests.bulletin.makers import NOW, a_draft, a_section, editor, published, second_editor, submitted

FORM = {
    "title": "Nabór na stanowisko geodety",
    "text": "Szukamy geodety.",
    "produced_by": "Iwona Bielska, koordynatorka",
    "responsible": "Hanna Górska, sekretarz powiatu",
    "produced_on": "20.11.2026",
}


def client_of(who: object) -> Client:
    return office.client_of(office.Account.objects.get(pk=who.account_id))  # type: ignore[attr-defined]


@pytest.fixture
def writer(bulletin: Path) -> Client:
    return client_of(editor())


@pytest.fixture
def reader(bulletin: Path) -> Client:
    return client_of(second_editor())


def test_from_the_first_word_to_the_public(writer: Client, reader: Client) -> None:
    section = a_section("nabory", "Nabory")
    made = writer.post("/urzad/bip/nowa/", {**FORM, "section": section.pk})
    item = Item.objects.get()
    here = f"/urzad/bip/{item.pk}/"

    assert made.headers["Location"] == f"{here}wersja-robocza/"
    assert writer.post(f"{here}przekazanie/").headers["Location"] == here
    version = Version.objects.get()
    seen = {"decision": "approve", "seen": version.sha256}
    writer.post(f"{here}zatwierdzenie/", seen)
    assert Client().get(f"/bip/informacja/{item.pk}/").status_code == 404
    assert "Zatwierdza ją inny redaktor" in writer.get(f"{here}zatwierdzenie/").content.decode()
    assert "Zatwierdź i opublikuj" in reader.get(f"{here}zatwierdzenie/").content.decode()
    reader.post(f"{here}zatwierdzenie/", seen)
    assert "Szukamy geodety." in Client().get(f"/bip/informacja/{item.pk}/").content.decode()
    assert "Nabór na stanowisko geodety" in Client().get("/bip/").content.decode()


def test_what_is_missing_is_said_beside_the_text(writer: Client) -> None:
    version = a_draft(produced_by="", text="[tutaj](/a)")

    page = writer.get(f"/urzad/bip/{version.item_id}/wersja-robocza/").content.decode()

    assert "Podaj, kto wytworzył informację." in page
    assert "z treści odnośnika musi wynikać, dokąd prowadzi" in page
    assert "Przekaż do zatwierdzenia" not in page


def test_a_text_that_somebody_else_saved_is_not_lost(writer: Client) -> None:
    version = a_draft()
    base = drafts.digest(version)
    here = f"/urzad/bip/{version.item_id}/wersja-robocza/"
    writer.post(here, {**FORM, "text": "Pierwszy.", "base": base})

    answer = writer.post(here, {**FORM, "text": "Drugi, długo pisany.", "base": base})

    assert answer.status_code == 422
    assert "Drugi, długo pisany." in answer.content.decode()
    assert Version.objects.get().text == "Pierwszy."


def test_a_version_is_sent_back_with_a_remark(writer: Client, reader: Client) -> None:
    version = submitted(a_draft())
    here = f"/urzad/bip/{version.item_id}/"

    assert reader.post(f"{here}zatwierdzenie/", {"decision": "back", "remark": ""}).status_code == 422
    reader.post(f"{here}zatwierdzenie/", {"decision": "back", "remark": "Popraw datę."})

    assert "Zwrócono z uwagą: Popraw datę." in writer.get(f"{here}wersja-robocza/").content.decode()
    assert "zwrócona autorowi" in writer.get("/urzad/bip/w-przygotowaniu/").content.decode()


def test_a_new_version_a_withdrawal_and_their_refusals(writer: Client) -> None:
    item = published()
    here = f"/urzad/bip/{item.pk}/"

    assert writer.post(f"{here}zmiana/").headers["Location"] == f"{here}wersja-robocza/"
    assert writer.post(f"{here}zmiana/").headers["Location"] == here
    writer.post(f"{here}wyrzucenie/")
    refused = writer.post(f"{here}wycofanie/", {"reason": "x" * 1001})
    assert refused.status_code == 422
    assert "x" * 1001 in refused.content.decode()
    assert Client().get(f"/bip/informacja/{item.pk}/").status_code == 200
    writer.post(f"{here}wycofanie/", {"reason": "Pomyłka."})
    assert Client().get(f"/bip/informacja/{item.pk}/").status_code == 410
    assert "Pomyłka." in writer.get(here).content.decode()


def test_files_are_attached_with_size_and_format(writer: Client, reader: Client) -> None:
    version = a_draft()
    here = f"/urzad/bip/{version.item_id}/"
    file = SimpleUploadedFile("lista obecności.txt", b"Anna\nJan\n" * 100)

    writer.post(f"{here}zalaczniki/", {"file": file, "label": "Lista"})
    writer.post(f"{here}przekazanie/")
    version.refresh_from_db()
    reader.post(f"{here}zatwierdzenie/", {"decision": "approve", "seen": version.sha256})

    page = Client().get(f"/bip/informacja/{version.item_id}/").content.decode()
    assert "Lista (TXT, 900\N{NO-BREAK SPACE}B)" in page
    address = page.partition("pliki/")[2].partition('"')[0]
    answer = Client().get(f"/bip/informacja/{version.item_id}/wersja/1/pliki/{address}")
    assert answer.content == b"Anna\nJan\n" * 100
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_scan_needs_its_text(writer: Client) -> None:
    version = a_draft()
    here = f"/urzad/bip/{version.item_id}/zalaczniki/"

    refused = writer.post(here, {"file": SimpleUploadedFile("skan.png", PNG), "label": "Skan"})
    assert refused.status_code == 422
    assert "plik nie ma tekstu, który odczyta program czytający na głos" in refused.content.decode()
    taken = writer.post(
        here, {"file": SimpleUploadedFile("skan.png", PNG), "label": "Skan", "text_version": "Mapa."}
    )
    assert taken.status_code == 302


def test_sections_are_planted_kept_and_removed(writer: Client) -> None:
    writer.post("/urzad/bip/dzialy/gotowy-uklad/")
    count = Section.objects.count()
    assert count > 25
    assert "Polityka i programy" in Client().get("/bip/menu/").content.decode()

    writer.post("/urzad/bip/dzialy/", {"name": "Cmentarze", "slug": "cmentarze", "parent": ""})
    made = Section.objects.get(slug="cmentarze")
    again = writer.post("/urzad/bip/dzialy/", {"name": "Inne", "slug": "cmentarze", "parent": ""})
    assert again.status_code == 422
    writer.post(f"/urzad/bip/dzialy/{made.pk}/", {"name": "Groby wojenne", "law": "", "position": "9"})
    assert "Groby wojenne" in Client().get("/bip/dzial/cmentarze/").content.decode()
    writer.post(f"/urzad/bip/dzialy/{made.pk}/usuniecie/")
    assert Client().get("/bip/dzial/cmentarze/").status_code == 404
    assert Section.objects.count() == count


@pytest.mark.parametrize(
    "place", ["", "nowa/", "w-przygotowaniu/", "dzialy/", "publikacje/", "1/", "1/zatwierdzenie/"]
)
def test_editors_alone_come_in(bulletin: Path, place: str) -> None:
    assert office.client_of(office.anna()).get(f"/urzad/bip/{place}").status_code == 404
    assert Client().get(f"/urzad/bip/{place}").status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_few_questions(
    writer: Client, django_assert_num_queries: object, count: int
) -> None:
    for _ in range(count):
        published()
        a_draft()
    writer.get("/urzad/bip/")
    with django_assert_num_queries(9):  # type: ignore[operator]
        assert writer.get("/urzad/bip/?stan=PUBLISHED&dzial=programy&q=raport").status_code == 200
    with django_assert_num_queries(6):  # type: ignore[operator]
        assert writer.get("/urzad/bip/w-przygotowaniu/").status_code == 200


def test_the_public_finds_words_by_section_day_and_kind(bulletin: Path) -> None:
    section = a_section("nabory", "Nabory")
    published(section, title="Nabór na stanowisko geodety", text="Szukamy geodety powiatowego.")
    published(title="Program ochrony środowiska", now=NOW + timedelta(days=3))

    def found(query: str) -> list[str]:
        page = Client().get(f"/bip/szukaj/?{query}").content.decode()
        return [title for title in ("Nabór na stanowisko", "Program ochrony") if title in page]

    assert found("q=geodetą") == ["Nabór na stanowisko"]
    assert found("q=geodeta&dzial=programy") == []
    assert found("dzial=programy") == ["Program ochrony"]
    assert found("od=25.11.2026") == ["Program ochrony"]
    assert found("do=25.11.2026") == ["Nabór na stanowisko"]
    assert found("rodzaj=informacja") == ["Nabór na stanowisko", "Program ochrony"]
    assert Client().get("/bip/szukaj/?od=jutro").status_code == 422


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
