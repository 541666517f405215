"""Acts of the plan in one line, for the tests."""

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, PlanVersion
from starostwo.ledger.services import plan_versions
from starostwo.ledger.testing import NOW, TODAY


def typed(number: str = "1/2026", *, day: str = "05.01.2026", **said: str) -> dict[str, str]:
    """An act of the board as it is typed; `W` and `D` are lines, `said_W` and `said_D` what the act says."""
    content = {"act": "BOARD", "act_number": number, "act_on": day, "text": "Plan"}
    return content | {name if "_" in name else f"lines_{name}": value for name, value in said.items()}


def approved(year: FiscalYear, content: dict[str, str]) -> PlanVersion:
    """Type and approve as the treasurer."""
    actor = ledger.treasurer()
    draft = plan_versions.save_draft(year, content, draft=None, actor=actor, now=NOW)
    return plan_versions.approve(draft, actor=actor, today=TODAY, now=NOW)


def adopted(year: FiscalYear, lines: str = "750.75020.4300 1 000,00", said: str = "1 000,00") -> PlanVersion:
    """The first plan of a year."""
    return approved(year, typed(W=lines, said_W=said))
