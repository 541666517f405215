"""Each document leaves one proposal in the ledger, on the accounts of its kind, which posts as it is."""

from datetime import date
from typing import Any

import pytest

from starostwo.assets import testing as assets
from starostwo.assets.models import Document, Proposal
from starostwo.assets.queries.assets import posting
from starostwo.assets.services import depreciation, documents
from starostwo.assets.testing import NOW, TODAY, header, taken
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Draft, FiscalYear, Line
from starostwo.ledger.services.drafts import post_draft
from starostwo.office import testing as office

pytestmark = pytest.mark.django_db
D = date


@pytest.fixture
def year() -> FiscalYear:
    office.make_office()
    return ledger.make_year()


def done(act: Any, *args: Any, **said: Any) -> Document:
    return act(*args, actor=assets.manager(), today=TODAY, now=NOW, **said)


def entries() -> list[tuple[str, int, int]]:
    """What the last draft comes to once the accountant has posted it."""
    draft = Draft.objects.latest("id")
    posted = post_draft(draft.pk, actor=ledger.accountant(), now=NOW)
    rows = Line.objects.filter(voucher_id=posted.id).order_by("id")
    return list(rows.values_list("account__number", "debit", "credit"))


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
def test_taking_writing_off_and_liquidating_post_as_proposed(year: FiscalYear) -> None:
    asset = taken(D(2026, 9, 10))
    assert entries() == [("011", 24_000_00, 0), ("080", 0, 24_000_00)]
    done(depreciation.write_off, D(2026, 11, 1))
    assert entries() == [("400", 1_200_00, 0), ("071", 0, 1_200_00)]
    done(documents.change_value, asset.pk, 6_000_00, header(text="rozbudowa"))
    assert entries() == [("011", 6_000_00, 0), ("080", 0, 6_000_00)]
    done(documents.liquidate, [asset.pk], header(text="protokół"), way="SCRAP")
    assert entries() == [
        ("071", 1_200_00, 0), ("011", 0, 1_200_00), ("800", 28_800_00, 0), ("011", 0, 28_800_00),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "accounts", "why"),
    [
        ({"kind": "LOW", "value": 900_00}, ["013", "072"], "written off at once"),
        ({"kind": "INTANGIBLE", "kst_code": "W50"}, ["020", "080"], "a dear licence"),
        ({"kind": "INTANGIBLE", "kst_code": "W50", "value": 900_00}, ["020", "072"], "a cheap one"),
        ({"origin": "DONATION"}, ["011", "800"], "got for nothing"),
    ],
)
def test_the_accounts_go_by_kind_and_origin(
    year: FiscalYear, said: dict[str, Any], accounts: list[str], why: str
) -> None:
    taken(**said)
    assert [number for number, _, _ in entries()] == accounts, why


@pytest.mark.parametrize("said", [{"kind": "QUANTITY", "kst_code": ""}, {"kind": "FOREIGN"}])
def test_what_stands_on_no_account_proposes_nothing(year: FiscalYear, said: dict[str, Any]) -> None:
    taken(**said)
    assert not Proposal.objects.exists()
    assert posting(Document.objects.get(), actor=assets.manager()).words == "bez księgowania"


def test_a_hand_over_leaves_by_the_fund(year: FiscalYear) -> None:
    asset = taken()
    done(documents.hand_over, [asset.pk], header(other_side="Zespół Szkół"))
    assert entries() == [("800", 24_000_00, 0), ("011", 0, 24_000_00)]


def test_the_document_knows_what_became_of_its_proposal(year: FiscalYear) -> None:
    taken()
    document = Document.objects.get()
    assert posting(document, actor=ledger.accountant()).kind == "info"
    entries()
    found = posting(document, actor=ledger.accountant())
    assert (found.words, found.voucher_id is not None) == ("zaksięgowano", True)


def test_a_missing_book_hinders_no_document() -> None:
    asset = taken()
    assert asset.value == 24_000_00
    assert "URZAD 2026" in Proposal.objects.get().why_not


def test_the_ledger_is_told_only_once_for_a_document(year: FiscalYear) -> None:
    taken()
    taken()
    assert Draft.objects.count() == Proposal.objects.count() == 2
