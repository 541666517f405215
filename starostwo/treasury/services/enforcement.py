"""Enforcement titles: prepared from a reminder that was not obeyed, signed, sent, updated by payments.

Law: u.p.e.a. art. 15 par. 1, art. 26-27, from memory.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.ledger import api as ledger
from starostwo.ledger.api import settlements
from starostwo.office.api import Actor
from starostwo.records import api as records
from starostwo.signatures import api as signatures
from starostwo.treasury import access
from starostwo.treasury.models import (
    BankAccount,
    EnforcementLine,
    EnforcementStep,
    EnforcementTitle,
    Reminder,
)
from starostwo.treasury.queries import enforcement as queries
from starostwo.treasury.rules import enforcement as rules
from starostwo.treasury.rules.enforcement import Move, State, Title
from starostwo.treasury.services.claims import Wrong, own_book
from starostwo.treasury.services.reminders import addressee

LARGEST = 1024 * 1024


class NoSuchTitle(Exception):
    """There is no such title or reminder for this person, or it stands elsewhere by now."""


class NotSigned(Exception):
    """The key is missing or refuses; the text says why, in Polish."""


@dataclass(frozen=True)
class NewTitle:
    """From which reminder, when it was delivered, to which organ."""

    reminder_id: int
    delivered_on: date
    organ: str


@transaction.atomic
def prepare(book_id: int, said: NewTitle, *, actor: Actor, today: date, now: datetime) -> EnforcementTitle:
    """Make the title of a reminder: numbered, with its file, waiting to be signed."""
    book = own_book(book_id, actor)
    settlements.lock_book(book)
    reminder = queries.to_issue(book).filter(pk=said.reminder_id).first()
    if reminder is None:
        raise NoSuchTitle(said.reminder_id)
    if said.delivered_on < reminder.made_on:
        raise Wrong("delivered_on", "Upomnienia nie doręczono przed jego napisaniem.")
    first = rules.may_issue_on(said.delivered_on)
    if today < first:
        raise Wrong(
            "delivered_on", f"Siedem dni od doręczenia mija; tytuł można wystawić od {first:%d.%m.%Y}."
        )
    if not said.organ.strip():
        raise Wrong("organ", "Podaj naczelnika urzędu skarbowego właściwego dla dłużnika.")
    owed = queries.owed_of(reminder, today)
    last = EnforcementTitle.objects.filter(book=book, year=today.year).order_by("-number").first()
    number = (last.number if last else 0) + 1
    cost, left = queries.cost_of(reminder), sum(one.due.left for one in owed)
    title = _title(book, reminder, said, owed, cost, number, today)
    content, document = rules.write(title), _copy(reminder, title, actor, today, now)
    made = EnforcementTitle.objects.create(
        book=book, year=today.year, number=number, reminder=reminder, counterparty=reminder.counterparty,
        organ=said.organ.strip()[:200], delivered_on=said.delivered_on, made_on=today, cost=cost,
        document=document, last_left=left,
        blob=files.put(content, name=f"TW-{number}-{today.year}.xml", limit=LARGEST),
    )  # fmt: skip
    EnforcementLine.objects.bulk_create(
        EnforcementLine(title=made, claim=one.claim, left=one.due.left, interest=one.due.interest)
        for one in owed
    )
    _remember(made, EnforcementStep.What.PREPARED, left, actor, now)
    return made


def _copy(reminder: Reminder, title: Title, actor: Actor, today: date, now: datetime) -> Any:
    """A copy of the title as a document of records, in the case in which the debtor was reminded."""
    case = reminder.document.case
    letter = records.correspondence.LetterToWrite(
        to=addressee(reminder.counterparty), title=f"Tytuł wykonawczy {title.number}",
        text=rules.text(title), class_symbol=case.klass, case_title=case.title, case_id=case.pk,
    )  # fmt: skip
    try:
        return records.correspondence.write_letter(letter, actor=actor, today=today, now=now)
    except records.correspondence.CannotWriteLetter as refused:
        raise Wrong("organ", f"Nie można włączyć tytułu do akt sprawy: {refused}") from refused


def _title(
    book: Any,
    reminder: Reminder,
    said: NewTitle,
    owed: list[queries.OwedNow],
    cost: int,
    number: int,
    today: date,
) -> Title:
    party = reminder.counterparty
    account = BankAccount.objects.filter(book=book).order_by("pk").first()
    address = ", ".join(part for part in (party.street, f"{party.postcode} {party.town}".strip()) if part)
    creditor = rules.Person(
        account.owner_name if account else book.name, book.regon, account.owner_address if account else ""
    )
    return Title(
        number=f"TW/{number}/{today.year}", issued_on=today, creditor=creditor,
        debtor=rules.Person(party.name, party.pesel or party.nip, address), organ=said.organ.strip(),
        dues=[one.due for one in owed], cost=cost, reminded_on=reminder.made_on,
        delivered_on=said.delivered_on, account=account.number if account else "",
    )  # fmt: skip


@transaction.atomic
def sign(title_id: int, *, actor: Actor, now: datetime) -> EnforcementTitle:
    """Sign the file with the person's own key; what was signed never changes."""
    title = _locked(title_id, actor)
    if not access.may_sign_titles(actor, title.book):
        raise NoSuchTitle(title_id)
    after = _after(title, Move.SIGN)
    keys = signatures.staff_keys(actor.account_id)
    if not keys:
        raise NotSigned("Nie masz klucza do podpisu. Zgłoś to administratorowi.")
    with files.open_blob(title.blob.sha256) as file:
        content = file.read()
    try:
        signed = signatures.sign_xml(content, key=keys[0], at=now)
    except signatures.CannotSign as refused:
        raise NotSigned(str(refused)) from refused
    report = signatures.verify(signed, name="tytul.xml", at=now)
    if report.verdict in ("none", "red"):
        raise NotSigned(f"Złożony podpis nie jest ważny: {report.reason}")
    name = f"{title.shown_number.replace('/', '-')}-podpisany.xml"
    title.signed = files.put(signed, name=name, limit=LARGEST)
    title.state = after
    title.save(update_fields=["state", "signed"])
    signatures.store_report(title.signed.sha256, report, about=str(title))
    _remember(title, Move.SIGN, title.last_left, actor, now)
    return title


@transaction.atomic
def move(title_id: int, what: Move, *, reason: str, actor: Actor, now: datetime) -> EnforcementTitle:
    """Send, suspend, take up again or withdraw a title."""
    title = _locked(title_id, actor)
    if what in (Move.SIGN, Move.PAY):
        raise NoSuchTitle(title_id)
    after = _after(title, what)
    if what in rules.NEEDS_REASON and not reason.strip():
        raise Wrong("reason", "Napisz powód.")
    title.state = after
    title.save(update_fields=["state"])
    _remember(title, what, title.last_left, actor, now, reason)
    return title


@transaction.atomic
def update_paid(book: Any, *, actor: Actor, now: datetime) -> list[EnforcementTitle]:
    """Note what payments changed of open titles; a title of which nothing is left is paid.

    Called where a statement or a cash report is posted, and by a button.
    """
    rows = list(queries.still_open(book).select_for_update(of=("self",)).order_by("pk"))
    left = queries.left_of(rows)
    changed = [row for row in rows if left[row.pk] != row.last_left]
    for title in changed:
        title.last_left = left[title.pk]
        what: str = EnforcementStep.What.UPDATE
        if not title.last_left:
            title.state, what = State.PAID.value, Move.PAY.value
        title.save(update_fields=["state", "last_left"])
        _remember(title, what, title.last_left, actor, now)
    return changed


def _after(title: EnforcementTitle, what: Move) -> str:
    after = rules.after(title.state, what)
    if after is None:
        raise NoSuchTitle(title.pk)
    return after.value


def _locked(title_id: int, actor: Actor) -> EnforcementTitle:
    rows: Any = EnforcementTitle.objects.select_for_update(of=("self",)).select_related("book", "blob")
    found = rows.filter(pk=title_id, book__in=ledger.visible_books(actor)).first()
    may = found is not None and (
        ledger.may_post(actor, found.book) or access.may_sign_titles(actor, found.book)
    )
    if not may:
        raise NoSuchTitle(title_id)
    return found  # type: ignore[no-any-return]


def _remember(
    title: EnforcementTitle, what: str, left: int, actor: Actor, now: datetime, remark: str = ""
) -> None:
    EnforcementStep.objects.create(
        title=title, what=what, at=now, by_name=actor.name, remark=remark.strip()[:300], left=left
    )
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=str(what).lower(), thing=str(title), at=now,
        payload={"left": left, "state": title.state, "remark": remark.strip()[:300]},
    )  # fmt: skip
