"""Control rules of reports: inside a form, between forms, against the books and against the month before.

An error keeps a report from being approved and sent; a warning wants a remark. All rules are our own reading
of what the forms are (from memory), not the list of rules that the Ministry gives with BeSTi@.

Law: rozp. MF 29.01.2025 (sprawozdawczość budżetowa); ufp art. 52 ust. 1 pkt 2 (spending within the plan).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from starostwo.ledger.rules.reports_values import NO_PLACE, FilledRow
from starostwo.platform.money import zloty

ERROR, WARNING = "ERROR", "WARNING"


@dataclass(frozen=True)
class Finding:
    """What a rule found: how bad, in which row, in words."""

    level: str
    row: str
    text: str


@dataclass(frozen=True)
class Told:
    """What a form is compared with: sums of other forms and of accounts by name, and its month before."""

    sums: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Within:
    """In each row of a form the left sum is not above the right one, or equals it."""

    form: str
    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]
    level: str
    text: str


@dataclass(frozen=True)
class Against:
    """A sum of a form equals a sum of another form or of an account."""

    form: str
    mine: str
    other: str
    level: str
    text: str


WITHIN = (
    Within("Rb-28S", ("WW",), "<=", ("PL",), ERROR, "Wydatki wykonane są wyższe niż plan."),
    Within("Rb-28S", ("ZA",), "<=", ("PL",), WARNING, "Zaangażowanie jest wyższe niż plan."),
    Within("Rb-28S", ("WW",), "<=", ("ZA",), WARNING, "Wydatki wykonane są wyższe niż zaangażowanie."),
    Within(
        "Rb-28S", ("wymagalne_lata_ubiegle", "wymagalne_rok_biezacy"), "<=", ("zobowiazania",), WARNING,
        "Zobowiązania wymagalne są wyższe niż zobowiązania ogółem.",
    ),
    Within(
        "Rb-27S", ("NA", "NP"), "=", ("DW", "NO"), WARNING,
        "Należności różnią się od sumy dochodów wykonanych i należności pozostałych bez nadpłat.",
    ),
    Within("Rb-27S", ("NZ",), "<=", ("NO",), WARNING, "Zaległości są wyższe niż należności pozostałe."),
    Within("Rb-27ZZ", ("NZ",), "<=", ("NO",), WARNING, "Zaległości są wyższe niż należności pozostałe."),
    Within("Rb-50", ("wydatki",), "<=", ("wydatki_plan",), WARNING, "Wydatki są wyższe niż plan."),
)  # fmt: skip

AGAINST = (
    Against("Rb-28S", "WW", "130-2", ERROR, "Wydatki wykonane różnią się od obrotów Ma konta 130-2."),
    Against("Rb-28S", "PL", "980", WARNING, "Plan różni się od obrotów konta 980."),
    Against("Rb-27S", "DW", "130-1", ERROR, "Dochody wykonane różnią się od obrotów Wn konta 130-1."),
    Against("Rb-NDS", "A.w", "Rb-27S.DW", ERROR,
            "Dochody różnią się od sumy Rb-27S jednostek i organu: brak księgowania 222/901."),
    Against("Rb-NDS", "B.w", "Rb-28S.WW", ERROR, "Wydatki wykonane różnią się od sumy Rb-28S jednostek."),
    Against("Rb-NDS", "B.p", "Rb-28S.PL", WARNING, "Plan różni się od sumy planów w Rb-28S jednostek."),
    Against("Rb-Z", "E4.z", "Rb-28S.late", WARNING,
            "Zobowiązania wymagalne różnią się od zobowiązań wymagalnych w Rb-28S."),
    Against("Rb-N", "N4.2.n", "Rb-27S.NZ", WARNING, "Wymagalne różnią się od zaległości w Rb-27S."),
    Against("Bilans", "AKTYWA.koniec", "Bilans.PASYWA.koniec", ERROR,
            "Aktywa nie równają się pasywom na koniec roku."),
    Against("Bilans", "AKTYWA.poczatek", "Bilans.PASYWA.poczatek", ERROR,
            "Aktywa nie równają się pasywom na początek roku."),
    Against("Bilans", "P.A.II.koniec", "RZiS.L.biezacy", ERROR,
            "Wynik w bilansie różni się od wyniku w rachunku zysków i strat."),
    Against("Bilans", "P.A.I.koniec", "ZZwF.II.biezacy", ERROR,
            "Fundusz w bilansie różni się od zestawienia zmian w funduszu."),
    Against("RZiS", "L.biezacy", "Bilans.P.A.II.koniec", ERROR, "Wynik różni się od wyniku w bilansie."),
    Against("ZZwF", "II.biezacy", "Bilans.P.A.I.koniec", ERROR, "Fundusz różni się od funduszu w bilansie."),
    *(
        Against(form, f"AKTYWA.{column}", f"{form}.PASYWA.{column}", ERROR,
                f"Aktywa nie równają się pasywom na {when} roku.")
        for form in ("Bilans-WB", "Bilans-OP", "Bilans-SK")
        for column, when in (("poczatek", "początek"), ("koniec", "koniec"))
    ),
)  # fmt: skip

SUMS_WITHIN: dict[str, dict[str, tuple[str, ...]]] = {
    "Rb-Z": {"E": ("E1", "E2", "E3", "E4"), "E4": ("E4.1", "E4.2")},
    "Rb-NDS": {"A": ("A1", "A2"), "B": ("B1", "B2"), "C": ("A", "-B"), "C1": ("A1", "-B1")},
    "Rb-N": {"N4": ("N4.1", "N4.2")},
    "Bilans": {"AKTYWA": ("A", "B"), "PASYWA": ("P.A", "P.C", "P.D")},
    "Bilans-WB": {"AKTYWA": ("A.I", "A.II", "A.III"), "PASYWA": ("P.I", "P.II", "P.III")},
    "Bilans-OP": {"AKTYWA": ("A", "B", "C", "D"), "PASYWA": ("P.A", "P.B")},
    "Bilans-SK": {"AKTYWA": ("A", "B", "C", "D"), "PASYWA": ("P.A", "P.C", "P.D", "P.E")},
}
GROWING = {"Rb-28S": ("WW",), "Rb-27S": ("DW",)}


def findings(form: str, rows: Sequence[FilledRow], told: Told) -> list[Finding]:
    """All that the rules find in a report, errors first."""
    rules: tuple[Callable[[str, Sequence[FilledRow], Told], Iterable[Finding]], ...] = (
        _within, _sums, _against, _before, _unnamed,
    )  # fmt: skip
    found = [finding for rule in rules for finding in rule(form, rows, told)]
    return sorted(found, key=lambda finding: finding.level != ERROR)


def blocks(found: Iterable[Finding]) -> bool:
    """Whether a report may not be approved."""
    return any(finding.level == ERROR for finding in found)


def _within(form: str, rows: Sequence[FilledRow], told: Told) -> Iterator[Finding]:
    for rule in WITHIN:
        for row in rows if rule.form == form else ():
            left, right = (sum(row.cells.get(key, 0) for key in side) for side in (rule.left, rule.right))
            if left > right or (rule.relation == "=" and left != right):
                yield Finding(rule.level, row.key, f"{rule.text} {zloty(left)} wobec {zloty(right)}.")


def _sums(form: str, rows: Sequence[FilledRow], told: Told) -> Iterator[Finding]:
    cells = {row.key: row.cells for row in rows}
    for symbol, parts in SUMS_WITHIN.get(form, {}).items():
        for column in cells.get(symbol, {}):
            total = sum(
                (-1 if part[0] == "-" else 1) * cells.get(part.lstrip("-"), {}).get(column, 0)
                for part in parts
            )
            if cells[symbol][column] != total:
                yield Finding(
                    ERROR,
                    symbol,
                    f"Wiersz {symbol} nie jest sumą wierszy {', '.join(parts)}: {zloty(total)}.",
                )


def _against(form: str, rows: Sequence[FilledRow], told: Told) -> Iterator[Finding]:
    for rule in AGAINST:
        if rule.form != form:
            continue
        own = rule.other.removeprefix(f"{form}.")
        if own != rule.other or rule.other in told.sums:
            mine = sum_of(rows, rule.mine)
            other = sum_of(rows, own) if own != rule.other else told.sums[rule.other]
            if mine != other:
                yield Finding(rule.level, rule.mine, f"{rule.text} {zloty(mine)} wobec {zloty(other)}.")


def sum_of(rows: Sequence[FilledRow], cell: str) -> int:
    """A column summed over all rows ('WW'), or one cell of a row by symbol ('E4.z')."""
    symbol, _, column = cell.rpartition(".")
    return sum(row.cells.get(column, 0) for row in rows if not symbol or row.key == symbol)


def _before(form: str, rows: Sequence[FilledRow], told: Told) -> Iterator[Finding]:
    for row in rows:
        for column in GROWING.get(form, ()):
            was, is_now = told.before.get(row.key, {}).get(column, 0), row.cells.get(column, 0)
            if was > is_now:
                text = f"Wykonanie spadło od poprzedniego miesiąca: {zloty(was)}, teraz {zloty(is_now)}."
                yield Finding(WARNING, row.key, text)


def _unnamed(form: str, rows: Sequence[FilledRow], told: Told) -> Iterator[Finding]:
    if any(row.key == NO_PLACE for row in rows):
        yield Finding(
            WARNING, NO_PLACE, "Są zapisy bez klasyfikacji: stoją w wierszu bez działu i rozdziału."
        )
