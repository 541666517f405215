"""A stock-taking from the order to the documents: frozen books, sheets that lock, nothing counted twice."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils.timezone import localtime
from pypdf import PdfReader

from starostwo.assets import testing as assets
from starostwo.assets.models import (
    Asset,
    BookRow,
    CountLine,
    Difference,
    Document,
    Proposal,
    Sheet,
    StockTake,
)
from starostwo.assets.services import counting, deciding, documents, stocktaking
from starostwo.assets.services.counting import Counted, Read
from starostwo.assets.services.deciding import Decision
from starostwo.assets.services.documents import Holder
from starostwo.assets.services.stocktaking import NoSuchStockTake, Order
from starostwo.assets.services.writing import MayNotManage, Refused
from starostwo.assets.testing import NOW, TODAY, header, taken
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Draft
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right, actor_for
from starostwo.office.models import Account

LIST = "/urzad/spisy/"


def counter(login: str = "m.licznik", name: str = "Maria Licznik") -> Account:
    return office.make_staff(login, name, unit="IF", rights=[Right.COUNT_ASSETS])


def counting_person() -> Actor:
    return actor_for(counter(), today=TODAY)


def team() -> list[int]:
    return [counter().pk, counter("j.karta", "Jacek Karta").pk]


def begun(*places: str, is_blind: bool = False) -> StockTake:
    """A stock-taking of these places whose teams may count."""
    manager = assets.manager()
    said = Order("FULL", "zarządzenie 12/2026", TODAY, is_blind)
    made = stocktaking.prepare(said, actor=manager, today=TODAY, now=NOW)
    for path in places:
        place = office.make_place(path)
        stocktaking.add_field(made.pk, place.pk, team(), actor=manager, today=TODAY, now=NOW)
    return stocktaking.begin(made.pk, actor=manager, now=NOW)


def sheet_of(path: str) -> Sheet:
    return Sheet.objects.get(field__place__path=path)


def read(sheet: Sheet, typed: str, *, key: UUID | None = None, quantity: int = 1) -> Counted:
    return counting.count(sheet.pk, Read(typed, key or uuid4(), quantity), actor=counting_person(), now=NOW)


def settled(take: StockTake) -> dict[str, str]:
    for sheet in Sheet.objects.filter(field__stock_take=take, closed_at=None):
        counting.close_sheet(sheet.pk, actor=counting_person(), now=NOW)
    made = stocktaking.settle(take.pk, actor=assets.manager(), now=NOW)
    return {one.asset.number if one.asset else one.line.typed: one.kind for one in made}  # type: ignore[union-attr]


def decide(kind: str, decision: str, **said: Any) -> Difference:
    one = Difference.objects.get(kind=kind)
    told = Decision(decision, "komisja ustaliła", **said)
    return deciding.decide(one.pk, told, actor=assets.manager(), today=TODAY, now=NOW)


@pytest.mark.django_db
@pytest.mark.law("u.o.r. art. 27 ust. 2")
def test_the_whole_course_ends_with_documents_and_postings() -> None:
    office.make_office()
    ledger.make_year()
    there, gone = taken(name="Serwer"), taken(name="Skradziony", kind="LOW", value=900_00)
    strayed = taken(name="Zabłąkany", place=office.make_place("SADOWA/2/201").pk)
    take = begun("SADOWA/1/105", "SADOWA/2/201")
    here = sheet_of("SADOWA/1/105")
    assert read(here, there.number).line.outcome == "AGREED"
    assert read(here, strayed.number).line.outcome == "ELSEWHERE"
    assert read(here, "PST/1999/0001").line.outcome == "UNKNOWN"
    assert settled(take) == {
        gone.number: "SHORTAGE", strayed.number: "MISPLACED", "PST/1999/0001": "SURPLUS",
    }  # fmt: skip
    with pytest.raises(Refused):
        stocktaking.close(take.pk, actor=assets.manager(), today=TODAY, now=NOW)
    before = Draft.objects.count()
    documents_made = [
        decide("SHORTAGE", "LIQUIDATE").document, decide("MISPLACED", "MOVE").document,
        decide("SURPLUS", "TAKE_IN", name="Niszczarka", value=300_00).document,
    ]  # fmt: skip
    assert [one.kind for one in documents_made if one] == ["LT", "MT", "OT"]
    assert Draft.objects.count() == before + 2  # the shortage and the surplus; a move posts nothing
    gone.refresh_from_db()
    strayed.refresh_from_db()
    assert (gone.state, strayed.place.path) == ("LIQUIDATED", "SADOWA/1/105")  # type: ignore[union-attr]
    assert Proposal.objects.filter(document__event="LT-SHORTAGE", draft_id__isnull=False).count() == 1
    closed = stocktaking.close(take.pk, actor=assets.manager(), today=TODAY, now=NOW)
    assert closed.state == "CLOSED"


@pytest.mark.django_db
def test_the_books_are_frozen_when_counting_begins() -> None:
    asset = taken()
    take = begun("SADOWA/1/105")
    room = office.make_place("SADOWA/2/201")
    documents.move([asset.pk], Holder(room.pk), header(), actor=assets.manager(), today=TODAY, now=NOW)
    assert read(sheet_of("SADOWA/1/105"), asset.number).line.outcome == "AGREED"
    row = BookRow.objects.get(stock_take=take)
    for change in ({"quantity": 9}, {"place": room}):
        with pytest.raises(DatabaseError), transaction.atomic():
            BookRow.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        BookRow.objects.create(
            stock_take=take, field=row.field, asset=taken(), place=room, quantity=1, value=1
        )


@pytest.mark.django_db
def test_a_second_scan_is_named_and_a_repeated_one_changes_nothing() -> None:
    asset = taken()
    begun("SADOWA/1/105", "DLUGA")
    sheet, key = sheet_of("SADOWA/1/105"), uuid4()
    first = read(sheet, f"https://majatek.example/{asset.number}/", key=key)
    assert (first.line.typed, first.is_repeat) == (asset.number, False)
    assert not read(sheet, asset.number, key=key).is_repeat  # the same reading sent again
    assert read(sheet, asset.number.lower()).is_repeat
    assert read(sheet_of("DLUGA"), asset.number).line.pk == first.line.pk
    assert CountLine.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.law("u.o.r. art. 22 ust. 3")
def test_a_mistake_is_struck_and_the_thing_counted_again() -> None:
    asset = taken(kind="QUANTITY", kst_code="", quantity=6)
    begun("SADOWA/1/105")
    sheet = sheet_of("SADOWA/1/105")
    wrong = read(sheet, asset.number, quantity=60).line
    with pytest.raises(Refused):
        counting.strike(wrong.pk, " ", actor=counting_person(), now=NOW)
    counting.strike(wrong.pk, "pomyłka w liczbie", actor=counting_person(), now=NOW)
    assert read(sheet, asset.number, quantity=6).line.position == 2
    for change in ({"quantity": 1}, {"struck_at": None, "struck_why": ""}):
        with pytest.raises(DatabaseError), transaction.atomic():
            CountLine.objects.filter(pk=wrong.pk).update(**change)


@pytest.mark.django_db
def test_a_closed_sheet_stays_also_for_sql_with_the_role_of_the_application() -> None:
    asset = taken()
    begun("SADOWA/1/105")
    sheet = sheet_of("SADOWA/1/105")
    read(sheet, "nieznany")
    closed = counting.close_sheet(sheet.pk, actor=counting_person(), now=NOW)
    assert closed.digest == counting.digest_of(closed)
    with pytest.raises(NoSuchStockTake):
        read(sheet, asset.number)
    for statement in (
        "UPDATE assets_sheet SET closed_at = NULL, digest = ''",
        "DELETE FROM assets_sheet",
        "DELETE FROM assets_countline",
        "UPDATE assets_countline SET struck_at = now(), struck_why = 'x'",
        "UPDATE assets_stocktake SET state = 'PREPARED', frozen_at = NULL",
        "INSERT INTO assets_countline (sheet_id, stock_take_id, position, typed, quantity, outcome, note,"
        " key, counted_at, counted_by_name, struck_why)"
        " SELECT sheet_id, stock_take_id, 9, 'x', 1, 'UNKNOWN', '', gen_random_uuid(), now(), '', ''"
        " FROM assets_countline",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert CountLine.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "people", "field"),
    [
        ("SADOWA/1", "two", "place"),
        ("SADOWA/1/105/R1", "two", "place"),
        ("DLUGA", "one", "team"),
        ("DLUGA", "keeper", "team"),
        ("DLUGA", "manager", "team"),
    ],
)
def test_a_field_that_overlaps_or_has_a_wrong_team_is_refused(path: str, people: str, field: str) -> None:
    taken(place=office.make_place("DLUGA/0/001").pk)
    manager = assets.manager()
    take = stocktaking.prepare(Order("FULL", "z. 1", TODAY), actor=manager, today=TODAY, now=NOW)
    first = office.make_place("SADOWA/1/105")
    stocktaking.add_field(take.pk, first.pk, team(), actor=manager, today=TODAY, now=NOW)
    teams = {
        "two": team(), "one": team()[:1], "keeper": [team()[0], office.anna().pk],
        "manager": [team()[0], manager.account_id],
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        stocktaking.add_field(
            take.pk, office.make_place(path).pk, teams[people], actor=manager, today=TODAY, now=NOW
        )
    assert refused.value.field == field


@pytest.mark.django_db
def test_only_the_team_counts_and_only_the_manager_leads() -> None:
    taken()
    take = begun("SADOWA/1/105")
    sheet = sheet_of("SADOWA/1/105")
    stranger = actor_for(counter("x.obca", "Xenia Obca"), today=TODAY)
    for actor in (stranger, assets.manager()):
        with pytest.raises(NoSuchStockTake):
            counting.count(sheet.pk, Read("ST/2026/0001", uuid4()), actor=actor, now=NOW)
    with pytest.raises(MayNotManage):
        stocktaking.settle(take.pk, actor=counting_person(), now=NOW)
    with pytest.raises(Refused):
        stocktaking.settle(take.pk, actor=assets.manager(), now=NOW)
    assert office.client_of(office.jan()).get(LIST).status_code == 404


def test_of_two_who_strike_a_line_at_once_one_is_refused(committed_database: str) -> None:
    office.make_office()
    taken()
    begun("SADOWA/1/105")
    line = read(sheet_of("SADOWA/1/105"), "nieznany").line
    actor = counting_person()

    def struck(number: int) -> bool:
        try:
            counting.strike(line.pk, f"pomyłka {number}", actor=actor, now=NOW)
        except NoSuchStockTake:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as people:
        assert sorted(people.map(struck, range(4))) == [False, False, False, True]


def test_two_scanners_at_once_never_double_a_line(committed_database: str) -> None:
    asset = taken()
    begun("SADOWA/1/105", "DLUGA")
    sheets = [sheet_of("SADOWA/1/105").pk, sheet_of("DLUGA").pk]
    actor = counting_person()

    def scan(number: int) -> bool:
        try:
            read = Read(asset.number, uuid4())
            return counting.count(sheets[number % 2], read, actor=actor, now=NOW).is_repeat
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as scanners:
        repeats = list(scanners.map(scan, range(8)))
    assert repeats.count(False) == 1
    assert CountLine.objects.filter(asset=asset).count() == 1


@pytest.fixture
def clients() -> tuple[Client, Client]:
    office.make_office()
    manager = office.client_of(Account.objects.get(pk=assets.manager().account_id))
    return manager, office.client_of(counter())


@pytest.mark.django_db
def test_it_is_led_and_counted_on_the_screen(clients: tuple[Client, Client]) -> None:
    manager, person = clients
    asset, missing = taken(), taken(name="Brakujący", kind="LOW", value=100_00)
    order = {"kind": "SUDDEN", "order": "zarządzenie 3", "ordered_on": "20.11.2026"}
    page = manager.post(LIST, order)["Location"]
    assert manager.post(LIST, {**order, "order": ""}).status_code == 422
    assert manager.post(page, {"place": "SADOWA/1/105", "team": team()[:1]}).status_code == 422
    assert manager.post(page, {"place": "SADOWA/1/105", "team": team()}).status_code == 302
    manager.post(f"{page}poczatek/")
    sheet = f"{LIST}arkusze/{Sheet.objects.get().pk}/"
    assert "Jeszcze niepoliczone: 2" in person.get(sheet).content.decode()
    for typed, words in (
        (asset.number, "zgodny"), (asset.number, "już policzono"), ("ST/1/1", "nie ma takiego numeru"),
    ):  # fmt: skip
        answer = person.post(
            sheet, {"typed": typed, "quantity": "1", "note": "", "key": str(uuid4())}, follow=True
        )
        assert words in answer.content.decode()
    assert person.post(sheet, {"typed": "", "quantity": "1", "key": str(uuid4())}).status_code == 422
    person.post(f"{LIST}pozycje/{CountLine.objects.get(typed='ST/1/1').pk}/skreslenie/", {"why": "śmieć"})
    person.post(f"{sheet}zamkniecie/")
    assert person.post(sheet, {"typed": "X", "quantity": "1", "key": str(uuid4())}).status_code == 404
    manager.post(f"{page}rozliczenie/")
    assert missing.number in manager.get(page).content.decode()
    decision = f"{LIST}roznice/{Difference.objects.get().pk}/"
    assert manager.post(decision, {"decision": "LIQUIDATE"}).status_code == 422
    manager.post(decision, {"decision": "LIQUIDATE", "explanation": "kradzież, zgłoszono"})
    manager.post(f"{page}zakonczenie/")
    assert StockTake.objects.get().state == "CLOSED"
    for paper, words in (
        (f"{sheet}arkusz.pdf", "Spis zakończono na poz. 2"),
        (f"{sheet}arkusz.pdf", f"{localtime(Sheet.objects.get().opened_at):%d.%m.%Y %H:%M}"),
        (f"{sheet}arkusz.pdf", "J.m. Ilość Cena Wartość Uwagi"),
        (f"{page}protokol.pdf", "kradzież"),
        (f"{page}protokol.pdf", "Księgowość, data i podpis"),
    ):
        text = "".join(p.extract_text() for p in PdfReader(BytesIO(manager.get(paper).content)).pages)
        assert words in " ".join(text.split())


@pytest.mark.django_db
def test_a_blind_count_tells_nothing_of_the_books(clients: tuple[Client, Client]) -> None:
    _, person = clients
    strayed = taken(place=office.make_place("DLUGA/0/001").pk, name="Tajny")
    begun("SADOWA/1/105", is_blind=True)
    sheet = f"{LIST}arkusze/{Sheet.objects.get().pk}/"
    told = {"typed": strayed.number, "quantity": "1", "note": "", "key": str(uuid4())}
    page = person.post(sheet, told, follow=True).content.decode()
    assert "gdzie indziej" not in page
    assert "niepoliczone" not in page
    assert Document.objects.count() == Asset.objects.count() == 1
