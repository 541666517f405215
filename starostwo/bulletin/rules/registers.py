"""Kinds of informations: the plain one and the registers, each with its own fields as data."""

from dataclasses import dataclass

PLAIN = "informacja"


@dataclass(frozen=True)
class Register:
    """One kind: its code and its label."""

    code: str
    label: str


REGISTERS = (Register(PLAIN, "informacja"),)
