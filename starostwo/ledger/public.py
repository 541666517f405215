"""What everybody's bulletin asks of the ledger; a part of the door."""

from starostwo.ledger.queries.public_contracts import PublicContract, public_contracts
from starostwo.ledger.queries.reports_public import PublicReport, public_forms, public_reports

__all__ = ["PublicContract", "PublicReport", "public_contracts", "public_forms", "public_reports"]
