"""Who signs which paper of assets, and in which role; papers ask for roles, people fit them.

Law: u.o.r. art. 21 ust. 1 pkt 5 and 6 (signatures of whoever hands over and takes, and of whoever enters it).
From memory, to be checked.
"""

from collections.abc import Collection
from dataclasses import dataclass

FROM, TO, COMMISSION, RECORDS, BOOKS, APPROVES, TEAM, KEEPER = (
    "FROM", "TO", "COMMISSION", "RECORDS", "BOOKS", "APPROVES", "TEAM", "KEEPER",
)  # fmt: skip
ROLES = {
    FROM: "przekazujący", TO: "przyjmujący", COMMISSION: "komisja likwidacyjna",
    RECORDS: "prowadzący ewidencję", BOOKS: "księgowość", APPROVES: "zatwierdzający", TEAM: "zespół spisowy",
    KEEPER: "osoba odpowiedzialna",
}  # fmt: skip
SHEET, PROTOCOL = "SHEET", "PROTOCOL"
WANTED = {
    "BO": (RECORDS, BOOKS), "OT": (TO, RECORDS, APPROVES), "ZW": (RECORDS, BOOKS), "AM": (RECORDS, BOOKS),
    "MT": (FROM, TO, RECORDS), "PT": (FROM, RECORDS, APPROVES), "LT": (COMMISSION, APPROVES, BOOKS),
    SHEET: (TEAM, KEEPER), PROTOCOL: (RECORDS, BOOKS, APPROVES),
}  # fmt: skip
PARTIES_SEE = ("OT", "MT", "PT", "LT")  # documents that whoever hands over or takes a thing sees and signs


@dataclass(frozen=True)
class Parties:
    """Who stands on a paper: who gives, who takes, who examines or counts, who answers for the things."""

    giving: frozenset[int] = frozenset()
    taking: frozenset[int] = frozenset()
    commission: frozenset[int] = frozenset()
    team: frozenset[int] = frozenset()
    keepers: frozenset[int] = frozenset()


def roles_for(
    paper: str,
    account: int,
    parties: Parties,
    *,
    offices: Collection[str],
    signed: Collection[tuple[str, int]],
) -> list[str]:
    """The roles in which a person may still sign; `offices` are the roles that his post gives him."""
    named = {
        FROM: parties.giving, TO: parties.taking, COMMISSION: parties.commission, TEAM: parties.team,
        KEEPER: parties.keepers,
    }  # fmt: skip
    fitting = [role for role in WANTED[paper] if role in offices or account in named.get(role, ())]
    return [role for role in fitting if (role, account) not in signed]
