"""Who applies, for whom and what that costs: the part of the door that applications of several people use."""

from starostwo.procedures.rules.acting import (
    AMOUNT,
    BASES,
    GROUNDS,
    ORGANISATION,
    PRINCIPAL,
    ActsFor,
    Basis,
    Exemption,
    FeeLine,
    bases_for,
    exemptions_for,
    needs_document,
    power_fee,
)
from starostwo.procedures.rules.people import People, Represented

__all__ = [
    "AMOUNT",
    "BASES",
    "GROUNDS",
    "ORGANISATION",
    "PRINCIPAL",
    "ActsFor",
    "Basis",
    "Exemption",
    "FeeLine",
    "People",
    "Represented",
    "bases_for",
    "exemptions_for",
    "needs_document",
    "power_fee",
]
