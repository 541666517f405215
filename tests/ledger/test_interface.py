"""Programs read the books with a personal token; a year goes out as plain text; strangers find nothing."""

from datetime import date, timedelta

import jsonschema
import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from starostwo.intake.web.openapi import DOCUMENT
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear
from starostwo.ledger.rules.plain_text import PlainEntry, PlainVoucher, opened, transaction
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.testing import account, posted, spending, voucher
from starostwo.office import testing as office
from starostwo.office.api import Actor
from starostwo.office.services.tokens import make_token
from tests.ledger.test_screens import BOOKS, client

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> FiscalYear:
    office.make_office()
    found = ledger.make_year(year=localdate().year)
    day = date(found.year, 1, 5)
    said = {"month": 1, "issued_on": day, "operation_on": day, "text": 'Papier "A4"'}
    row = spending("750.75020.4210", year=found.year).pk
    entries = [
        Entry(account(found, "401"), debit=500, classification=row), Entry(account(found, "800"), credit=500),
    ]  # fmt: skip
    plan = [Entry(account(found, "980"), debit=900, classification=row)]
    posted(found, voucher(entries, **said), voucher(plan, **said))
    return found


def program(actor: Actor) -> Client:
    _, secret = make_token(
        actor, name="test", scope=actor.rights, expires_on=localdate() + timedelta(days=9), now=now()
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("", "BookYears"),
        ("/{year}/vouchers?journal=PK", "Vouchers"),
        ("/{year}/trial-balance?month=1", "TrialBalance"),
    ],
)
def test_answers_follow_the_description(year: FiscalYear, path: str, schema: str) -> None:
    answer = program(ledger.accountant()).get("/api/ledger/years" + path.format(year=year.pk))

    assert answer.status_code == 200
    jsonschema.validate(answer.json(), {"$ref": f"#/components/schemas/{schema}", **DOCUMENT})
    assert answer.json()["items"]


def test_a_voucher_with_its_entries(year: FiscalYear) -> None:
    first, _ = program(ledger.accountant()).get(f"/api/ledger/years/{year.pk}/vouchers").json()["items"]

    assert (first["journal"], first["number"], first["total"], len(first["hash"])) == ("PK", 1, 500, 64)
    assert [(line["account"], line["debit"], line["credit"]) for line in first["lines"]] == [
        ("401", 500, 0), ("800", 0, 500),
    ]  # fmt: skip
    assert first["lines"][0]["classification"] == "750.75020.4210"


def test_strangers_find_nothing(year: FiscalYear) -> None:
    stranger = program(office.actor(office.anna()))

    for path in ("", f"/{year.pk}/vouchers", f"/{year.pk}/trial-balance"):
        assert stranger.get(f"/api/ledger/years{path}").status_code == 404
        assert Client().get(f"/api/ledger/years{path}").status_code == 401
    keeper = program(ledger.accountant())
    assert keeper.get(f"/api/ledger/years/{year.pk}/vouchers?cursor=zly").status_code == 404
    assert keeper.get(f"/api/ledger/years/{year.pk}/trial-balance?month=14").status_code == 404


def test_a_year_as_plain_text(year: FiscalYear) -> None:
    answer = client("k.saldo").get(f"{BOOKS}{year.pk}/zapisy.beancount")

    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert f"{year.year}-01-01 open Assets:K401 PLN\n" in text
    assert f'{year.year}-01-05 * "Papier \\"A4\\"" ^PK.1\n  Assets:K401  5.00 PLN\n' in text
    assert "  Assets:K980  9.00 PLN\n" in text
    assert "  Equity:Off-Balance  -9.00 PLN\n" in text


def test_the_text_of_one_voucher() -> None:
    entries = (PlainEntry("130-2", -5, "750.75020.4210"), PlainEntry("401", 5))

    assert transaction(PlainVoucher(date(2026, 1, 2), "WB.3", "a\\b", entries)) == (
        '2026-01-02 * "a\\\\b" ^WB.3\n'
        "  Assets:K130-2  -0.05 PLN\n"
        '    classification: "750.75020.4210"\n'
        "  Assets:K401  0.05 PLN\n\n"
    )
    assert list(opened(["401"], date(2026, 1, 1)))[2:] == [
        "2026-01-01 open Assets:K401 PLN\n", "2026-01-01 open Equity:Off-Balance PLN\n",
    ]  # fmt: skip
