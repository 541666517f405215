"""The case sheet (metryka sprawy): a view of the history, nothing that anybody writes.

Law: k.p.a. art. 66a, rozp. MAiC 6.03.2012 (Dz.U. 2012 poz. 250): mark, title, day, person and post,
act, document to which it refers.
"""

from dataclasses import dataclass
from datetime import datetime

from starostwo.audit import api as audit
from starostwo.records.models import Case, Letter
from starostwo.records.rules.acts import act_label

NOT_IN_SHEET = frozenset({"read"})


@dataclass(frozen=True)
class SheetRow:
    """One act in the case: when, who on which post, what, and the document it refers to."""

    at: datetime
    person: str
    post: str
    act: str
    document: str
    in_place_of: str
    hash: str


@dataclass(frozen=True)
class CaseSheet:
    """Metryka of one case."""

    mark: str
    title: str
    rows: list[SheetRow]


def case_sheet(
    case: Case, *, until: datetime | None = None, names: dict[str, str] | None = None
) -> CaseSheet:
    """Return the sheet of a case that the caller may see, as it stood at a moment."""
    letters = {str(one): one.shown_number for one in Letter.objects.filter(case=case).order_by("id")}
    lines = audit.history_of([str(case), *letters], until=until)
    rows = [_row(line, letters) for line in lines if line.verb not in NOT_IN_SHEET]
    return CaseSheet(mark=case.mark, title=case.title, rows=rows)


def _row(line: audit.Entry, letters: dict[str, str]) -> SheetRow:
    said = line.payload
    document = said.get("document") or letters.get(line.thing) or said.get("letter") or ""
    return SheetRow(
        at=line.at,
        person=line.actor_name or line.actor,
        post=str(said.get("post", "")),
        act=act_label(line.verb),
        document=str(document),
        in_place_of=line.in_place_of or "",
        hash=line.hash,
    )
