"""The daily check finds one changed byte, wherever it was changed."""

from pathlib import Path

import pytest

from starostwo.bulletin.models import Check, Page
from starostwo.bulletin.services import checking, publishing
from starostwo.office import testing as office
from tests.bulletin.makers import NOW, TODAY, editor, published


@pytest.fixture
def item_id(bulletin: Path) -> int:
    publishing.publish(actor="system", now=NOW, today=TODAY)
    return published().pk


def test_when_nothing_was_changed_nothing_is_found(item_id: int) -> None:
    found = checking.check(now=NOW)

    assert found.faults == []
    assert found.versions == 1
    assert found.pages == Page.objects.exclude(sha256="").count()


def test_one_changed_byte_of_a_version_page_is_found(bulletin: Path, item_id: int) -> None:
    file = bulletin / f"informacja/{item_id}/wersja/1/index.html"
    content = bytearray(file.read_bytes())
    content[500] ^= 1
    file.write_bytes(content)

    said = f"Strona /bip/informacja/{item_id}/wersja/1/index.html ma inną treść niż opublikowana."
    assert checking.check(now=NOW).faults == [said]


def test_a_missing_and_a_foreign_file_are_found(bulletin: Path, item_id: int) -> None:
    (bulletin / f"informacja/{item_id}/index.html").unlink()
    (bulletin / "reklama.html").write_text("Kup!")

    assert checking.check(now=NOW).faults == [
        f"Brakuje strony /bip/informacja/{item_id}/index.html.",
        "Pliku /bip/reklama.html nikt nie opublikował.",
    ]


def test_a_file_and_its_row_changed_together_differ_from_the_history(bulletin: Path, item_id: int) -> None:
    address = "menu/index.html"
    (bulletin / address).write_text("podmienione")
    Page.objects.filter(address=address).update(sha256=publishing.hash_of(address))

    assert checking.check(now=NOW).faults == [
        f"Strona /bip/{address} ma inną treść niż opublikowana.",
        f"Wpis strony /bip/{address} w bazie różni się od historii.",
    ]


def test_editors_see_what_was_found(bulletin: Path, item_id: int) -> None:
    client = office.client_of(office.Account.objects.get(pk=editor().account_id))
    assert client.post("/urzad/bip/publikacje/", {"act": "check"}).status_code == 302
    assert "zgodne" in client.get("/urzad/bip/publikacje/").content.decode()

    (bulletin / "menu/index.html").write_text("podmienione")
    client.post("/urzad/bip/publikacje/", {"act": "check"})

    page = client.get("/urzad/bip/publikacje/").content.decode()
    assert "Strona /bip/menu/index.html ma inną treść niż opublikowana." in page
    assert Check.objects.count() == 2
