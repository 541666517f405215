"""Documents alone change assets: numbers without gaps, sums that agree, refusals that change nothing."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from starostwo.assets import testing as assets
from starostwo.assets.models import Asset, Document, DocumentLine, Series
from starostwo.assets.services import depreciation, documents
from starostwo.assets.services.catalogue import load_classes, set_threshold
from starostwo.assets.services.documents import Holder, NewAsset, Part
from starostwo.assets.services.writing import MayNotManage, Refused
from starostwo.assets.testing import NOW, TODAY, header, taken
from starostwo.audit import api as audit
from starostwo.ledger import testing as ledger
from starostwo.office import testing as office

pytestmark = pytest.mark.django_db
D = date


def done(act: Any, *args: Any, **said: Any) -> Document:
    return act(*args, actor=assets.manager(), today=TODAY, now=NOW, **said)


@pytest.mark.law("u.o.r. art. 17 ust. 1 pkt 1")
def test_an_ot_numbers_and_values_each_asset_by_its_register() -> None:
    load_classes(now=NOW)
    new = [assets.new(), assets.new(kind="LOW", value=900_00), assets.new(name="Druga szafa serwerowa")]
    made = done(documents.take, new, header(), origin="PURCHASE")
    rows = [(a.number, a.value, a.written_off, a.method) for a in Asset.objects.order_by("id")]
    assert rows == [
        ("ST/2026/0001", 24_000_00, 0, "LINEAR"),
        ("PST/2026/0001", 900_00, 900_00, "AT_ONCE"),
        ("ST/2026/0002", 24_000_00, 0, "LINEAR"),
    ]
    assert (str(made), made.line_count) == ("OT/1/2026", 3)
    [entry] = audit.history_of([f"assets.document:{made.pk}"])
    assert entry.verb == "post"


def test_a_refused_ot_takes_no_number() -> None:
    taken()
    with pytest.raises(Refused) as refused:
        taken(kind="LOW", value=20_000_00)
    assert refused.value.field == "value"
    assert taken().number == "ST/2026/0002"
    assert not Series.objects.filter(code="PST").exists()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("value", {"value": 0}),
        ("kst_code", {"kst_code": "999"}),
        ("kst_code", {"kst_code": ""}),
        ("name", {"name": " "}),
        ("quantity", {"quantity": 2}),
        ("kind", {"kind": "ROBOT"}),
    ],
)
def test_a_new_asset_that_does_not_hold_is_refused(field: str, said: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        taken(**said)
    assert refused.value.field == field
    assert not Asset.objects.exists()


def test_only_who_keeps_the_register_writes_documents() -> None:
    asset = taken()
    for person in (office.anna(), office.admin(), office.starosta()):
        with pytest.raises(MayNotManage):
            documents.liquidate(
                [asset.pk], header(), way="SCRAP", actor=office.actor(person), today=TODAY, now=NOW
            )
    assert Document.objects.count() == 1


def test_the_database_lets_only_documents_change_an_asset() -> None:
    asset = taken()
    for change in ({"value": 1}, {"place": None}, {"state": "LIQUIDATED"}, {"number": "X"}, {"rate": 1}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Asset.objects.filter(pk=asset.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Asset.objects.filter(pk=asset.pk).delete()
    Asset.objects.filter(pk=asset.pk).update(serial_number="SN-1")
    asset.refresh_from_db()
    assert (asset.value, asset.serial_number) == (24_000_00, "SN-1")


@pytest.mark.law("u.o.r. art. 22 ust. 3")
def test_a_posted_document_stays_also_for_sql() -> None:
    asset = taken()
    for statement in (
        "UPDATE assets_document SET text = 'x'",
        "DELETE FROM assets_documentline",
        "DELETE FROM assets_document",
        "UPDATE assets_documentline SET value_change = 1",
        "UPDATE assets_series SET last = 0",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    document = Document.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        DocumentLine.objects.create(document=document, position=2, asset=asset, value_change=5)
    with pytest.raises(DatabaseError), transaction.atomic():
        _bare_asset()


def _bare_asset() -> None:
    Asset.objects.create(kind="LOW", year=2026, position=9, number="PST/2026/0009", name="x", method="NEVER")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_opening_balance_brings_what_is_written_off() -> None:
    load_classes(now=NOW)
    told = assets.new(taken_on=D(2023, 5, 4), written_off=10_000_00)
    made = done(documents.bring_forward, [told], header(D(2026, 1, 1), "spis na dzień przejęcia"))
    asset = assets.asset_of(made)
    assert (asset.value, asset.written_off, asset.taken_on) == (24_000_00, 10_000_00, D(2023, 5, 4))
    with pytest.raises(Refused) as refused:
        done(documents.bring_forward, [told], header(D(2026, 1, 2), "spis"))
    assert refused.value.field == "happened_on"


def test_a_move_changes_place_and_people_and_remembers_where_from() -> None:
    asset = taken()
    room, anna, jan = office.make_place("SADOWA/2/201"), office.anna(), office.jan()
    made = done(documents.move, [asset.pk], Holder(room.pk, jan.pk, jan.pk), header(text="przeprowadzka"))
    asset.refresh_from_db()
    line = made.lines.get()
    assert (asset.place, asset.keeper, asset.user) == (room, jan, jan)
    assert (line.place_from.path, line.keeper_from) == ("SADOWA/1/105", anna)
    with pytest.raises(Refused) as refused:
        done(documents.move, [asset.pk], Holder(room.pk), header(D(2026, 11, 1)))
    assert refused.value.field == "happened_on"


def test_nothing_moves_into_a_closed_place() -> None:
    asset, room = taken(), office.make_place("SADOWA/2/201")
    room.closed_on = TODAY
    room.save()
    with pytest.raises(Refused) as refused:
        done(documents.move, [asset.pk], Holder(room.pk), header())
    assert refused.value.field == "place"


@pytest.mark.law("u.p.d.o.p. art. 16h ust. 1 pkt 1")
def test_depreciation_runs_once_to_the_end_of_a_month() -> None:
    asset = taken(D(2026, 3, 10))
    taken(kind="LOW", value=500_00)
    run = done(depreciation.write_off, D(2026, 4, 1))
    asset.refresh_from_db()
    assert (str(run), run.happened_on, run.line_count, asset.written_off) == (
        "AM/1/2026", D(2026, 4, 30), 1, 600_00,
    )  # fmt: skip
    with pytest.raises(Refused):
        done(depreciation.write_off, D(2026, 4, 1))
    done(depreciation.write_off, D(2026, 11, 1))
    asset.refresh_from_db()
    assert asset.written_off == 8 * 600_00
    with pytest.raises(Refused):
        done(depreciation.write_off, D(2026, 12, 1))


def test_an_improvement_raises_the_instalment_from_the_next_month() -> None:
    asset = taken(D(2026, 3, 10))
    done(documents.change_value, asset.pk, 12_000_00, header(D(2026, 5, 20), "rozbudowa pamięci"))
    done(depreciation.write_off, D(2026, 6, 1))
    asset.refresh_from_db()
    assert (asset.value, asset.written_off) == (36_000_00, 600_00 + 600_00 + 900_00)
    with pytest.raises(Refused) as refused:
        done(documents.change_value, asset.pk, 1, header(D(2026, 5, 20), "wstecz"))
    assert refused.value.field == "happened_on"


def test_a_part_leaves_with_its_share_of_what_is_written_off() -> None:
    asset = taken(D(2026, 3, 10))
    done(depreciation.write_off, D(2026, 4, 1))
    done(documents.liquidate_part, asset.pk, Part(8_000_00), header(D(2026, 5, 5)), way="SCRAP")
    asset.refresh_from_db()
    assert (asset.value, asset.written_off, asset.state) == (16_000_00, 400_00, "IN_USE")
    done(documents.liquidate, [asset.pk], header(), way="SCRAP")
    asset.refresh_from_db()
    assert (asset.value, asset.written_off, asset.state, asset.gone_on) == (0, 0, "LIQUIDATED", TODAY)
    with pytest.raises(Refused):
        done(documents.liquidate, [asset.pk], header(), way="SCRAP")


def test_pieces_leave_a_quantity() -> None:
    asset = taken(kind="QUANTITY", kst_code="", name="Krzesło", quantity=12, value=1_200_00)
    done(documents.liquidate_part, asset.pk, Part(quantity=5), header(), way="SCRAP")
    asset.refresh_from_db()
    assert (asset.quantity, asset.value) == (7, 700_00)
    with pytest.raises(Refused):
        done(documents.liquidate_part, asset.pk, Part(quantity=7), header(), way="SCRAP")


def test_a_hand_over_names_the_other_side() -> None:
    asset = taken()
    with pytest.raises(Refused) as refused:
        done(documents.hand_over, [asset.pk], header())
    assert refused.value.field == "other_side"
    done(documents.hand_over, [asset.pk], header(other_side="Zespół Szkół nr 1"))
    asset.refresh_from_db()
    assert asset.state == "HANDED_OVER"


def test_the_limit_of_low_value_is_a_dated_setting() -> None:
    load_classes(now=NOW)
    set_threshold(D(2026, 1, 1), 3_500_00, "zarządzenie 1/2026", actor=ledger.chief(), now=NOW)
    with pytest.raises(Refused):
        taken(kind="LOW", value=3_500_01)
    assert taken(kind="LOW", value=3_500_00).written_off == 3_500_00
    with pytest.raises(MayNotManage):
        set_threshold(TODAY, 1, "x", actor=office.actor(office.anna()), now=NOW)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["OT", "LOW", "ZW", "PART", "AM", "LT", "MT"]), st.integers(0, 5), st.integers(1, 99)
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_values_equal_the_sums_of_documents_for_random_histories(acts: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        load_classes(now=NOW)
        room = office.make_place().pk
        for step, (act, which, amount) in enumerate(acts):
            on = D(2024 + step // 12, step % 12 + 1, 15)
            rows = list(Asset.objects.filter(state="IN_USE").order_by("id"))
            try:
                with transaction.atomic():
                    _play(act, rows, which, amount, on, room)
            except Refused:
                continue
        _agree()
        transaction.set_rollback(True)


def _play(act: str, rows: list[Asset], which: int, amount: int, on: date, room: int) -> None:
    if act in ("OT", "LOW"):
        kind = "FIXED" if act == "OT" else "LOW"
        new = NewAsset(kind, "rzecz", amount * 101_01 if act == "OT" else amount * 100, room, kst_code="487")
        done(documents.take, [new], header(on), origin="PURCHASE")
        return
    if act == "AM":
        done(depreciation.write_off, on)
        return
    if not rows:
        return
    asset = rows[which % len(rows)]
    if act == "ZW":
        done(documents.change_value, asset.pk, (amount - 40) * 777, header(on))
    elif act == "PART":
        done(documents.liquidate_part, asset.pk, Part(asset.value * amount // 100), header(on), way="SALE")
    elif act == "LT":
        done(documents.liquidate, [asset.pk], header(on), way="SCRAP")
    else:
        done(documents.move, [asset.pk], Holder(room), header(on))


def _agree() -> None:
    for asset in Asset.objects.all():
        sums = DocumentLine.objects.filter(asset=asset).aggregate(
            value=Sum("value_change"), off=Sum("written_off_change"), quantity=Sum("quantity_change")
        )
        assert (asset.value, asset.written_off, asset.quantity) == (
            sums["value"], sums["off"], sums["quantity"],
        )  # fmt: skip
        assert 0 <= asset.written_off <= asset.value
    for series in Series.objects.filter(code__startswith="D-"):
        numbers = Document.objects.filter(kind=series.code[2:], year=series.year).values_list(
            "number", flat=True
        )
        assert sorted(numbers) == list(range(1, series.last + 1))
