"""Reads of the register and of its documents, within what the person may see."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from starostwo.assets import access, optional
from starostwo.assets.models import (
    Asset,
    Attachment,
    CoveredAsset,
    Document,
    DocumentLine,
    Proposal,
    ServiceContract,
)
from starostwo.assets.rules.kinds import KINDS
from starostwo.office.api import Actor, places
from starostwo.platform.polish import fold

BY_NUMBER = ("kind", "year", "position", "id")
STATES = {"IN_USE": "w używaniu", "LIQUIDATED": "zlikwidowane", "HANDED_OVER": "przekazane", "": "wszystkie"}


@dataclass(frozen=True)
class Wanted:
    """By what the register is narrowed."""

    words: str = ""
    kind: str = ""
    state: str = "IN_USE"
    place: str = ""
    keeper: int | None = None

    @classmethod
    def told(cls, query: Mapping[str, str]) -> "Wanted":
        """Read it from an address; what is unknown narrows nothing."""
        kind, state, keeper = query.get("rodzaj", ""), query.get("stan", "IN_USE"), query.get("osoba", "")
        return cls(
            words=query.get("q", "").replace("\0", "")[:100],
            kind=kind if kind in KINDS else "",
            state=state if state in STATES else "IN_USE",
            place=query.get("miejsce", "").replace("\0", "").strip().upper()[:100],
            keeper=int(keeper) if keeper.isdecimal() and len(keeper) < 16 else None,
        )


def listed(actor: Actor, wanted: Wanted) -> QuerySet[Asset]:
    """The assets that fit, with place and people."""
    rows = access.visible_assets(actor).select_related("place", "keeper", "user")
    for word in fold(wanted.words).split():
        rows = rows.filter(folded__contains=word)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.place:
        rows = rows.filter(places.within(wanted.place, "place__"))
    if wanted.keeper is not None:
        rows = rows.filter(keeper_id=wanted.keeper)
    return rows


def one(asset_id: int, *, actor: Actor) -> Asset | None:
    """One asset."""
    rows = access.visible_assets(actor).select_related("place", "keeper", "user")
    return rows.filter(pk=asset_id).first()


def chosen(asset_ids: list[int], *, actor: Actor) -> list[Asset]:
    """Those of the chosen assets that are in use."""
    rows = access.visible_assets(actor).filter(pk__in=asset_ids, state=Asset.State.IN_USE)
    return list(rows.select_related("place", "keeper").order_by(*BY_NUMBER))


def history(asset: Asset) -> list[DocumentLine]:
    """The documents of an asset, the newest first."""
    rows = DocumentLine.objects.filter(asset=asset)
    people = ("keeper_from", "keeper_to", "user_from", "user_to")
    return list(rows.select_related("document", "place_from", "place_to", *people).order_by("-id"))


def attachments(asset: Asset) -> list[Attachment]:
    """The files of an asset."""
    rows = Attachment.objects.filter(asset=asset, removed_at=None)
    return list(rows.select_related("blob").order_by("kind", "id"))


def contracts(asset: Asset, *, actor: Actor) -> list[ServiceContract]:
    """The contracts under which an asset is today, within what the person may see."""
    covered = CoveredAsset.objects.filter(asset=asset, until_on=None)
    rows = access.visible_contracts(actor).filter(pk__in=covered.values("contract_id"))
    return list(rows.order_by("valid_until", "id"))


def documents(actor: Actor, *, kind: str = "") -> QuerySet[Document]:
    """The documents, of one kind when it is named."""
    rows = access.visible_documents(actor)
    return rows.filter(kind=kind) if kind else rows


def document(document_id: int, *, actor: Actor) -> Document | None:
    """One document."""
    return access.visible_documents(actor).filter(pk=document_id).first()


def lines(document: Document) -> QuerySet[DocumentLine]:
    """The lines of a document in their order, with what they name."""
    rows = DocumentLine.objects.filter(document=document)
    return rows.select_related("asset", "place_from", "place_to", "keeper_from", "keeper_to", "user_to")


@dataclass(frozen=True)
class Posting:
    """What became of the posting of a document: in words, and the row in the ledger that may be opened."""

    words: str
    kind: str = "neutral"
    draft_id: int | None = None
    voucher_id: int | None = None


WORDS = {
    "DRAFT": ("propozycja czeka w dowodach roboczych", "info"),
    "POSTED": ("zaksięgowano", "good"),
    "GONE": ("propozycję usunięto z dowodów roboczych", "warn"),
}


def posting(document: Document, *, actor: Actor) -> Posting:
    """Where the posting of a document stands."""
    found = Proposal.objects.filter(document=document).first()
    if found is None or optional.ledger is None:
        return Posting("bez księgowania")
    if found.draft_id is None:
        return Posting(f"nie powstała: {found.why_not}", "warn")
    standing = optional.ledger.proposals.standing(
        found.draft_id, f"assets.document:{document.pk}", year=document.year, actor=actor
    )
    return Posting(*WORDS[standing.state], draft_id=standing.draft_id, voucher_id=standing.voucher_id)
