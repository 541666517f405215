"""Papers signed electronically: by those who stand on them, one signature added to the other."""

from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader

from starostwo.assets import testing as assets
from starostwo.assets.models import Document, Sheet, SignedPaper, StockTake
from starostwo.assets.rules.signing import Parties, roles_for
from starostwo.assets.services import counting, documents, stocktaking
from starostwo.assets.services.documents import Holder
from starostwo.assets.testing import NOW, TODAY, header, taken
from starostwo.office import testing as office
from starostwo.office.models import Account
from tests.assets.test_stocktaking import begun, counter, counting_person, settled, sheet_of
from tests.records.document_makers import give_key

DOCUMENTS, SHEETS, TAKES = "/urzad/majatek/dokumenty/", "/urzad/spisy/arkusze/", "/urzad/spisy/"
PAIR = Parties(giving=frozenset({1}), taking=frozenset({2}), team=frozenset({3, 4}), keepers=frozenset({1}))


@pytest.mark.parametrize(
    ("paper", "account", "offices", "signed", "roles"),
    [
        ("MT", 1, (), (), ["FROM"]),
        ("MT", 2, (), (), ["TO"]),
        ("MT", 2, (), (("TO", 2),), []),
        ("MT", 9, (), (), []),
        ("MT", 9, ("RECORDS",), (), ["RECORDS"]),
        ("AM", 9, ("RECORDS", "BOOKS"), (), ["RECORDS", "BOOKS"]),
        ("SHEET", 3, (), (("TEAM", 4),), ["TEAM"]),
        ("SHEET", 1, (), (), ["KEEPER"]),
        ("PROTOCOL", 1, (), (), []),
    ],
    ids=[
        "gives",
        "takes",
        "signed before",
        "stranger",
        "keeps records",
        "two roles",
        "team",
        "answers",
        "no part",
    ],
)
def test_who_signs_in_which_role(
    paper: str, account: int, offices: tuple[str, ...], signed: tuple[tuple[str, int], ...], roles: list[str]
) -> None:
    assert roles_for(paper, account, PAIR, offices=offices, signed=signed) == roles


def moved() -> Document:
    """A server that goes from Anna to Ewa."""
    asset = taken()
    to = Holder(office.make_place("SADOWA/2/201").pk, office.ewa().pk, office.ewa().pk)
    return documents.move([asset.pk], to, header(), actor=assets.manager(), today=TODAY, now=NOW)


def signatures_in(client: Client, address: str) -> int:
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    fields = PdfReader(BytesIO(content)).get_fields() or {}
    return sum(field.get("/FT") == "/Sig" for field in fields.values())


@pytest.mark.django_db
@pytest.mark.law("u.o.r. art. 21 ust. 1 pkt 5")
def test_both_sides_of_a_move_sign_one_file() -> None:
    office.make_office()
    made = moved()
    address = f"{DOCUMENTS}{made.pk}/"
    for person, role in ((office.anna(), "FROM"), (office.ewa(), "TO")):
        give_key(person)
        client = office.client_of(person)
        assert f'value="{role}"' in client.get(address).content.decode()
        client.post(f"{address}podpis/", {"role": role})
    assert list(SignedPaper.objects.order_by("position").values_list("role", "signer_name")) == [
        ("FROM", office.anna().name), ("TO", office.ewa().name),
    ]  # fmt: skip
    assert signatures_in(client, f"{address}dokument.pdf") == 2
    client.post(f"{address}podpis/", {"role": "TO"})
    client.post(f"{address}podpis/", {"role": "RECORDS"})
    assert SignedPaper.objects.count() == 2


@pytest.mark.django_db
def test_who_does_not_stand_on_it_neither_sees_nor_signs() -> None:
    office.make_office()
    made = moved()
    stranger = office.client_of(counterless())
    assert stranger.get(f"{DOCUMENTS}{made.pk}/").status_code == 404
    assert stranger.get(f"{DOCUMENTS}{made.pk}/dokument.pdf").status_code == 404
    assert stranger.post(f"{DOCUMENTS}{made.pk}/podpis/", {"role": "TO"}).status_code == 404


def counterless() -> Account:
    return office.make_staff("o.obca", "Olga Obca", unit="OR")


@pytest.mark.django_db
def test_without_a_key_nothing_is_signed() -> None:
    office.make_office()
    made = moved()
    client = office.client_of(office.ewa())
    answer = client.post(f"{DOCUMENTS}{made.pk}/podpis/", {"role": "TO"}, follow=True)
    assert "Nie masz klucza do podpisu" in answer.content.decode()
    assert SignedPaper.objects.count() == 0


@pytest.mark.django_db
def test_a_closed_sheet_is_signed_by_the_team_and_by_whoever_answers() -> None:
    office.make_office()
    asset = taken()
    begun("SADOWA/1/105")
    sheet = sheet_of("SADOWA/1/105")
    keeper = office.client_of(office.anna())
    assert keeper.get(f"{SHEETS}{sheet.pk}/").status_code == 404
    team = office.client_of(counter())
    assert team.post(f"{SHEETS}{sheet.pk}/podpis/", {"role": "TEAM"}).status_code == 404
    counting.count(sheet.pk, counting.Read(asset.number, key_of(sheet)), actor=counting_person(), now=NOW)
    counting.close_sheet(sheet.pk, actor=counting_person(), now=NOW)
    for person, role in ((counter(), "TEAM"), (office.anna(), "KEEPER")):
        give_key(person)
        office.client_of(person).post(f"{SHEETS}{sheet.pk}/podpis/", {"role": role})
    assert sorted(SignedPaper.objects.values_list("role", flat=True)) == ["KEEPER", "TEAM"]
    assert signatures_in(keeper, f"{SHEETS}{sheet.pk}/arkusz.pdf") == 2


@pytest.mark.django_db
def test_the_protocol_of_a_closed_stock_taking_is_signed() -> None:
    office.make_office()
    taken_things = taken()
    take = begun("SADOWA/1/105")
    sheet = sheet_of("SADOWA/1/105")
    counting.count(
        sheet.pk, counting.Read(taken_things.number, key_of(sheet)), actor=counting_person(), now=NOW
    )
    settled(take)
    stocktaking.close(take.pk, actor=assets.manager(), today=TODAY, now=NOW)
    account = Account.objects.get(pk=assets.manager().account_id)
    give_key(account)
    client = office.client_of(account)
    client.post(f"{TAKES}{take.pk}/podpis/", {"role": "RECORDS"})
    assert SignedPaper.objects.get().stock_take == StockTake.objects.get()
    assert signatures_in(client, f"{TAKES}{take.pk}/protokol.pdf") == 1


def key_of(sheet: Sheet) -> UUID:
    return UUID(int=sheet.pk)
