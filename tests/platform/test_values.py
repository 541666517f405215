"""Dated values, money, Polish words, the worker's sign of life."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from starostwo.platform import jobs
from starostwo.platform.dated import Dated, NotYetInForce, Row
from starostwo.platform.money import NotMoney, grosze, zloty
from starostwo.platform.polish import fold, pl_key, plural

FEE = Dated(
    [Row(date(2026, 7, 1), 6250, "nowy akt"), Row(date(2022, 9, 1), 5400, "Dz.U. 2022 poz. 1848", True)]
)
IN_ORDER = "az aż ąz Cwik Ćwik las lis Lublin łąka Łódź oko ósmy zima zza źle żaba".split()


@pytest.mark.parametrize(
    ("day", "value"), [(date(2022, 9, 1), 5400), (date(2026, 6, 30), 5400), (date(2026, 7, 1), 6250)]
)
def test_the_value_of_a_day(day: date, value: int) -> None:
    assert FEE.on(day) == value


def test_before_the_first_value_there_is_none() -> None:
    with pytest.raises(NotYetInForce):
        FEE.on(date(2022, 8, 31))


def test_a_value_names_its_source_and_whether_it_was_read() -> None:
    assert (FEE.row_on(date(2025, 1, 1)).source, FEE.row_on(date(2025, 1, 1)).verified) == (
        "Dz.U. 2022 poz. 1848",
        True,
    )


@pytest.mark.parametrize(
    ("grosze", "text"),
    [
        (0, "0,00 zł"),
        (5, "0,05 zł"),
        (123450, "1 234,50 zł"),
        (-99, "−0,99 zł"),
        (123456789, "1 234 567,89 zł"),
    ],
)
def test_money(grosze: int, text: str) -> None:
    assert zloty(grosze).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "spraw"),
        (1, "sprawa"),
        (2, "sprawy"),
        (5, "spraw"),
        (12, "spraw"),
        (22, "sprawy"),
        (112, "spraw"),
        (104, "sprawy"),
    ],
)
def test_plural(count: int, text: str) -> None:
    assert plural(count, "sprawa", "sprawy", "spraw") == text


def test_polish_order_in_python() -> None:
    assert sorted(reversed(IN_ORDER), key=pl_key) == IN_ORDER


@pytest.mark.django_db
@given(st.text(alphabet="aąbcćeęlłnńoósśzźżAĄŁŻ -", max_size=12))
def test_sql_and_python_agree_on_the_order_key(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pl_key(%s)", [text])
        assert cursor.fetchone()[0] == pl_key(text)


def test_fold() -> None:
    assert fold("Zażółć gęślą JAŹŃ Łódź") == "zazolc gesla jazn lodz"


@pytest.mark.django_db
def test_the_worker_lives_for_a_minute_after_its_beat() -> None:
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    jobs.beat(now)

    assert jobs.worker_lives(now + timedelta(seconds=59))
    assert not jobs.worker_lives(now + timedelta(seconds=60))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("54", 5400),
        ("54,50", 5450),
        ("54.50 zł", 5450),
        ("1 234,50", 123450),
        ("0", 0),
        ("1\u00a0000,00\u00a0zł", 100000),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, amount: int) -> None:
    assert grosze(typed) == amount


@pytest.mark.parametrize("typed", ["", "sto", "54,5", "-54", "54,505", "1e3", "54,50 EUR", "12345678901"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotMoney):
        grosze(typed)
