"""Papers that are signed: which they are, who stands on them, who has signed, the file as it is now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from starostwo.assets import access
from starostwo.assets.models import (
    BookRow,
    Disposal,
    Document,
    DocumentLine,
    Sheet,
    SignedPaper,
    StockTake,
    TeamMember,
)
from starostwo.assets.papers import document_pdf
from starostwo.assets.queries import stocktaking
from starostwo.assets.rules.kinds import ORIGINS, WAYS_OUT
from starostwo.assets.rules.signing import PARTIES_SEE, PROTOCOL, ROLES, SHEET, WANTED, Parties, roles_for
from starostwo.assets.stocktaking_papers import protocol_pdf, sheet_pdf
from starostwo.files import api as files
from starostwo.office.api import Actor


@dataclass(frozen=True)
class Paper:
    """A paper that may be signed; `key` names the row that it belongs to."""

    kind: str
    name: str
    thing: str
    key: dict[str, Any]
    parties: Parties
    typeset: Callable[[], bytes]
    row: Model

    def lock(self) -> None:
        """One signature after the other: the row of the paper is locked."""
        type(self.row)._default_manager.select_for_update(of=("self",)).get(pk=self.row.pk)

    def signatures(self) -> list[SignedPaper]:
        """The signatures in their order."""
        return list(signatures_of(self.key))

    def roles(self, actor: Actor) -> list[str]:
        """The roles in which the person may still sign."""
        signed = {(one.role, one.signer_id) for one in self.signatures()}
        return roles_for(
            self.kind, actor.account_id, self.parties, offices=access.signs_as(actor), signed=signed
        )


def signatures_of(key: dict[str, Any]) -> QuerySet[SignedPaper]:
    """The signatures of a paper."""
    return SignedPaper.objects.filter(**key).select_related("blob").order_by("position")


@dataclass(frozen=True)
class Standing:
    """What a page says of the signatures: those that are there, whose are missing, what this person may."""

    signed: list[tuple[str, SignedPaper]]
    missing: list[str]
    mine: list[tuple[str, str]]


def standing(paper: Paper, actor: Actor) -> Standing:
    """How far the paper is signed."""
    rows = paper.signatures()
    there = {one.role for one in rows}
    return Standing(
        signed=[(ROLES[one.role], one) for one in rows],
        missing=[ROLES[role] for role in WANTED[paper.kind] if role not in there],
        mine=[(role, ROLES[role]) for role in paper.roles(actor)],
    )


def newest(paper: Paper) -> files.Blob | None:
    """The signed file as it is now."""
    rows = paper.signatures()
    return rows[-1].blob if rows else None


def of_document(document: Document) -> Paper:
    """OT, MT, PT, LT and the others."""
    lines = DocumentLine.objects.filter(document=document)
    asked = lines if document.kind in PARTIES_SEE else lines.none()
    people = list(asked.values_list("keeper_from_id", "keeper_to_id", "user_to_id").distinct())
    disposals = Disposal.objects.filter(document=document)
    parties = Parties(
        giving=frozenset(one[0] for one in people if one[0]),
        taking=frozenset(pk for one in people for pk in one[1:] if pk),
        commission=frozenset(pk for pk in disposals.values_list("commission__account", flat=True) if pk),
    )
    return Paper(
        document.kind, str(document), f"assets.document:{document.pk}", {"document": document}, parties,
        lambda: document_pdf(document, _lines(document), event=event_words(document)), document,
    )  # fmt: skip


def _lines(document: Document) -> list[DocumentLine]:
    rows = DocumentLine.objects.filter(document=document).order_by("position")
    names = ("asset", "place_from", "place_to", "keeper_from", "keeper_to", "user_to")
    return list(rows.select_related(*names))


def event_words(document: Document) -> str:
    """How the document came about, in words."""
    return (ORIGINS if document.kind == "OT" else WAYS_OUT).get(document.event.partition("-")[2], "")


def of_sheet(sheet: Sheet) -> Paper:
    """A closed sheet: its team and those who answer for the things sign it."""
    field = sheet.field
    keepers = BookRow.objects.filter(field=field).exclude(keeper=None)
    parties = Parties(
        team=frozenset(TeamMember.objects.filter(field=field).values_list("account_id", flat=True)),
        keepers=frozenset(pk for pk in keepers.values_list("keeper_id", flat=True).distinct() if pk),
    )
    return Paper(
        SHEET, str(sheet), f"assets.sheet:{sheet.pk}", {"sheet": sheet}, parties,
        lambda: sheet_pdf(sheet, _counted(sheet), at=sheet.closed_at or sheet.opened_at), sheet,
    )  # fmt: skip


def _counted(sheet: Sheet) -> list[Any]:
    return list(stocktaking.lines(sheet).order_by("position"))


def of_protocol(take: StockTake, at: Any) -> Paper:
    """The protocol of differences of a closed stock-taking."""
    return Paper(
        PROTOCOL, f"Protokół {take}", f"assets.stock_take:{take.pk}", {"stock_take": take}, Parties(),
        lambda: protocol_pdf(take, stocktaking.differences(take), at=at), take,
    )  # fmt: skip
