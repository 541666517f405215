"""On what a payment of a claim falls: principal or interest.

Law: o.p. art. 55 par. 2 (public claims: in proportion), k.c. art. 451 par. 1 (civil claims: interest first).
"""

from starostwo.treasury.rules.interest import Kind, interest_first, split_payment


def fall(kind: Kind, paid: int, principal: int, borne: int) -> tuple[int, int]:
    """Principal and interest of a payment; what is more than both stays on the principal as overpayment."""
    if borne <= 0 or paid <= 0:
        return paid, 0
    if paid >= principal + borne:
        return paid - borne, borne
    return (split_payment if kind is Kind.TAX else interest_first)(paid, principal, borne)
