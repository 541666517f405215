"""How often applications had to be completed: counts by service, no personal data.

Law: k.p.a. art. 64 par. 2.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef

from starostwo.records.models import Case, Document
from starostwo.records.rules.document_kinds import Kind


@dataclass(frozen=True)
class Called:
    """Cases of one service opened since a day, and those among them with a signed call to complete."""

    cases: int
    called: int


def calls_by_service(*, since: date) -> dict[str, Called]:
    """Return the counts by the code of the service card; one query."""
    call = Document.objects.filter(case=OuterRef("pk"), kind=Kind.CALL, state="SIGNED")
    cases = Case.objects.filter(opened_on__gte=since).exclude(service_code="")
    counted = cases.values("service_code").annotate(
        cases=Count("id"), called=Count("id", filter=Exists(call))
    )
    return {
        row["service_code"]: Called(row["cases"], row["called"]) for row in counted.order_by("service_code")
    }
