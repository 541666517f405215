"""An issued invoice in the books: 221 in debit, income 720 and tax 225 in credit, a claim of the register.

A correction falls on the claim of the invoice that it corrects, red when it lowers it.
Law: u.o.r. art. 20-21; rozp. MRiF 13.09.2017 zał. 3 (221, 225, 720), from memory.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.ledger.api import Entry, settlements
from starostwo.office.api import Actor, Right
from starostwo.treasury import invoice_access as access
from starostwo.treasury.models import Claim, ClaimKind, InterestKind, SaleInvoice
from starostwo.treasury.services import claims
from starostwo.treasury.services.claims import CLAIMS, INCOME, JOURNAL, Assessed, Ground, Wrong

TAX, TAX_OFFICE = "225", "Urząd skarbowy (podatek VAT)"


class NotToPost(Exception):
    """The invoice is refused, posted already, or not of a unit in which the person posts."""


@dataclass(frozen=True)
class Posting:
    """Under which paragraph of income, in which month, which interest the claim bears."""

    position: str
    operation_on: date
    interest: str = InterestKind.COMMERCE


@transaction.atomic
def post_sale(sale_id: int, said: Posting, *, actor: Actor, now: datetime) -> SaleInvoice:
    """Post an issued invoice once; it becomes a claim that is watched and reminded of like any other."""
    seen = access.visible_sales(actor).filter(pk=sale_id).values("pk")
    rows: Any = SaleInvoice.objects.select_for_update(of=("self",)).select_related("unit__book", "corrects")
    sale = rows.filter(pk__in=seen).first()
    if sale is None or sale.voucher_id is not None or sale.state == SaleInvoice.State.REFUSED:
        raise NotToPost(sale_id)
    if not access.keeps(actor, Right.KEEP_BOOKS, sale.unit):
        raise NotToPost(sale_id)
    if not sale.gross:
        raise Wrong("position", "Faktura nie zmienia kwot, więc nie ma czego księgować.")
    year = ledger.year_of(sale.unit.book, said.operation_on)
    position = claims.position_of(said.position, year.year)
    settlement, party = _claim(sale, said, position)
    voucher = ledger.NewVoucher(
        kind="FS", text=f"Faktura {sale.number}: {sale.buyer_name}"[:300], issued_on=sale.issued_on,
        operation_on=said.operation_on, month=ledger.month_of(year, said.operation_on),
        entries=_entries(sale, year, position, settlement, party), external_number=sale.number[:100],
        document=f"treasury.sale:{sale.pk}", origin=f"treasury.sale:{sale.pk}",
    )  # fmt: skip
    [posted] = ledger.post(ledger.journal_of(year, JOURNAL), [voucher], actor=actor, now=now)
    sale.voucher_id, sale.posted_as = posted.id, said.position.strip()[:20]
    sale.save(update_fields=["voucher", "posted_as"])
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="post", thing=f"treasury.sale:{sale.pk}", at=now,
        payload={"voucher": posted.id, "position": sale.posted_as},
    )  # fmt: skip
    return sale  # type: ignore[no-any-return]


def _claim(sale: SaleInvoice, said: Posting, position: int) -> tuple[int, int]:
    """The settlement and its counterparty: a new claim, or that of the corrected invoice."""
    if sale.corrects is not None:
        row = Claim.objects.select_related("settlement").filter(
            book=sale.unit.book, settlement__document_number=sale.corrects.number
        ).first()  # fmt: skip
        if row is None:
            raise Wrong("position", f"Najpierw zaksięguj fakturę {sale.corrects.number}, którą ta koryguje.")
        return row.settlement_id, row.settlement.counterparty_id
    party = settlements.keep_counterparty(settlements.Known(sale.buyer_name, nip=sale.buyer_nip))
    row = claims.register(
        sale.unit.book,
        Assessed(
            party.pk, sale.number, sale.gross, sale.issued_on, sale.due_on or sale.issued_on, position,
            f"faktura {sale.number}", Ground(kind=ClaimKind.OTHER, interest=said.interest),
        ),
    )  # fmt: skip
    return row.settlement_id, party.pk


def _entries(sale: SaleInvoice, year: Any, position: int, settlement: int, party: int) -> list[Entry]:
    net = sum(int(net) for net, _ in sale.rates.values())
    vat = sum(int(tax) for _, tax in sale.rates.values())
    account = {number: ledger.account_of(year, number).pk for number in (CLAIMS, INCOME, TAX)}
    text = f"Faktura {sale.number}"
    entries = [
        Entry(account[CLAIMS], sale.gross, 0, position, party, settlement, text=text),
        Entry(account[INCOME], 0, net, position, text=text),
    ]
    if vat:
        office = settlements.keep_counterparty(settlements.Known(TAX_OFFICE))
        entries.append(Entry(account[TAX], 0, vat, counterparty=office.pk, text=text))
    return [one for one in entries if one.debit or one.credit]
