"""Off the bulletin: a reason in the place of the pages, and nothing left of the rest."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Item
from starostwo.bulletin.services import approval, drafts, publishing, withdrawal
from starostwo.office import testing as office
from starostwo.search import api as search
from tests.bulletin.makers import NOW, TODAY, editor, next_version, published, renew_lists, second_editor

LATER = NOW + timedelta(hours=2)
PUBLIC = frozenset({"public"})


def test_each_address_of_a_withdrawn_information_tells_why(bulletin: Path) -> None:
    item = published()
    next_version(item, now=LATER, text="Nowy tekst.", change_reason="Poprawka")
    addresses = [
        p.relative_to(bulletin).as_posix() for p in (bulletin / f"informacja/{item.pk}").rglob("*.html")
    ]

    withdrawal.withdraw(item.pk, actor=editor(), reason="Zawierała dane osób trzecich.", now=LATER)

    assert len(addresses) == 4
    for address in addresses:
        answer = Client().get(f"/bip/{address.removesuffix('index.html')}")
        assert answer.status_code == 410
        page = answer.content.decode()
        assert "Zawierała dane osób trzecich." in page
        assert "12 km" not in page
    assert publishing.changed_pages() == []


def test_lists_search_and_register_know_of_the_withdrawal(bulletin: Path) -> None:
    item = published()
    assert "Raport o stanie powiatu" in Client().get("/bip/dzial/programy/").content.decode()
    assert len(search.find("raport", tokens=PUBLIC).hits) == 1

    withdrawal.withdraw(item.pk, actor=editor(), reason="Pomyłka.", now=LATER)

    assert "Raport o stanie powiatu" not in Client().get("/bip/dzial/programy/").content.decode()
    assert search.find("raport", tokens=PUBLIC).hits == ()
    assert (
        "Wycofano. Dział: Programy i strategie. Powód: Pomyłka."
        in Client().get("/bip/rejestr-zmian/").content.decode()
    )
    assert audit.history(str(item))[-1].verb == "withdraw"


def test_a_title_that_tells_too_much_goes_too(bulletin: Path) -> None:
    item = published(title="Decyzja dla Jana Wrony")
    withdrawal.withdraw(item.pk, actor=editor(), reason="Dane osobowe.", hides_title=True, now=LATER)

    renew_lists(item)
    left = "".join(file.read_text() for file in bulletin.rglob("*") if file.is_file())

    assert "Wrony" not in left
    assert f"Informacja nr {item.pk} (tytuł wycofany)" in left


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_withdrawn_without_a_reason(bulletin: Path, reason: str) -> None:
    item = published()

    with pytest.raises(withdrawal.CannotWithdraw):
        withdrawal.withdraw(item.pk, actor=editor(), reason=reason, now=LATER)
    with pytest.raises(access.NotAnEditor):
        withdrawal.withdraw(item.pk, actor=office.actor(office.anna()), reason="x", now=LATER)

    item.refresh_from_db()
    assert item.state == Item.State.PUBLISHED
    assert Client().get(f"/bip/informacja/{item.pk}/").status_code == 200


def test_what_is_withdrawn_is_withdrawn_once_and_gets_no_new_version(bulletin: Path) -> None:
    item = published()
    version = drafts.begin_change(item.pk, actor=editor(), now=LATER)
    withdrawal.withdraw(item.pk, actor=editor(), reason="Pomyłka.", now=LATER)

    with pytest.raises(withdrawal.CannotWithdraw):
        withdrawal.withdraw(item.pk, actor=editor(), reason="Jeszcze raz.", now=LATER)
    with pytest.raises(drafts.CannotEdit):
        drafts.begin_change(item.pk, actor=editor(), now=LATER)
    content = drafts.content_of(version).__class__(
        **{**drafts.content_of(version).__dict__, "change_reason": "x"}
    )
    drafts.save(version.pk, actor=editor(), content=content, base="", now=LATER)
    version = drafts.submit(version.pk, actor=editor(), now=LATER, today=TODAY)
    with pytest.raises(approval.CannotApprove):
        approval.approve(version.pk, actor=second_editor(), seen=version.sha256, now=LATER)


def test_what_was_to_be_shown_until_a_day_expires_on_it(bulletin: Path) -> None:
    item, stays = published(expires_on=date(2026, 12, 1)), published()

    assert withdrawal.expire_due(now=LATER, today=date(2026, 11, 30)) == 0
    assert withdrawal.expire_due(now=LATER + timedelta(days=8), today=date(2026, 12, 1)) == 1

    answer = Client().get(f"/bip/informacja/{item.pk}/")
    assert answer.status_code == 410
    assert "Upłynął okres publikacji" in answer.content.decode()
    assert Client().get(f"/bip/informacja/{stays.pk}/").status_code == 200


def test_feeds_tell_what_is_new(bulletin: Path) -> None:
    item = published()
    next_version(item, now=LATER, text="Nowy tekst.", change_reason="Poprawka & uzupełnienie")

    for address in ("/bip/zmiany.atom", "/bip/dzial/programy/zmiany.atom"):
        answer = Client().get(address)
        assert answer["Content-Type"] == "application/atom+xml"
        feed = ET.fromstring(answer.content)
        entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
        assert len(entries) == 2
        summary = entries[0].find("{http://www.w3.org/2005/Atom}summary")
        assert summary is not None
        assert summary.text == "Zmieniono (wersja 2). Powód: Poprawka & uzupełnienie"
