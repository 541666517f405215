"""The door into `treasury` for other packages. Nothing else here may be imported from outside."""

from starostwo.treasury import resident_claims
from starostwo.treasury.invoice_access import may_sell_for
from starostwo.treasury.queries.invoices import waiting_for
from starostwo.treasury.queries.payments import to_approve as transfers_to_approve
from starostwo.treasury.queries.statements import credits_since

__all__ = ["credits_since", "may_sell_for", "resident_claims", "transfers_to_approve", "waiting_for"]
