"""Contracts with a term and days of announcing: entered, prolonged, ended, told to whoever minds them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from starostwo.assets import testing as assets
from starostwo.assets.models import CoveredAsset, ServiceContract
from starostwo.assets.queries.terms import terms
from starostwo.assets.services import contracts
from starostwo.assets.services.announcing import announce
from starostwo.assets.services.contracts import Said
from starostwo.assets.services.describing import describe
from starostwo.assets.testing import NOW, TODAY, taken
from starostwo.channels.models import Mail
from starostwo.office import testing as office
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
ROOT = "/urzad/majatek/umowy/"
TOLD = {
    "kind": "MAINTENANCE", "number": "OR.2600.4.2026", "name": "Serwis kserokopiarek",
    "party": "Kopia sp. z o.o.",
    "contact": "serwis@kopia.example", "valid_from": "01.01.2026", "valid_until": "31.12.2026",
    "notice_days": "60", "keeper": "", "cost": "12 000,00", "note": "",
}  # fmt: skip


def keeper() -> Client:
    office.make_office()
    return office.client_of(Account.objects.get(pk=assets.manager().account_id))


def entered(days: int, notice: int, who: Account | None = None) -> ServiceContract:
    said = Said(
        "SERVICE", "U/1", "Przegląd klimatyzacji", "Zefir", TODAY, TODAY + timedelta(days=days), notice,
        who.pk if who else None,
    )  # fmt: skip
    return contracts.enter(said, actor=assets.manager(), now=NOW)


def test_a_contract_covers_things_until_it_is_ended() -> None:
    client, asset = keeper(), taken()
    answer = client.post(ROOT, TOLD)
    made = ServiceContract.objects.get()
    assert answer["Location"] == f"{ROOT}{made.pk}/"
    assert client.post(f"{ROOT}{made.pk}/", {"asset": asset.number}).status_code == 302
    assert client.post(f"{ROOT}{made.pk}/", {"asset": asset.number}).status_code == 422
    of_asset = client.get(f"/urzad/majatek/{asset.pk}/").content.decode()
    assert made.number in of_asset
    assert "serwis@kopia.example" in of_asset
    client.post(f"{ROOT}{made.pk}/rozwiazanie/")
    made.refresh_from_db()
    assert made.ended_on is not None
    assert CoveredAsset.objects.get().until_on is not None
    assert client.get(f"{ROOT}{made.pk}/zmiana/").status_code == 404
    assert made.number not in client.get(ROOT).content.decode()
    assert made.number in client.get(f"{ROOT}?stan=rozwiazane").content.decode()


def test_a_contract_does_not_end_before_it_begins_and_keeps_what_was_typed() -> None:
    client = keeper()
    answer = client.post(ROOT, TOLD | {"valid_until": "31.12.2025"})
    assert answer.status_code == 422
    assert "Kopia sp. z o.o." in answer.content.decode()
    assert not ServiceContract.objects.exists()


def test_each_contract_is_announced_its_own_days_before_and_anew_when_it_is_prolonged() -> None:
    office.make_office()
    for account, address in (
        (assets.manager().account_id, "spis@starostwo.example"),
        (office.anna().pk, "a@x.example"),
    ):
        Account.objects.filter(pk=account).update(email=address)
    early, late = entered(80, 90, office.anna()), entered(80, 30)
    found = [one.thing for one in terms(today=TODAY)]
    assert f"assets.contract:{early.pk}" in found
    assert f"assets.contract:{late.pk}" not in found
    announce(today=TODAY)
    announce(today=TODAY)
    assert list(Mail.objects.order_by("to").values_list("to", flat=True)) == [
        "a@x.example",
        "spis@starostwo.example",
    ]
    longer = Said(
        early.kind, early.number, early.name, early.party, early.valid_from, TODAY + timedelta(days=89), 90,
        early.keeper_id,
    )  # fmt: skip
    contracts.change(early.pk, longer, actor=assets.manager(), now=NOW)
    announce(today=TODAY)
    assert Mail.objects.filter(to="a@x.example").count() == 2


def test_the_end_of_a_warranty_is_told_to_whoever_answers_for_the_thing() -> None:
    office.make_office()
    Account.objects.filter(pk=office.anna().pk).update(email="a@x.example")
    describe(taken().pk, {"warranty_until": TODAY + timedelta(days=20)}, actor=assets.manager(), now=NOW)
    announce(today=TODAY)
    [mail] = Mail.objects.all()
    assert mail.to == "a@x.example"
    anna = office.client_of(office.anna())
    assert "koniec gwarancji" in anna.get("/urzad/majatek/moje/").content.decode()


def test_whoever_minds_a_contract_sees_it_and_no_other(django_assert_num_queries: Any) -> None:
    client = keeper()
    mine, other = entered(10, 60, office.anna()), entered(10, 60, office.jan())
    anna = office.client_of(office.anna())
    assert anna.get(f"{ROOT}{mine.pk}/").status_code == 200
    assert anna.get(f"{ROOT}{other.pk}/").status_code == 404
    assert anna.post(f"{ROOT}{mine.pk}/rozwiazanie/").status_code == 404
    assert f"{ROOT}{mine.pk}/" in anna.get("/urzad/majatek/moje/").content.decode()
    client.get(ROOT)
    with django_assert_num_queries(6):
        client.get(ROOT)
