"""The technical entry that makes turnovers of 130 pure after a voucher that left a refund on the wrong side.

Law: rozp. MRiF 13.09.2017 zał. 3 (130). From memory.
"""

from datetime import datetime

from django.db import transaction

from starostwo.ledger import access
from starostwo.ledger.models import Account, Voucher
from starostwo.ledger.queries import purity as queries
from starostwo.ledger.queries.accounts import journal_of, month_of
from starostwo.ledger.rules.purity import technical_entries
from starostwo.ledger.rules.vouchers import NewVoucher
from starostwo.ledger.services.posting import MayNotPost, Posted, post_as
from starostwo.office.api import Actor


class IsPure(Exception):
    """The voucher leaves nothing on the wrong side."""


@transaction.atomic
def make_pure(voucher: Voucher, *, actor: Actor, now: datetime) -> Posted:
    """Post the technical entry of a voucher; it is named in the origin, so it happens once."""
    year = voucher.fiscal_year
    if not access.may_post(actor, year.book):
        raise MayNotPost
    left = queries.left_by([voucher])[voucher.pk]
    if not left:
        raise IsPure
    accounts = dict(
        Account.objects.filter(fiscal_year=year, number__in=queries.BOTH).values_list("number", "pk")
    )
    technical = NewVoucher(
        kind=Voucher.Kind.NOTE, text=f"Zapis techniczny do dowodu {voucher.journal.code}/{voucher.number}",
        issued_on=voucher.operation_on, operation_on=voucher.operation_on,
        entries=technical_entries(left, accounts), month=month_of(year, voucher.operation_on),
        external_number=voucher.external_number, origin=f"{queries.ORIGIN}:{voucher.pk}",
    )  # fmt: skip
    journal = journal_of(year, "PK")
    [posted] = post_as(journal, [technical], posted_by=actor.audit_name, posted_by_name=actor.name, now=now)
    return posted
