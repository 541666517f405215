"""What operations mean: each rule by table, and that nothing is guessed."""

from datetime import date

import pytest

from starostwo.treasury.rules.bank_matching import Debt, Known, Learned, Order, match
from starostwo.treasury.rules.bank_operations import Operation
from starostwo.treasury.testing import OTHER, OWN, PAYEE

DAY = date(2026, 11, 23)
CLAIM = Debt(1, True, 100_00, "GN/7/2026", 10, "5260250274", PAYEE)
OTHER_CLAIM = Debt(2, True, 200_00, "GN/71/2026", 11, "", "")
BILL = Debt(3, False, 1_230_00, "FV 1/2026", 12, "5272525995", OTHER)
KNOWN = Known(
    orders=(Order(5, 1_230_00, OTHER), Order(6, 50_00, PAYEE), Order(7, 50_00, PAYEE)),
    debts=(CLAIM, OTHER_CLAIM, BILL),
    virtual=((OWN, 10),),
    learned=(
        Learned(1, True, "", "czynsz"),
        Learned(2, True, PAYEE, "czynsz"),
        Learned(3, False, "", "prowizja"),
    ),
)


def said(amount: int, title: str = "", *, account: str = "", own: str = "", ours: str = "") -> Operation:
    return Operation(DAY, DAY, amount, "", title, "", account, own, ours)


@pytest.mark.parametrize(
    ("operation", "found", "why"),
    [
        (said(-1_230_00, ours="P5"), ("order", 5), "our own reference"),
        (
            said(-1_230_00, ours="P6", account=OTHER),
            ("order", 5),
            "the account does",
        ),
        (said(-1_230_01, ours="P5"), None, "another amount"),
        (said(-50_00, account=PAYEE), None, "two transfers alike: nobody knows which"),
        (said(-50_00, account=PAYEE, ours="P7"), ("order", 7), "but the reference tells them apart"),
        (said(1_230_00, ours="P5"), None, "a credit is no transfer of ours"),
        (said(100_00, own=OWN), ("settlement", 1), "a virtual account"),
        (
            said(55_00, f"wpłata na {OWN[:2]} {OWN[2:6]} {OWN[6:]}"),
            ("settlement", 1),
            "in groups",
        ),
        (said(55_00, f"na {OWN} czynsz"), ("settlement", 1), "the number in the title, a part of the debt"),
        (said(100_00, "opłata gn/7/2026"), ("settlement", 1), "the number and the amount"),
        (said(100_00, "OP 636 892 834 48 GN/7/2026"), ("settlement", 1), "after another number"),
        (said(100_00, "GN / 7 / 2026"), ("settlement", 1), "written with spaces"),
        (said(200_00, "GN/71/2026"), ("settlement", 2), "no number is a part of a longer one"),
        (said(60_00, "GN/7/2026 część"), ("settlement", 1), "a part of the debt"),
        (said(100_00, "NIP 526-025-02-74"), ("settlement", 1), "NIP and amount"),
        (said(99_00, "NIP 5260250274"), None, "NIP alone is not enough"),
        (said(100_00, "wpłata", account=PAYEE), ("settlement", 1), "the payer's account and the amount"),
        (said(99_00, "wpłata", account=PAYEE), None, "the account alone is not enough"),
        (said(100_00, "wpłata"), None, "nothing is guessed from an amount"),
        (said(7_00, "Czynsz za lokal"), ("learned", 1), "a rule that was taught"),
        (said(7_00, "czynsz", account=PAYEE), ("learned", 2), "the closer rule first"),
        (said(-7_00, "PROWIZJA BANKOWA"), ("learned", 3), "a rule for debits"),
        (said(-7_00, "czynsz"), None, "a rule for credits does not hold for debits"),
        (said(300_00, "zwrot za FV 1/2026"), ("settlement", 3), "a supplier gives back"),
    ],
)
def test_rules(operation: Operation, found: tuple[str, int] | None, why: str) -> None:
    proposal = match(operation, KNOWN)
    named = {name: getattr(proposal, name) for name in ("order", "settlement", "learned")}
    assert {name: value for name, value in named.items() if value} == (dict([found]) if found else {}), why
    assert bool(proposal.why) == (found is not None)


def test_a_payer_with_a_virtual_account_and_no_debt_is_known_by_name() -> None:
    proposal = match(said(10_00, own=OWN), Known(virtual=((OWN, 10),)))
    assert (proposal.counterparty, proposal.settlement) == (10, None)
