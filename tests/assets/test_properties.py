"""Properties: many scanners at once lose and double nothing; a closed sheet stays, whoever writes to it."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from starostwo.assets.models import Asset, CountLine, Sheet
from starostwo.assets.services import counting
from starostwo.assets.services.counting import Read
from starostwo.assets.testing import NOW, taken
from starostwo.office import testing as office
from tests.assets.test_stocktaking import begun, counting_person, sheet_of

ROOMS = ("SADOWA/1/105", "SADOWA/1/106", "SADOWA/1/107")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_many_scanners_that_send_again_lose_and_double_no_line(committed_database: str, seed: int) -> None:
    chance = Random(seed)
    for number in range(9):
        taken(kind="LOW", value=500_00, place=office.make_place(ROOMS[number % 3]).pk)
    begun(*ROOMS)
    person, sheets = counting_person(), [sheet_of(room).pk for room in ROOMS]
    numbers = [*Asset.objects.values_list("number", flat=True), "PST/1999/0001"]
    keyed = [(chance.choice(sheets), Read(number, uuid4())) for number in numbers * 3]
    sent = keyed * 2
    chance.shuffle(sent)

    def read(one: tuple[int, Read]) -> None:
        try:
            counting.count(one[0], one[1], actor=person, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(read, sent))
    lines = CountLine.objects.all()
    known = list(lines.exclude(asset=None).values_list("typed", flat=True))
    assert sorted(known) == sorted(numbers[:-1])
    keys = {read.key for _, read in keyed if read.typed == numbers[-1]}
    assert set(lines.filter(asset=None).values_list("key", flat=True)) == keys
    for sheet in sheets:
        places = list(lines.filter(sheet=sheet).order_by("position").values_list("position", flat=True))
        assert places == list(range(1, len(places) + 1))


WRITES = (
    "UPDATE assets_countline SET note = 'x' WHERE sheet_id = %s",
    "UPDATE assets_countline SET read_at = now() WHERE sheet_id = %s",
    "UPDATE assets_countline SET struck_at = now(), struck_why = 'x' WHERE sheet_id = %s",
    "UPDATE assets_countline SET quantity = 9 WHERE sheet_id = %s",
    "DELETE FROM assets_countline WHERE sheet_id = %s",
    "UPDATE assets_sheet SET closed_at = NULL, digest = '' WHERE id = %s",
    "UPDATE assets_sheet SET digest = 'x' WHERE id = %s",
    "DELETE FROM assets_sheet WHERE id = %s",
    "INSERT INTO assets_countline (sheet_id, stock_take_id, position, typed, quantity, outcome, note, key,"
    " counted_at, counted_by_name, struck_why) SELECT s.id, f.stock_take_id, 99, 'X', 1, 'UNKNOWN', '',"
    " gen_random_uuid(), now(), 'x', '' FROM assets_sheet s JOIN assets_countfield f ON f.id = s.field_id"
    " WHERE s.id = %s",
    "TRUNCATE assets_countline",
)


@pytest.mark.django_db
@pytest.mark.law("u.o.r. art. 22 ust. 3")
@pytest.mark.parametrize("write", WRITES, ids=[str(number) for number in range(len(WRITES))])
def test_no_sql_of_the_application_changes_a_closed_sheet(write: str) -> None:
    asset = taken()
    begun("SADOWA/1/105")
    sheet = sheet_of("SADOWA/1/105")
    counting.count(sheet.pk, Read(asset.number, uuid4()), actor=counting_person(), now=NOW)
    counting.close_sheet(sheet.pk, actor=counting_person(), now=NOW)
    before = list(CountLine.objects.values()), list(Sheet.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(write, [sheet.pk] if "%s" in write else None)
    assert (list(CountLine.objects.values()), list(Sheet.objects.values())) == before
