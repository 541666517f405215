"""What everybody's bulletin asks of the ledger; a part of the door."""

from starostwo.ledger.queries.reports_public import PublicReport, public_reports

__all__ = ["PublicReport", "public_reports"]
