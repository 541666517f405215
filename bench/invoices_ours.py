"""`python -m bench.invoices_ours COUNT`: e-invoices of every kind, from KSeF to how they would be posted.

Measured is what the worker does (asking over HTTP, hash, schema, reading, the original on the disk, routing,
history) and what the posting form asks first (earlier purchases of the supplier, contracts). Making the
invoices and handing them to KSeF is not.
"""

import logging
import sys
import time
from collections.abc import Iterator
from datetime import date
from random import Random

import django

django.setup()

from django.conf import settings  # noqa: E402  models are there only after setup
from django.utils import timezone  # noqa: E402
from lxml import etree  # noqa: E402

from bench.books_shape import SEED, answer  # noqa: E402
from starostwo.ledger.models import FiscalYear  # noqa: E402
from starostwo.ledger.rules.classification import position  # noqa: E402
from starostwo.ledger.rules.vouchers import Entry, NewVoucher  # noqa: E402
from starostwo.ledger.services.dictionaries import classify  # noqa: E402
from starostwo.ledger.services.plan import change_limit  # noqa: E402
from starostwo.ledger.services.posting import post  # noqa: E402
from starostwo.ledger.settlements import PAYABLE, Opened, new_settlement  # noqa: E402
from starostwo.office.actor import Actor, actor_for  # noqa: E402
from starostwo.office.models import Account as Person  # noqa: E402
from starostwo.site.demo.finance import (  # noqa: E402
    ACCOUNTANT,
    SUPPLIERS,
    TREASURER,
    Ground,
    cost_of,
    ground_of,
    supplier,
    with_check_digit,
)
from starostwo.site.demo.ksef_peer import LIMITS, KsefPeer  # noqa: E402
from starostwo.site.demo.plan import sign_contracts  # noqa: E402
from starostwo.treasury.ksef_channel import conversation  # noqa: E402
from starostwo.treasury.models import Invoice  # noqa: E402
from starostwo.treasury.queries.invoices import proposal_of  # noqa: E402
from starostwo.treasury.rules.fa3_schema import NAMESPACE  # noqa: E402
from starostwo.treasury.services.invoice_units import NewUnit, open_unit  # noqa: E402
from starostwo.treasury.services.ksef_inbox import pull  # noqa: E402
from tests.treasury.fa3_made import KINDS, made  # noqa: E402
from tests.treasury.ksef_server import TOKEN, serving  # noqa: E402

NS = {"f": NAMESPACE}
CODE = "URZAD"
PAST = 12
EVERY_OTHER = 2
ENOUGH = 10**12


def main() -> None:
    """Make them, hand them in, measure; say how many got where."""
    count = int(sys.argv[1])
    school = _ground()
    peer = KsefPeer(TOKEN, limits=dict.fromkeys(LIMITS, 10 * count))
    numbers = [peer.deposit(content) for content in _invoices(count, school)]
    with serving(peer) as address:
        settings.KSEF_URL, settings.KSEF_TOKEN = address, TOKEN
        began = time.perf_counter()
        with conversation() as ksef:
            pull(ksef, nip=settings.KSEF_NIP, now=timezone.now(), at_once=count)
        pulled = time.perf_counter()
        came = list(Invoice.objects.select_related("unit__book", "blob").filter(ksef_number__in=numbers))
        proposals = [proposal_of(invoice) for invoice in came]
        ended = time.perf_counter()
    found = {
        "came": len(came),
        "routed": sum(invoice.unit is not None for invoice in came),
        "matched": sum(bool(proposal.rows) for proposal in proposals),
        "with contract": sum(proposal.contract is not None for proposal in proposals),
        "seconds": ended - began,
        "pulling": pulled - began,
    }
    if (found["came"], found["routed"], found["matched"]) != (count, count, count):
        raise SystemExit(f"not every invoice came, was routed and matched: {found}")
    answer({"invoices": found})


def _ground() -> str:
    """Purchases of each supplier in both books, contracts of some; give back the number of the other unit."""
    now = timezone.localtime()
    keeper, treasurer = (
        actor_for(Person.objects.get(login=login), today=timezone.localdate())
        for login in (ACCOUNTANT, TREASURER)
    )
    year = FiscalYear.objects.select_related("book").get(book__code=CODE, year=timezone.localdate().year)
    ground = ground_of(year, by=keeper, now=now)
    _buy(ground)
    sign_contracts(
        year, nips={name: with_check_digit(nine) for name, nine, _ in SUPPLIERS}, accountant=keeper,
        treasurer=treasurer, today=timezone.localdate(), now=now,
    )  # fmt: skip
    return _open_school(year, treasurer)


def _open_school(year: FiscalYear, treasurer: Actor) -> str:
    idwew = f"{settings.KSEF_NIP}-00012"
    said = NewUnit(code="SZKOLA", name="Szkoła do pomiarów", book_id=year.book_id, idwew=idwew)
    open_unit(said, actor=treasurer, now=timezone.localtime())
    return idwew


def _buy(ground: Ground) -> None:
    vouchers = []
    on = date(ground.year.year, 1, 5)
    for name, nine, typed in SUPPLIERS:
        party = supplier(name, nine, actor=ground.by, now=ground.now)
        row = classify(position(typed), year=on.year, kind="W")
        change_limit(ground.year, row, plan_by=ENOUGH)
        for number in range(PAST):
            debt = new_settlement(ground.year.book, party, Opened(PAYABLE, f"FV {number}", on, on))
            said = {"classification": row.pk, "counterparty": party.pk}
            vouchers.append(
                NewVoucher("FZ", f"Zakup {number}", on, on, [
                    Entry(ground.accounts[cost_of(typed)], debit=100_00, **said),
                    Entry(ground.accounts["201"], credit=100_00, settlement=debt.pk, **said),
                ], 1)
            )  # fmt: skip
    post(ground.journals["FZ"], vouchers, actor=ground.by, now=ground.now)


def _invoices(count: int, school: str) -> Iterator[bytes]:
    """Of every kind, by chance with what is optional, each of a supplier, half of them for the other unit."""
    chance = Random(SEED)
    for number in range(count):
        root = etree.fromstring(made(KINDS[number % len(KINDS)], seed=number))
        _say(root, "f:Fa/f:P_2", f"FV/{number}")
        nip = with_check_digit(chance.choice(SUPPLIERS)[1])
        _say(root, "f:Podmiot1/f:DaneIdentyfikacyjne/f:NIP", nip)
        for party in root.findall("f:Podmiot3", NS):
            root.remove(party)
        buyer = _found(root, "f:Podmiot2")
        own = _found(buyer, "f:DaneIdentyfikacyjne")
        for part in list(own):
            own.remove(part)
        _put(own, "NIP", settings.KSEF_NIP)
        _put(own, "Nazwa", "Powiat Zgierski")
        _say(buyer, "f:JST", "1" if number % EVERY_OTHER else "2")
        if number % EVERY_OTHER:
            buyer.addnext(_recipient(school))
        yield bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _recipient(school: str) -> etree._Element:
    party = etree.Element(f"{{{NAMESPACE}}}Podmiot3")
    own = _put(party, "DaneIdentyfikacyjne")
    _put(own, "IDWew", school)
    _put(own, "Nazwa", "Szkoła do pomiarów")
    _put(party, "Rola", "8")
    return party


def _put(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    added = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    added.text = text or None
    return added


def _found(element: etree._Element, path: str) -> etree._Element:
    found = element.find(path, NS)
    if found is None:
        raise LookupError(path)
    return found


def _say(root: etree._Element, path: str, text: str) -> None:
    _found(root, path).text = text


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    main()
