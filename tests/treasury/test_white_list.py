"""The white list: asked over the wire or in the flat file, kept as proof, and what its silence means."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear
from starostwo.ledger.testing import NOW, TODAY
from starostwo.treasury import testing as treasury
from starostwo.treasury.models import PaymentOrder, WhiteListCheck
from starostwo.treasury.rules.payment_white_list import flat_hash, masked, must_be_checked
from starostwo.treasury.services import payment_files, payments, white_list
from starostwo.treasury.testing import OTHER, PAYEE
from tests.treasury.white_list_peer import WhiteList, running

NIP = "5260250274"


@pytest.fixture
def year(db: None) -> FiscalYear:
    made = ledger.make_year()
    ledger.plan(made)
    return made


@pytest.fixture
def peer(settings: Any) -> Iterator[WhiteList]:
    with running() as (address, known):
        settings.WHITE_LIST_URL = address
        yield known


@pytest.fixture
def large(year: FiscalYear) -> PaymentOrder:
    return treasury.proposed(year, 20_000_00)


def checked(order: PaymentOrder) -> WhiteListCheck:
    white_list.check_orders([order], actor=ledger.chief(), today=TODAY, now=NOW)
    return WhiteListCheck.objects.latest("id")


@pytest.mark.law("u.p.p. art. 19")
@pytest.mark.law("ustawa o VAT art. 96b")
@pytest.mark.parametrize(
    ("amount", "nip", "must"), [(15_000_00, NIP, False), (15_000_01, NIP, True), (20_000_00, "", False)]
)
def test_above_the_threshold_a_payer_of_vat_is_checked(amount: int, nip: str, must: bool) -> None:
    assert must_be_checked(amount, nip) is must


def test_an_account_that_is_listed_is_paid_and_the_proof_is_kept(
    peer: WhiteList, large: PaymentOrder
) -> None:
    peer.accounts.add((NIP, PAYEE))
    check = checked(large)
    assert (check.outcome, check.way) == ("LISTED", "API")
    assert check.request_id == "d2n10-84df1a11"
    assert json.loads(check.said)["result"]["requestId"] == check.request_id
    assert peer.asked == [(NIP, PAYEE, "2026-11-23")]
    assert treasury.approved(large).state == "READY"

    checked(large)
    assert len(peer.asked) == 1, "an answer of the day is asked for once"


def test_an_account_that_is_not_listed_is_paid_only_for_a_reason(
    peer: WhiteList, large: PaymentOrder
) -> None:
    assert checked(large).outcome == "NOT_LISTED"
    with pytest.raises(payments.NotOnWhiteList):
        treasury.approved(large)
    large.refresh_from_db()
    assert large.state == "PROPOSED"
    assert treasury.approved(large, despite="rachunek potwierdzony telefonicznie, ZAW-NR").despite


@pytest.mark.parametrize("fault", ["busy", "down", "nonsense", "no id"])
def test_a_list_that_fails_confirms_nothing_and_is_asked_again(
    peer: WhiteList, large: PaymentOrder, fault: str
) -> None:
    peer.accounts.add((NIP, PAYEE))
    peer.fault = fault
    assert checked(large).outcome == "UNKNOWN"
    with pytest.raises(payments.NotOnWhiteList):
        treasury.approved(large)
    peer.fault = ""
    assert checked(large).outcome == "LISTED"
    assert treasury.approved(large).state == "READY"


def test_the_channel_is_off_by_default(large: PaymentOrder) -> None:
    check = checked(large)
    assert (check.outcome, check.way, check.request_id) == ("UNKNOWN", "NONE", "")
    with pytest.raises(payments.NotOnWhiteList):
        treasury.approved(large)


def test_on_another_day_the_file_for_the_bank_wants_another_check(
    peer: WhiteList, large: PaymentOrder
) -> None:
    peer.accounts.add((NIP, PAYEE))
    checked(large)
    ready = treasury.approved(large)
    later = date(2026, 11, 30)
    with pytest.raises(payments.NotOnWhiteList):
        payment_files.export(ready.bank_account, [ready.pk], actor=ledger.accountant(), today=later, now=NOW)
    white_list.check_orders([ready], actor=ledger.accountant(), today=later, now=NOW)
    file = payment_files.export(
        ready.bank_account, [ready.pk], actor=ledger.accountant(), today=later, now=NOW
    )
    assert file.count == 1


def test_the_mark_of_the_flat_file_is_turned_five_thousand_times() -> None:
    mark = f"20261123{NIP}{PAYEE}"
    for _ in range(5000):
        mark = hashlib.sha512(mark.encode()).hexdigest()
    assert flat_hash(TODAY, NIP, PAYEE) == mark


def test_a_mask_hides_the_digits_of_virtual_accounts() -> None:
    mask = "XX10202892XXXXXXXX" + "Y" * 8
    assert list(masked(PAYEE, [mask, "XX99999999XXXXXXXXYYYYYYYY", "XX"])) == [
        f"XX10202892XXXXXXXX{PAYEE[18:]}"
    ]


@pytest.mark.parametrize(
    ("listed", "account", "outcome"),
    [(PAYEE, PAYEE, "LISTED"), (PAYEE, OTHER, "NOT_LISTED"), ("XX10202892XXXXXXXX00000000", PAYEE, "LISTED")],
)
def test_the_flat_file_answers_when_the_interface_is_off(
    settings: Any, tmp_path: Path, listed: str, account: str, outcome: str
) -> None:
    settings.WHITE_LIST_FOLDER = str(tmp_path)
    content = {
        "naglowek": {"dataGenerowaniaDanych": "20261123", "liczbaTransformacji": "5000"},
        "skrotyPodatnikowCzynnych": [flat_hash(TODAY, NIP, listed)],
        "skrotyPodatnikowZwolnionych": [],
        "maski": ["XX10202892XXXXXXXXYYYYYYYY"],
    }
    (tmp_path / "20261123.json").write_text(json.dumps(content))
    answer = white_list.ask(NIP, account, TODAY)
    assert (answer.outcome, answer.way) == (outcome, "FILE")
    assert white_list.ask(NIP, account, date(2026, 11, 24)).outcome == "UNKNOWN", (
        "only the file of the day counts"
    )


@pytest.mark.parametrize("change", [{"outcome": "LISTED"}, {"request_id": "x"}])
def test_a_proof_is_never_changed(large: PaymentOrder, change: dict[str, str]) -> None:
    check = checked(large)
    with pytest.raises(DatabaseError), transaction.atomic():
        WhiteListCheck.objects.filter(pk=check.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        WhiteListCheck.objects.filter(pk=check.pk).delete()
