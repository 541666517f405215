"""For whom the person who fills in a form acts, by what right, and what his power of attorney costs.

Law: k.p.a. art. 30 par. 3, 32, 33; ustawa z 16.11.2006 o opłacie skarbowej art. 1, 2, 7, annex part IV.
All of it was written from memory; no row is verified.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from starostwo.platform.dated import Dated, Row
from starostwo.procedures.rules.definition import Definition, Field, FieldType

PRINCIPAL, ORGANISATION = "mocodawca", "podmiot"


class ActsFor(StrEnum):
    """In whose name an application is made."""

    SELF = "wlasnym"
    PERSON = "innej_osoby"
    ORGANISATION = "podmiotu"


def acts_for(form: Definition, shown: Mapping[str, str]) -> ActsFor:
    """Return in whose name the application is made, by the answer to the question that the form declares."""
    try:
        return ActsFor(shown.get(form.acting_field, ActsFor.SELF))
    except ValueError:
        return ActsFor.SELF


def asks_for_whom(field: Field) -> bool:
    """Say if a question may be the one that says in whose name one applies: a choice of nothing else."""
    values = {choice.value for choice in field.choices}
    return field.type is FieldType.CHOICE and ActsFor.SELF in values and values <= set(ActsFor)


class Basis(StrEnum):
    """By what right somebody acts for another."""

    POWER = "pelnomocnictwo"
    PROKURA = "prokura"
    GUARDIAN = "opiekun"
    REGISTER = "odpis"


BASES = {
    Basis.POWER: "pełnomocnictwo",
    Basis.PROKURA: "prokura",
    Basis.GUARDIAN: "opiekun prawny, kurator albo rodzic (przedstawiciel ustawowy)",
    Basis.REGISTER: "wpis w rejestrze (KRS, CEIDG): właściciel firmy albo członek zarządu",
}
TAXED = frozenset({Basis.POWER, Basis.PROKURA})


class Exemption(StrEnum):
    """Why no stamp duty is due for a power of attorney."""

    NONE = ""
    SPOUSE = "malzonek"
    ASCENDANT = "wstepny"
    DESCENDANT = "zstepny"
    SIBLING = "rodzenstwo"
    PUBLIC_BODY = "jednostka"
    PUBLIC_BENEFIT = "opp"
    SOCIAL_AID = "pomoc"
    RECEIPT_ONLY = "odbior"
    SOCIAL_MATTER = "sprawa"


@dataclass(frozen=True)
class _Ground:
    """What an exemption says, its provision, and whom it may concern."""

    text: str
    law: str
    of: frozenset[ActsFor]


_ANYBODY = frozenset({ActsFor.PERSON, ActsFor.ORGANISATION})
_FAMILY, _BODY = frozenset({ActsFor.PERSON}), frozenset({ActsFor.ORGANISATION})
_ANNEX = "załącznik do ustawy o opłacie skarbowej, część IV, zwolnienia"
GROUNDS = {
    Exemption.SPOUSE: _Ground("mocodawca jest małżonkiem", _ANNEX, _FAMILY),
    Exemption.ASCENDANT: _Ground("mocodawca jest wstępnym (rodzic, dziadek, pradziadek)", _ANNEX, _FAMILY),
    Exemption.DESCENDANT: _Ground("mocodawca jest zstępnym (dziecko, wnuk, prawnuk)", _ANNEX, _FAMILY),
    Exemption.SIBLING: _Ground("mocodawca jest bratem albo siostrą", _ANNEX, _FAMILY),
    Exemption.PUBLIC_BODY: _Ground(
        "mocodawca jest jednostką budżetową albo jednostką samorządu terytorialnego",
        "ustawa o opłacie skarbowej art. 7 pkt 2 i 3",
        _BODY,
    ),
    Exemption.PUBLIC_BENEFIT: _Ground(
        "mocodawca jest organizacją pożytku publicznego", "ustawa o opłacie skarbowej art. 7 pkt 4", _BODY
    ),
    Exemption.SOCIAL_AID: _Ground(
        "mocodawca korzysta ze świadczeń pomocy społecznej z powodu ubóstwa",
        "ustawa o opłacie skarbowej art. 7 pkt 5",
        _FAMILY,
    ),
    Exemption.RECEIPT_ONLY: _Ground(
        "pełnomocnictwo poświadczone notarialnie, tylko do odbioru dokumentów", _ANNEX, _ANYBODY
    ),
    Exemption.SOCIAL_MATTER: _Ground(
        "sprawa o alimenty, opiekę, pomoc społeczną, zatrudnienie, naukę albo ochronę zdrowia",
        "ustawa o opłacie skarbowej art. 2 ust. 1 pkt 1",
        _ANYBODY,
    ),
}
AMOUNT = Dated(
    [Row(date(2007, 1, 1), 1700, "ustawa z 16.11.2006 o opłacie skarbowej, załącznik, część IV", False)]
)


@dataclass(frozen=True)
class FeeLine:
    """What is due for one thing: a frozen value that goes with the submission; nothing, with the reason."""

    title: str
    grosze: int
    basis: str
    exemption: str = ""
    is_verified: bool = False


FAMILY = frozenset({Exemption.SPOUSE, Exemption.ASCENDANT, Exemption.DESCENDANT, Exemption.SIBLING})


def bases_for(acts: ActsFor) -> list[Basis]:
    """Return by what right one may act for a person, and for an organisation."""
    if acts is ActsFor.ORGANISATION:
        return [Basis.POWER, Basis.PROKURA, Basis.REGISTER]
    return [Basis.POWER, Basis.GUARDIAN]


def needs_document(basis: Basis, exemption: Exemption) -> bool:
    """Say if the document must come with the application.

    Law: k.p.a. art. 33 par. 3 (the document is filed), par. 4 (of the closest family the office need not ask
    for it in lesser matters). An entry in a public register is looked up by the office itself.
    """
    return basis is not Basis.REGISTER and not (basis is Basis.POWER and exemption in FAMILY)


def exemptions_for(acts: ActsFor) -> list[Exemption]:
    """Return the exemptions that may concern whom one acts for."""
    return [each for each, ground in GROUNDS.items() if acts in ground.of]


def power_fee(basis: Basis, exemption: Exemption, *, acts: ActsFor, on: date) -> FeeLine:
    """Return the stamp duty for filing the document of a power of attorney or prokura on the day.

    Law: ustawa o opłacie skarbowej art. 6 ust. 1 pkt 4 (due when the document is filed).
    """
    row = AMOUNT.row_on(on)
    title = f"Opłata skarbowa: {BASES[Basis.PROKURA if basis is Basis.PROKURA else Basis.POWER]}"
    if basis not in TAXED:
        return FeeLine(
            title, 0, row.source, "nie składasz pełnomocnictwa ani prokury, tylko dokument przedstawiciela"
        )
    ground = GROUNDS.get(exemption)
    if ground is not None and acts in ground.of:
        return FeeLine(title, 0, ground.law, ground.text)
    return FeeLine(title, row.value, row.source, is_verified=row.verified)
