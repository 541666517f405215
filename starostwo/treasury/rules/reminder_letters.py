"""The words of reminders, calls and notes; ours, and the clerk may change them in the draft.

Law: u.p.e.a. art. 15 par. 1 (threat of enforcement), k.c. art. 481, from memory.
"""

from collections.abc import Sequence
from datetime import date

from starostwo.platform.money import zloty
from starostwo.treasury.rules.reminders import DAYS_TO_PAY, Kind, Listed, Sums

TITLES = {
    Kind.REMINDER: "Upomnienie",
    Kind.CALL: "Wezwanie do zapłaty",
    Kind.NOTE: "Nota odsetkowa",
}
BEGINS = {
    Kind.REMINDER: "Na podstawie art. 15 § 1 ustawy z dnia 17 czerwca 1966 r. o postępowaniu egzekucyjnym w "
    "administracji przypominam o obowiązku zapłaty i wzywam do jego wykonania.",
    Kind.CALL: "Mimo upływu terminu nie zapłacono należności, które wymieniam niżej. Wzywam do ich zapłaty.",
    Kind.NOTE: "Na podstawie art. 481 § 1 i 2 ustawy z dnia 23 kwietnia 1964 r. – Kodeks cywilny naliczam "
    "odsetki za opóźnienie w zapłacie należności, które wymieniam niżej.",
}
ENDS = {
    Kind.REMINDER: "Jeżeli obowiązek nie zostanie wykonany w ciągu {days} dni od dnia doręczenia tego "
    "upomnienia, sprawa zostanie skierowana na drogę postępowania egzekucyjnego w administracji. Koszty "
    "upomnienia ponosi zobowiązany.",
    Kind.CALL: "Proszę zapłacić w ciągu {days} dni od dnia doręczenia tego wezwania. Po tym czasie sprawa "
    "może zostać skierowana do sądu.",
    Kind.NOTE: "Proszę zapłacić w ciągu {days} dni od dnia doręczenia tej noty.",
}


def title(kind: Kind, rows: Sequence[Listed]) -> str:
    """The title of the letter with the document when there is one alone."""
    return (
        f"{TITLES[kind]}: {rows[0].document}" if len(rows) == 1 else f"{TITLES[kind]}: {len(rows)} należności"
    )


def text(kind: Kind, rows: Sequence[Listed], asked: Sums, *, day: date, account: str) -> str:
    """The text of the letter as plain words with lists."""
    lines = [BEGINS[kind], "", "## Należności", "", *(_line(row) for row in rows), ""]
    lines += ["## Do zapłaty", ""]
    if asked.left:
        lines.append(f"- należność główna: {zloty(asked.left)}")
    if asked.interest:
        lines.append(f"- odsetki na dzień {day:%d.%m.%Y}: {zloty(asked.interest)}")
    if asked.cost:
        lines.append(f"- koszty upomnienia: {zloty(asked.cost)}")
    lines += ["", f"**Razem: {zloty(asked.total)}**", ""]
    if account:
        lines += [f"Wpłatę proszę przekazać na rachunek {account}, w tytule numer dokumentu.", ""]
    if kind is not Kind.NOTE and asked.interest:
        lines += ["Odsetki biegną dalej, do dnia zapłaty.", ""]
    lines.append(ENDS[kind].format(days=DAYS_TO_PAY[kind]))
    return "\n".join(lines) + "\n"


def _line(row: Listed) -> str:
    said = f"- {row.document}, {row.text}, termin {row.due_on:%d.%m.%Y}: {zloty(row.left)}"
    return f"{said}, odsetki {zloty(row.interest)}" if row.interest else said
