"""Reading letters of the office: one with all that belongs to it, those of a case, what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery

from starostwo.office.api import Actor
from starostwo.platform.text_diff import Stretch, compare
from starostwo.records import document_access
from starostwo.records.access import people_of
from starostwo.records.models import (
    AcceptanceStep,
    Case,
    Delivery,
    Dispatch,
    Document,
    DocumentVersion,
    Party,
    SignedFile,
    WaitingDispatch,
)
from starostwo.records.queries.document_paper import recipients
from starostwo.signatures import api as signatures

WAITING = AcceptanceStep.Outcome.WAITING
REGISTER_KEY = ("-year", "-number")
PRINTED_AT_MOST = 20_000


@dataclass(frozen=True)
class Sent:
    """One row of the outgoing register with its proof of service, if it has come."""

    dispatch: Dispatch
    delivery: Delivery | None

    @property
    def is_served(self) -> bool:
        return self.delivery is not None


@dataclass(frozen=True)
class DocumentPage:
    """A document with its versions (the newest first), steps, signed file, addressees and what was sent."""

    document: Document
    versions: list[DocumentVersion]
    steps: list[AcceptanceStep]
    signed: SignedFile | None
    sent: list[Sent]
    to_serve: list[Party] = field(default_factory=list)
    report: signatures.SignatureReport | None = None

    @property
    def latest(self) -> DocumentVersion:
        return self.versions[0]

    @property
    def turn(self) -> AcceptanceStep | None:
        """The step whose turn it is."""
        waiting = [step for step in self.steps if step.outcome == WAITING]
        return min(waiting, key=lambda step: step.order, default=None)


def document_page(document_id: int, *, actor: Actor) -> DocumentPage | None:
    """Return a document that the person may see; None where there is none for him."""
    visible = document_access.visible_documents(actor).filter(pk=document_id)
    document = visible.select_related("case__holder", "case__first_letter", "addressee", "author").first()
    if document is None:
        return None
    versions = DocumentVersion.objects.filter(document=document).select_related("author").order_by("-number")
    steps = AcceptanceStep.objects.filter(document=document).order_by("round", "order")
    sent = sent_of(Dispatch.objects.filter(document=document).order_by("number"))
    served = {row.dispatch.party_id for row in sent}
    signed = SignedFile.objects.filter(document=document).select_related("blob", "in_place_of").first()
    reports = signatures.reports_for([signed.sha256], about=str(document)) if signed else {}
    return DocumentPage(
        document=document,
        versions=list(versions),
        steps=list(steps.select_related("acceptor", "decided_by", "version")),
        signed=signed,
        sent=sent,
        to_serve=[party for party in recipients(document) if party.pk not in served],
        report=reports.get(signed.sha256) if signed else None,
    )


def changes_between(page: DocumentPage, older: int, newer: int) -> list[Stretch] | None:
    """Return what changed between two versions of the document; None when one of them is not there."""
    texts = {version.number: version.text for version in page.versions}
    if older not in texts or newer not in texts:
        return None
    return compare(texts[older], texts[newer])


def changes_for(page: DocumentPage, actor: Actor) -> tuple[int, list[Stretch]] | None:
    """Return the version that the person saw last and what changed since; None when he sees it first.

    Who saw none is shown the changes since the round before.
    """
    decided = [
        step.version.number
        for step in page.steps
        if step.decided_by_id in people_of(actor) and step.outcome != AcceptanceStep.Outcome.DROPPED
    ]
    turn = page.turn
    earlier = [step.version.number for step in page.steps if turn and step.round < turn.round]
    seen = max(decided or earlier, default=0)
    if turn is None or not seen or seen >= turn.version.number:
        return None
    found = changes_between(page, seen, turn.version.number)
    return (seen, found) if found is not None else None


@dataclass(frozen=True)
class CasePapers:
    """What the case page shows of the letters of the office."""

    documents: Sequence[Document]
    sent: list[Sent]

    @property
    def terms(self) -> list[Sent]:
        """Served letters that started a term, the earliest end first."""
        running = [row for row in self.sent if row.delivery and row.delivery.term_until]
        return sorted(running, key=lambda row: (row.delivery and row.delivery.term_until) or date.max)


def case_papers(case: Case, *, actor: Actor) -> CasePapers:
    """Return the letters of a case that the person sees; three queries at most."""
    mine = document_access.visible_documents(actor).filter(case=case)
    documents = mine.select_related("addressee", "author").order_by("-created_at", "-id")
    newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    rows = list(documents.annotate(latest=Subquery(newest.values("number")[:1])))
    sent = Dispatch.objects.filter(document__in=[row.pk for row in rows]).select_related("document")
    return CasePapers(rows, sent_of(sent.order_by("-sent_at", "-id")) if rows else [])


def to_accept(actor: Actor) -> list[AcceptanceStep]:
    """Return the steps whose turn is now this person's or of whom he stands in for, the oldest first."""
    earlier = AcceptanceStep.objects.filter(
        document=OuterRef("document"), outcome=WAITING, order__lt=OuterRef("order")
    )
    steps = document_access.waiting_for(actor).filter(~Exists(earlier)).annotate(last=_last_round())
    steps = steps.filter(round=F("last")).select_related("document__case", "document__author", "acceptor")
    return [step for step in steps.order_by("id") if document_access.may_decide(actor, step)]


def _last_round() -> Subquery:
    rounds = AcceptanceStep.objects.filter(document=OuterRef("document")).values("document")
    return Subquery(rounds.annotate(last=Max("round")).values("last"))


def to_dispatch(actor: Actor) -> list[Document]:
    """Return signed documents that nobody has sent yet, the oldest first."""
    unsent = WaitingDispatch.objects.values("document")
    waiting = Document.objects.filter(document_access.to_send(actor), pk__in=unsent)
    waiting = waiting.select_related("case__holder", "addressee")
    return list(waiting.order_by("created_at", "id")[:200])


def outgoing(actor: Actor, *, since: date | None = None, until: date | None = None) -> QuerySet[Dispatch]:
    """Return the register of outgoing letters of a period, as far as the person may see it."""
    rows = document_access.visible_dispatches(actor).select_related("document__case", "sent_by")
    if since is not None:
        rows = rows.filter(sent_on__gte=since)
    return rows.filter(sent_on__lte=until) if until is not None else rows


def outgoing_rows(actor: Actor, *, since: date, until: date) -> list[Sent]:
    """Return the rows of a period in the order of their numbers, as they are printed."""
    rows = outgoing(actor, since=since, until=until).order_by("year", "number")
    return sent_of(rows[:PRINTED_AT_MOST])


def with_deliveries(rows: list[Dispatch]) -> list[Sent]:
    """Join each row with its proof of service; one query."""
    found = {one.dispatch_id: one for one in Delivery.objects.filter(dispatch__in=[row.pk for row in rows])}
    return [Sent(row, found.get(row.pk)) for row in rows]


def sent_of(rows: QuerySet[Dispatch]) -> list[Sent]:
    """Return the rows with their proofs of service; two queries."""
    return with_deliveries(list(rows))
