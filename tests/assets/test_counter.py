"""What a counting device asks and sends: each reading once; a blind count learns nothing."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from starostwo.assets.models import CountLine, Sheet
from starostwo.assets.services import counting
from starostwo.assets.testing import NOW, taken
from starostwo.office import testing as office
from tests.assets.test_stocktaking import begun, counter, counting_person, sheet_of

pytestmark = pytest.mark.django_db
SHEETS = "/urzad/spisy/arkusze/"
ROOM = "SADOWA/1/105"


def phone() -> Client:
    return office.client_of(counter())


def reading(typed: str, **said: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "typed": typed, "quantity": 1, "read_at": "2026-11-23T08:15:00.000Z"} | said


def sent(client: Client, sheet: Sheet, *readings: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.post(
        f"{SHEETS}{sheet.pk}/odczyty/", {"readings": list(readings)}, content_type="application/json"
    )
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["answers"]
    return found


def test_a_reading_sent_again_is_one_line_with_its_room_and_hour() -> None:
    asset = taken()
    office.make_place(ROOM)
    begun("SADOWA/1")
    sheet, client = sheet_of("SADOWA/1"), phone()
    once = reading(f"https://example.pl/m/{asset.number}", place=office.make_place(ROOM).pk)
    first, second = sent(client, sheet, once), sent(client, sheet, once)
    assert first == second
    assert (first[0]["outcome"], first[0]["name"]) == ("AGREED", asset.name)
    [line] = CountLine.objects.select_related("place")
    assert (line.place.path if line.place else "", f"{line.read_at:%H:%M}") == (ROOM, "08:15")
    assert sent(client, sheet, reading(asset.number))[0]["outcome"] == "REPEAT"
    assert CountLine.objects.count() == 1


def test_the_room_decides_what_is_elsewhere() -> None:
    asset = taken()
    other = office.make_place("SADOWA/1/106")
    begun("SADOWA/1")
    [said] = sent(phone(), sheet_of("SADOWA/1"), reading(asset.number, place=other.pk))
    assert said["outcome"] == "ELSEWHERE"


def test_one_reading_costs_as_much_as_a_whole_queue(django_assert_num_queries: Any) -> None:
    assets = [taken() for _ in range(12)]
    room = office.make_place(ROOM)
    begun("SADOWA/1")
    sheet, client = sheet_of("SADOWA/1"), phone()
    sent(client, sheet, reading(assets[0].number, place=room.pk))
    with django_assert_num_queries(11):
        sent(client, sheet, reading(assets[1].number, place=room.pk))
    queue = [reading(one.number, place=room.pk) for one in [*assets[1:], assets[5]]]
    with django_assert_num_queries(11):
        outcomes = [one["outcome"] for one in sent(client, sheet, *queue, queue[3])]
    assert outcomes == ["REPEAT", *["AGREED"] * 10, "REPEAT", "AGREED"]
    assert list(CountLine.objects.order_by("position").values_list("position", flat=True)) == list(
        range(1, 13)
    )


def test_each_reading_is_refused_for_itself() -> None:
    asset = taken()
    strange = office.make_place("DLUGA/1/105")
    begun(ROOM)
    sheet, client = sheet_of(ROOM), phone()
    told = [reading("PST/1999/0001", place=strange.pk), reading(""), reading(asset.number)]
    assert [one["outcome"] for one in sent(client, sheet, *told)] == ["REFUSED", "REFUSED", "AGREED"]
    counting.close_sheet(sheet.pk, actor=counting_person(), now=NOW)
    assert sent(client, sheet, reading("PST/1999/0002"))[0]["outcome"] == "CLOSED"
    assert CountLine.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '{"readings": 7}',
        '{"readings": [{"typed": "x"}]}',
        '{"readings": [{"key": "7", "typed": "x"}]}',
    ],
    ids=["empty", "list", "number", "no key", "bad key"],
)
def test_what_is_no_list_of_readings_changes_nothing(body: str) -> None:
    taken()
    begun(ROOM)
    address = f"{SHEETS}{sheet_of(ROOM).pk}/odczyty/"
    assert phone().post(address, body, content_type="application/json").status_code == 400
    assert CountLine.objects.count() == 0


def test_a_blind_count_learns_nothing_of_the_books() -> None:
    asset = taken()
    begun(ROOM, is_blind=True)
    sheet, client = sheet_of(ROOM), phone()
    assert "name" not in sent(client, sheet, reading(asset.number))[0]
    told = client.get(f"{SHEETS}{sheet.pk}/stan.json").json()
    assert (told["blind"], told["books"]) == (True, [])
    assert [one["number"] for one in told["counted"]] == [asset.number]
    assert "niepoliczone" not in client.get(f"{SHEETS}{sheet.pk}/licznik/").content.decode()


def test_only_the_team_has_the_page_and_it_alone_may_decode() -> None:
    taken()
    begun(ROOM)
    sheet, client = sheet_of(ROOM), phone()
    page = client.get(f"{SHEETS}{sheet.pk}/licznik/")
    assert "'wasm-unsafe-eval'" in page["Content-Security-Policy"]
    assert "wasm" not in client.get(f"{SHEETS}{sheet.pk}/")["Content-Security-Policy"]
    stranger = office.client_of(counter("o.obcy", "Olga Obca"))
    for last in ("licznik/", "stan.json"):
        assert stranger.get(f"{SHEETS}{sheet.pk}/{last}").status_code == 404
    assert stranger.post(f"{SHEETS}{sheet.pk}/odczyty/").status_code == 404
    assert Client().get(f"{SHEETS}licznik.js")["Content-Type"].startswith("text/javascript")


def test_the_state_of_a_sheet_costs_the_same_however_many_things(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        taken(kind="LOW", value=500_00)
    begun(ROOM)
    client, address = phone(), f"{SHEETS}{sheet_of(ROOM).pk}/stan.json"
    client.get(address)
    with django_assert_num_queries(8):
        assert len(client.get(address).json()["books"]) == 3
