"""Call records, costs, statistics and how long calls are kept, on the screen; who may see which."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils.timezone import localdate, now
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.telephony import testing
from starostwo.telephony.models import Call, CallKeeping, Node
from starostwo.telephony.services.calls import collect
from tests.telephony.call_rows import out, row, unanswered

pytestmark = pytest.mark.django_db
LIST = "/urzad/telefony/rozmowy/"
COSTS = "/urzad/telefony/koszty/"
STATISTICS = "/urzad/telefony/statystyki/"
KEEPING = "/urzad/telefony/przechowywanie/"
LINE = "127.0.0.1:5090"
GN = '<td class="st-wide">GN Wydział Gospodarki Nieruchomościami</td>'
AB = '<td class="st-wide">AB Wydział Architektury i Budownictwa</td>'


@pytest.fixture(autouse=True)
def calls() -> None:
    """Anna calls out, Jan calls Anna, Jan calls out, a stranger calls Jan, who is not there."""
    office.make_office()
    here, other = testing.make_node("A"), testing.make_node("B", port=5061)
    testing.load_numbers()
    testing.make_phone("101", here, account=office.anna())
    testing.make_phone("201", other, account=office.jan())
    testing.make_public(rings="201")
    testing.make_trunk(here)
    at = now() - timedelta(minutes=10)
    if at.month != localdate().month:
        at = now()
    out("anna-out", "101", "+48601234567", LINE, at=at)
    row("jan-anna", "201", "101", node="B", kind="peer", at=at)
    out("jan-out", "201", "+49301234567", LINE, at=at, node="B")
    unanswered("to-jan", "+48600000001", "+48422888100", 480, at=at, source="trunk", came_by=LINE)
    collect(now=now())


def of(account: Account) -> Client:
    return office.client_of(account)


@pytest.fixture
def admin() -> Client:
    return of(Account.objects.get(pk=testing.admin().account_id))


def found(client: Client, query: str = "") -> set[str]:
    """The calls that a list shows, by their Call-ID."""
    shown = client.get(f"{LIST}{query}").content.decode()
    return {call.sip_id for call in Call.objects.all() if f"{LIST}{call.pk}/" in shown}


def test_everybody_sees_his_own_calls_a_head_those_of_the_unit_the_administrator_all(admin: Client) -> None:
    assert found(of(office.anna())) == {"anna-out", "jan-anna"}
    assert found(of(office.ewa())) == {"anna-out", "jan-anna"}
    assert found(of(office.adam())) == {"jan-anna", "jan-out", "to-jan"}
    assert found(of(office.clerk())) == set()
    assert found(admin) == {"anna-out", "jan-anna", "jan-out", "to-jan"}
    other = Call.objects.get(sip_id="jan-out")
    assert of(office.anna()).get(f"{LIST}{other.pk}/").status_code == 404
    assert of(office.anna()).get(f"{LIST}999999/").status_code == 404
    assert of(office.jan()).get(f"{LIST}{other.pk}/").status_code == 200


def test_calls_are_looked_for(admin: Client) -> None:
    day = f"{localdate():%d.%m.%Y}"
    assert found(admin, "?kierunek=OUT") == {"anna-out", "jan-out"}
    assert found(admin, "?wynik=MISSED") == {"to-jan"}
    assert found(admin, "?numer=601+234+567") == {"anna-out"}
    assert found(admin, "?numer=%2B49") == {"jan-out"}
    assert found(admin, "?numer=101") == {"anna-out", "jan-anna"}
    assert found(admin, "?numer=abc") == set()
    assert found(admin, "?komorka=AB") == {"jan-anna", "jan-out", "to-jan"}
    assert found(admin, f"?od={day}&do={day}") == {"anna-out", "jan-anna", "jan-out", "to-jan"}
    assert found(admin, "?do=01.01.2026") == set()
    assert found(of(office.adam()), "?moje=on") == set()
    answer = admin.get(f"{LIST}?od=02.01.2026&do=01.01.2026")
    assert (answer.status_code, "Popraw dzień" in answer.content.decode()) == (422, True)


def test_the_list_asks_the_same_number_of_queries_for_any_number_of_calls(
    admin: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(10):
        admin.get(LIST)
    for nth in range(60):
        row(f"more{nth}", "101", "201", kind="peer", at=now())
    collect(now=now())
    with django_assert_num_queries(10):
        shown = admin.get(LIST).content.decode()
    assert "cursor=" in shown


def test_a_call_shows_the_tariff_that_was_used(admin: Client) -> None:
    paid, saved = Call.objects.get(sip_id="anna-out"), Call.objects.get(sip_id="jan-anna")
    shown = admin.get(f"{LIST}{paid.pk}/").content.decode()
    assert "101</a> Anna Nowak" in shown
    assert "601 234 567" in shown
    assert "Operator, numery +4860: minuta 0,09\u00a0zł" in shown
    assert "z pamięci" in shown
    shown = admin.get(f"{LIST}{saved.pk}/").content.decode()
    assert "Zaoszczędzono" in shown
    assert "numery +48: minuta 0,05\u00a0zł" in shown


def test_a_call_that_was_sent_on_shows_its_parts_to_who_may_see_them(
    admin: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Anna answers, sends on to Jan, who is busy, and to the secretary; hours ago the same Call-ID."""
    testing.make_phone("102", Node.objects.get(code="A"), label="Sekretariat")
    at = now() - timedelta(hours=1)

    def later(seconds: int) -> datetime:
        return at + timedelta(seconds=seconds)

    who = "+48601234567"
    row("story", who, "101", at=later(0), source="trunk", came_by=LINE, duration=300.0)
    unanswered("story", who, "201", 486, at=later(100), source="sent", came_by="101")
    row("story", who, "102", at=later(200), source="sent", came_by="101", duration=400.0)
    row("story", who, "101", at=at - timedelta(hours=2), source="trunk", came_by=LINE)
    collect(now=now())
    _, first, busy, last = Call.objects.filter(sip_id="story").order_by("begun_at")

    def linked(client: Client, call: Call) -> list[int]:
        shown = client.get(f"{LIST}{call.pk}/").content.decode()
        return [int(found) for found in re.findall(rf'href="{LIST}([0-9]+)/"', shown)]

    assert linked(admin, first) == [busy.pk, last.pk]
    assert linked(admin, busy) == [first.pk, last.pk]
    assert linked(admin, last) == [first.pk, busy.pk]
    assert linked(of(office.anna()), first) == []
    assert linked(of(office.jan()), busy) == []
    with django_assert_num_queries(11):
        admin.get(f"{LIST}{last.pk}/")


def test_calls_are_taken_home_as_files(admin: Client) -> None:
    answer = admin.get(f"{LIST}plik/csv/?kierunek=OUT")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Disposition"].endswith('.csv"')
    assert len(lines) == 3
    assert any("101 Anna Nowak" in line and ";0,0900;" in line for line in lines)
    sheet = load_workbook(BytesIO(admin.get(f"{LIST}plik/xlsx/").content)).active
    assert sheet is not None
    assert sheet.max_row == 2 + 1 + 4
    assert admin.get(f"{LIST}plik/pdf/").status_code == 404
    own = of(office.anna()).get(f"{LIST}plik/csv/").content.decode("utf-8-sig").splitlines()
    assert len(own) == 1 + 2


def test_costs_of_units_and_lines_with_what_was_saved(
    admin: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(9):
        shown = admin.get(COSTS).content.decode()
    assert "Według łączy" in shown
    assert '<td class="st-num">0,09\u00a0zł</td>' in shown
    assert '<td class="st-num">100,00\u00a0zł</td>' in shown
    assert '<td class="st-num">0,05\u00a0zł</td>' in shown
    of_head = of(office.ewa()).get(COSTS).content.decode()
    assert GN in of_head
    assert AB not in of_head
    assert "Według łączy" not in of_head
    assert of(office.anna()).get(COSTS).status_code == 404
    assert "nikt jeszcze nie dzwonił" in admin.get(f"{COSTS}?miesiac=2020-02").content.decode()
    for wrong in ("kot", "2026-13", "2026"):
        assert admin.get(f"{COSTS}?miesiac={wrong}").status_code == 404


def test_a_line_without_a_tariff_says_so(admin: Client) -> None:
    Call.objects.filter(sip_id="anna-out").update(cost=None, tariff=None)
    assert "bez stawki na ten dzień" in admin.get(COSTS).content.decode()
    call = Call.objects.get(sip_id="anna-out")
    assert "brak stawki" in admin.get(f"{LIST}{call.pk}/").content.decode()


def test_statistics_of_units_with_their_hours(
    admin: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(8):
        shown = admin.get(STATISTICS).content.decode()
    assert f'{GN}<td class="st-num">1</td><td class="st-num">1</td>' in shown
    assert f'{AB}<td class="st-num">1</td><td class="st-num">0</td>' in shown
    assert "<svg" in shown
    assert GN not in admin.get(f"{STATISTICS}?komorka=AB").content.decode()
    of_head = of(office.adam())
    assert GN not in of_head.get(STATISTICS).content.decode()
    assert of_head.get(f"{STATISTICS}?komorka=GN").status_code == 404
    assert of(office.anna()).get(STATISTICS).status_code == 404


def test_how_long_calls_are_kept_is_decided_on_the_screen(admin: Client) -> None:
    assert "po 90 dniach" in admin.get(KEEPING).content.decode()
    said = {"since": "01.01.2026", "masked_after": "30", "deleted_after": "20", "reason": "zarządzenie 1"}
    answer = admin.post(KEEPING, said)
    assert (answer.status_code, "Wpisz więcej dni" in answer.content.decode()) == (422, True)
    assert admin.post(KEEPING, said | {"deleted_after": "200"}).status_code == 302
    assert "po 30 dniach" in admin.get(KEEPING).content.decode()
    assert admin.post(KEEPING, said | {"deleted_after": "200"}).status_code == 422
    assert CallKeeping.objects.count() == 1
    assert of(office.ewa()).get(KEEPING).status_code == 404
