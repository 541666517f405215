"""Asking the white list of VAT payers, by its interface or by the flat file of the day; each answer is kept.

The channel is off until WHITE_LIST_URL or WHITE_LIST_FOLDER is set. The interface:
    GET {WHITE_LIST_URL}/api/check/nip/{nip}/bank-account/{26 digits}?date=2026-11-27
    {"result": {"accountAssigned": "TAK" | "NIE", "requestId": "...", "requestDateTime": "..."}}
"""

import json
import mmap
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.platform.calls import NoAnswer, answer_to
from starostwo.treasury.models import PaymentOrder, WhiteListCheck
from starostwo.treasury.rules.payment_white_list import flat_hash, masked

Outcome, Way = WhiteListCheck.Outcome, WhiteListCheck.Way
ASSIGNED = {"TAK": Outcome.LISTED, "NIE": Outcome.NOT_LISTED}
LARGEST_TAIL = 4 * 1024 * 1024
MASK = re.compile(r'"([0-9XY]{26})"')


@dataclass(frozen=True)
class Answer:
    """What came out, by which way, with what proves it."""

    outcome: str
    way: str
    request_id: str = ""
    said: str = ""


def check_orders(orders: list[PaymentOrder], *, actor: Actor, today: date, now: datetime) -> None:
    """Ask for each payee and account that was not answered today; the answers are kept one by one."""
    for order in orders:
        nip, account = order.counterparty.nip, order.payee_account
        if not nip or not account or answered(nip, account, today) is not None:
            continue
        answer = ask(nip, account, today)
        made = WhiteListCheck.objects.create(
            nip=nip, account=account, on_day=today, outcome=answer.outcome, way=answer.way,
            request_id=answer.request_id, said=answer.said[:1000], checked_at=now,
            checked_by=actor.audit_name,
        )  # fmt: skip
        audit.record(
            actor=actor.audit_name, actor_name=actor.name, verb="check", thing=str(order), at=now,
            payload={"outcome": answer.outcome, "request": answer.request_id, "check": made.pk},
        )  # fmt: skip


def answered(nip: str, account: str, day: date) -> WhiteListCheck | None:
    """The answer of the day; an account that was not answered may be asked for again."""
    return (
        WhiteListCheck.objects.filter(nip=nip, account=account, on_day=day)
        .exclude(outcome=Outcome.UNKNOWN)
        .order_by("-id")
        .first()
    )


def ask(nip: str, account: str, day: date) -> Answer:
    """Ask the interface; where it is off or silent, the flat file of the day."""
    by_file = _ask_file(nip, account, day)
    if not settings.WHITE_LIST_URL:
        return by_file or Answer(Outcome.UNKNOWN, Way.NONE, said="kanał wykazu podatników nie jest włączony")
    answer = _ask_interface(nip, account, day)
    return by_file if answer.outcome == Outcome.UNKNOWN and by_file is not None else answer


def _ask_interface(nip: str, account: str, day: date) -> Answer:
    address = f"{settings.WHITE_LIST_URL}/api/check/nip/{nip}/bank-account/{account}?date={day.isoformat()}"
    try:
        body = answer_to(address, headers={"Accept": "application/json"})
    except NoAnswer:
        return Answer(Outcome.UNKNOWN, Way.API, said="wykaz nie odpowiedział")
    try:
        result = json.loads(body)["result"]
        outcome, request_id = ASSIGNED[result["accountAssigned"]], str(result["requestId"]).strip()
    except (ValueError, KeyError, TypeError):
        return Answer(Outcome.UNKNOWN, Way.API, said="wykaz odpowiedział niezrozumiale")
    if not request_id:
        return Answer(Outcome.UNKNOWN, Way.API, said="wykaz nie podał identyfikatora zapytania")
    return Answer(outcome, Way.API, request_id[:80], body.decode("utf-8", "replace"))


def _ask_file(nip: str, account: str, day: date) -> Answer | None:
    """Look for the mark of the payer in the file of the day, without reading the file into memory."""
    if not settings.WHITE_LIST_FOLDER:
        return None
    path = Path(settings.WHITE_LIST_FOLDER) / f"{day:%Y%m%d}.json"
    if not path.is_file() or not path.stat().st_size:
        return None
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        masks = MASK.findall(
            content[max(content.rfind(b'"maski"'), 0) :][:LARGEST_TAIL].decode("ascii", "replace")
        )
        for written in (account, *masked(account, masks)):
            mark = flat_hash(day, nip, written)
            if content.find(f'"{mark}"'.encode()) >= 0:
                return Answer(Outcome.LISTED, Way.FILE, said=f"{path.name}: {mark}")
    return Answer(Outcome.NOT_LISTED, Way.FILE, said=f"{path.name}: {flat_hash(day, nip, account)}")
