"""What concerns one person: things, loans, papers to sign, declarations to give, requests."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Abs

from starostwo.assets import access
from starostwo.assets.models import (
    Asset,
    BookRow,
    Confirmation,
    CountField,
    Declaration,
    Disposal,
    Document,
    DocumentLine,
    Loan,
    Sheet,
    SignedPaper,
    StockTake,
    SupplyMove,
    Wish,
)
from starostwo.assets.rules.signing import PARTIES_SEE
from starostwo.office.api import Actor

MOST = 100
SHOWN = 10


def things(actor: Actor) -> QuerySet[Asset]:
    """What the person answers for or uses, with his last answer whether he has it."""
    last = Confirmation.objects.filter(asset=OuterRef("pk"), account_id=actor.account_id).order_by("-id")
    rows = Asset.objects.filter(
        Q(keeper_id=actor.account_id) | Q(user_id=actor.account_id), state=Asset.State.IN_USE
    )
    return rows.select_related("place").annotate(
        answered=Subquery(last.values("answer")[:1]), answered_at=Subquery(last.values("answered_at")[:1])
    )


def loans(actor: Actor) -> list[Loan]:
    """What the person has borrowed and not brought back."""
    rows = Loan.objects.filter(borrower_id=actor.account_id, returned_on=None)
    return list(rows.select_related("asset").order_by("due_on", "id")[:MOST])


def to_sign(actor: Actor) -> list[Document]:
    """The newest documents on which the person stands and that he has not signed."""
    me = actor.account_id
    lines = DocumentLine.objects.filter(
        Q(keeper_from=me) | Q(keeper_to=me) | Q(user_to=me), document__kind__in=PARTIES_SEE
    )
    signed = SignedPaper.objects.filter(signer_id=me, document__isnull=False)
    rows = Document.objects.filter(pk__in=lines.values("document_id"))
    return list(rows.exclude(pk__in=signed.values("document_id")).order_by("-id")[:20])


def open_sheets(actor: Actor) -> list[Sheet]:
    """The sheets on which the person counts and that are not closed yet."""
    rows = access.sheets_to_count(actor).filter(closed_at=None).select_related("field__place")
    return list(rows.order_by("opened_at", "id")[:SHOWN])


def to_decide(actor: Actor) -> list[Disposal]:
    """Applications for liquidation that a commission has examined; for whoever decides."""
    if not access.may_decide_disposals(actor):
        return []
    return list(Disposal.objects.filter(state=Disposal.State.EXAMINED).order_by("id")[:SHOWN])


@dataclass(frozen=True)
class Wanted:
    """A declaration that the person should give."""

    field: CountField
    moment: str
    words: str


def declarations_wanted(actor: Actor) -> list[Wanted]:
    """Before counting while it goes on, after it once the sheet is closed; each once."""
    kept = BookRow.objects.filter(keeper_id=actor.account_id)
    fields = CountField.objects.filter(pk__in=kept.values("field_id")).select_related(
        "stock_take", "place", "sheet"
    )
    open_ones = fields.exclude(stock_take__state=StockTake.State.CLOSED).order_by("pk")
    given = set(Declaration.objects.filter(account_id=actor.account_id).values_list("field_id", "moment"))
    found = []
    for field in open_ones[:MOST]:
        moment = Declaration.Moment.AFTER if field.sheet.closed_at else Declaration.Moment.BEFORE
        if (field.pk, moment) not in given:
            found.append(Wanted(field, moment, str(moment.label)))
    return found


def wishes(actor: Actor) -> list[Wish]:
    """The person's own requests, the newest first."""
    rows = Wish.objects.filter(account_id=actor.account_id)
    return list(rows.select_related("supply").order_by("-id")[:20])


def supplies_of(actor: Actor) -> list[SupplyMove]:
    """What consumables the person was given lately."""
    rows = SupplyMove.objects.filter(account_id=actor.account_id).annotate(pieces=Abs("quantity"))
    return list(rows.select_related("supply").order_by("-id")[:20])


def declarations(take: StockTake, actor: Actor) -> list[Declaration]:
    """The declarations at a stock-taking, for those who see the register."""
    if not access.sees_all(actor):
        return []
    rows = Declaration.objects.filter(field__stock_take=take)
    return list(rows.select_related("field__place").order_by("field__place__path", "moment", "account_name"))
