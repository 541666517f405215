"""Vouchers being written: kept as typed, read line by line, posted when everything can be read.

Law: u.o.r. art. 20 ust. 1 (an entry needs a voucher), art. 21 (what a voucher says).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import access
from starostwo.ledger.models import Draft, Journal, Period, Settlement, Voucher
from starostwo.ledger.rules import typed
from starostwo.ledger.rules.typed import TypedLine
from starostwo.ledger.rules.vouchers import Entry, NewVoucher
from starostwo.ledger.services import posting
from starostwo.ledger.services.draft_reading import Problem, Reading, read
from starostwo.office.api import Actor

HEADER = ("kind", "text", "external_number", "issued_on", "operation_on", "month", "document")


class NoSuchDraft(Exception):
    """There is no such draft for this person."""


class ChangedMeanwhile(Exception):
    """Somebody else saved the draft since it was opened; both texts are kept apart."""


@transaction.atomic
def begin(
    journal: Journal, *, actor: Actor, now: datetime, content: Mapping[str, Any] | None = None
) -> Draft:
    """Begin a voucher in a journal."""
    if not access.may_post(actor, journal.fiscal_year.book):
        raise posting.MayNotPost
    return Draft.objects.create(
        journal=journal, author_id=actor.account_id, content=dict(content or {}), changed_at=now
    )


@transaction.atomic
def save(
    draft_id: int, content: Mapping[str, Any], *, version: int, actor: Actor, now: datetime,
    is_automatic: bool = False,
) -> Draft:  # fmt: skip
    """Keep what was typed, whatever it is; another window that saved since is not written over."""
    draft = _locked(draft_id, actor)
    if draft.version != version:
        raise ChangedMeanwhile(draft_id)
    draft.content, draft.changed_at, draft.version = dict(content), now, version + (not is_automatic)
    draft.save(update_fields=["content", "changed_at", "version"])
    return draft


@transaction.atomic
def discard(draft_id: int, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away; its text stays in the history."""
    draft = _locked(draft_id, actor)
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="discard", thing=f"ledger.draft:{draft.pk}",
        payload={"content": draft.content}, at=now,
    )  # fmt: skip
    draft.delete()


class NotReadable(Exception):
    """The draft has problems; nothing was posted. `problems` says where and what."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


@transaction.atomic
def post_draft(draft_id: int, *, actor: Actor, now: datetime) -> posting.Posted:
    """Post a draft and remove it; new settlements of its lines begin with it."""
    draft = _locked(draft_id, actor)
    reading = read(draft)
    if reading.problems:
        raise NotReadable(reading.problems)
    year = draft.journal.fiscal_year
    entries = [_settled(line, entry, reading, draft) for line, entry in reading.entries]
    content = draft.content
    voucher = NewVoucher(
        kind=content.get("kind") or Voucher.Kind.NOTE, text=content["text"],
        issued_on=reading.days["issued_on"], operation_on=reading.days["operation_on"],
        entries=entries, month=reading.month, external_number=content.get("external_number", ""),
        document=content.get("document", ""), prepared_by=f"account:{draft.author_id}",
        into_soft=access.may_close(actor, year.book) and _is_soft(draft, reading.month),
    )  # fmt: skip
    [posted] = posting.post(draft.journal, [voucher], actor=actor, now=now)
    draft.delete()
    return posted


def _settled(line: TypedLine, entry: Entry, reading: Reading, draft: Draft) -> Entry:
    """The entry with its settlement: the open one of that number, or a new one that begins here."""
    account = reading.accounts[line.number]
    if "SETTLEMENT" not in account.requires or entry.counterparty is None:
        return entry
    book = draft.journal.fiscal_year.book
    found = (
        Settlement.objects.filter(book=book, counterparty=entry.counterparty, document_number=line.settled)
        .order_by("-id")
        .first()
    )
    if found is None:
        found = Settlement.objects.create(
            book=book, counterparty_id=entry.counterparty, document_number=line.settled,
            side=Settlement.Side.PAYABLE if entry.credit else Settlement.Side.RECEIVABLE,
            issued_on=reading.days["issued_on"], due_on=_due(line, reading, draft),
            text=draft.content["text"],
        )  # fmt: skip
    return replace(entry, settlement=found.pk)


def _due(line: TypedLine, reading: Reading, draft: Draft) -> date:
    try:
        return typed.day(line.due, year=draft.journal.fiscal_year.year)
    except typed.NotADay:
        return reading.days["issued_on"]


def _is_soft(draft: Draft, month: int) -> bool:
    return Period.objects.filter(
        fiscal_year=draft.journal.fiscal_year, month=month, state=Period.State.SOFT
    ).exists()


def _locked(draft_id: int, actor: Actor) -> Draft:
    mine = access.visible_drafts(actor).filter(pk=draft_id)
    draft = mine.select_for_update(of=("self",)).select_related("journal__fiscal_year__book").first()
    if draft is None:
        raise NoSuchDraft(draft_id)
    return draft
