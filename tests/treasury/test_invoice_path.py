"""Approval as a process: each stage by whoever may, nothing skipped, everything remembered, posted once."""

from dataclasses import replace
from datetime import date

import pytest

from starostwo.audit import api as audit
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Line, Settlement, Voucher
from starostwo.ledger.services.posting import DimensionIsMissing
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right, actor_for
from starostwo.treasury import invoice_access as access
from starostwo.treasury import testing as treasury
from starostwo.treasury.models import Invoice, InvoiceStep
from starostwo.treasury.queries.invoices import proposal_of, waiting_for
from starostwo.treasury.rules.invoice_posting import Row
from starostwo.treasury.services import invoice_path as path
from starostwo.treasury.services import invoice_posting as posting

pytestmark = pytest.mark.django_db
NOW = treasury.NOW


@pytest.fixture
def invoice() -> Invoice:
    office.make_office()
    treasury.make_unit()
    return treasury.received()


def to_check(invoice: Invoice) -> None:
    path.send(invoice.pk, treasury.checker().account_id, remark="proszę", actor=ledger.accountant(), now=NOW)


def approved(invoice: Invoice) -> Invoice:
    to_check(invoice)
    path.accept(invoice.pk, remark="dostarczono", actor=treasury.checker(), now=NOW)
    path.accept(invoice.pk, remark="", actor=ledger.accountant(), now=NOW)
    return path.accept(invoice.pk, remark="", actor=ledger.chief(), now=NOW)


POSTING = posting.Posting(
    rows=[Row("402", "750.75020.4300", 1000_00), Row("401", "750.75020.4210", 230_00)],
    due_on=date(2026, 12, 7), operation_on=date(2026, 11, 16), text="Druk kart",
)  # fmt: skip


@pytest.mark.law("ufp art. 54 ust. 1 pkt 3")
@pytest.mark.law("u.o.r. art. 21 ust. 1 pkt 6")
def test_an_invoice_is_checked_twice_and_approved(invoice: Invoice) -> None:
    done = approved(invoice)

    assert done.state == "APPROVED"
    steps = InvoiceStep.objects.filter(invoice=invoice).order_by("id")
    assert list(steps.values_list("what", "stage", "by_name", "remark")) == [
        ("ARRIVED", "NEW", "KSeF", "nabywcą jest powiat, a jednostki nie wskazano"),
        ("SENT", "NEW", "Krystyna Saldo", "Anna Nowak. proszę"),
        ("ACCEPTED", "SUBSTANCE", "Anna Nowak", "dostarczono"),
        ("ACCEPTED", "FORMAL", "Krystyna Saldo", ""),
        ("ACCEPTED", "CHIEF", "Halina Bilans", ""),
    ]
    assert len(audit.history(f"treasury.invoice:{invoice.pk}")) == 5


def people() -> dict[str, Actor]:
    return {
        "checker": treasury.checker(),
        "accountant": ledger.accountant(),
        "chief": ledger.chief(),
        "stranger": actor_for(office.jan(), today=treasury.TODAY),
        "treasurer": ledger.treasurer(),
    }


@pytest.mark.parametrize(
    ("stage", "may"),
    [("SUBSTANCE", {"checker"}), ("FORMAL", {"accountant", "chief"}), ("CHIEF", {"chief"})],
)
def test_each_stage_waits_for_its_own_people(invoice: Invoice, stage: str, may: set[str]) -> None:
    to_check(invoice)
    if stage != "SUBSTANCE":
        path.accept(invoice.pk, remark="", actor=treasury.checker(), now=NOW)
    if stage == "CHIEF":
        path.accept(invoice.pk, remark="", actor=ledger.accountant(), now=NOW)
    before = list(InvoiceStep.objects.values())

    for name, actor in people().items():
        if name not in may:
            with pytest.raises((path.NotYours, path.NoSuchInvoice)):
                path.accept(invoice.pk, remark="", actor=actor, now=NOW)
        else:
            assert access.decides(actor, Invoice.objects.select_related("unit__book").get(pk=invoice.pk))

    assert Invoice.objects.get(pk=invoice.pk).state == stage
    assert list(InvoiceStep.objects.values()) == before


def test_returning_says_why_and_goes_back_one_stage(invoice: Invoice) -> None:
    to_check(invoice)
    with pytest.raises(path.NeedsReason):
        path.give_back(invoice.pk, remark=" ", actor=treasury.checker(), now=NOW)
    path.accept(invoice.pk, remark="", actor=treasury.checker(), now=NOW)
    back = path.give_back(invoice.pk, remark="brak protokołu", actor=ledger.accountant(), now=NOW)

    assert back.state == "SUBSTANCE"
    assert path.give_back(invoice.pk, remark="nie moja", actor=treasury.checker(), now=NOW).state == "NEW"
    last = InvoiceStep.objects.filter(invoice=invoice).latest("id")
    assert (last.what, last.remark) == ("RETURNED", "nie moja")


def test_a_deputy_decides_and_history_says_for_whom(invoice: Invoice) -> None:
    to_check(invoice)
    office.make_stand_in(office.anna(), office.jan(), since=treasury.TODAY, until=date(2026, 12, 1))
    deputy = actor_for(office.jan(), today=treasury.TODAY)

    path.accept(invoice.pk, remark="", actor=deputy, now=NOW)

    step = InvoiceStep.objects.filter(invoice=invoice).latest("id")
    assert (step.by_name, step.in_place_of) == ("Jan Kos", "Anna Nowak")


def test_whoever_checked_formally_does_not_approve(invoice: Invoice) -> None:
    to_check(invoice)
    path.accept(invoice.pk, remark="", actor=treasury.checker(), now=NOW)
    path.accept(invoice.pk, remark="", actor=ledger.chief(), now=NOW)

    with pytest.raises(path.NeedsAnotherPerson):
        path.accept(invoice.pk, remark="", actor=ledger.chief(), now=NOW)


def test_what_no_unit_was_named_for_is_given_to_one(invoice: Invoice) -> None:
    school = treasury.make_unit("ZS1", idwew="7321987657-00077")
    waits = treasury.received(treasury.for_school(), ksef_number="5260250274-20261116-1A1B2C3D4E5F-00")
    assert (waits.state, waits.unit) == ("QUEUE", None)
    with pytest.raises(path.NoSuchInvoice):
        path.route_to(waits.pk, school.pk, actor=treasury.checker(), now=NOW)

    path.route_to(waits.pk, school.pk, actor=ledger.treasurer(), now=NOW)

    kept = Invoice.objects.get(pk=waits.pk)
    assert (kept.state, kept.unit) == ("NEW", school)


def test_a_rejected_invoice_stays_with_its_reason(invoice: Invoice) -> None:
    path.reject(invoice.pk, remark="pomyłka sprzedawcy", actor=ledger.accountant(), now=NOW)

    assert Invoice.objects.get(pk=invoice.pk).state == "REJECTED"
    with pytest.raises(path.NotYours):
        path.reject(invoice.pk, remark="znowu", actor=ledger.accountant(), now=NOW)


@pytest.mark.law("u.o.r. art. 20 ust. 2")
def test_an_approved_invoice_is_posted_with_settlement_and_link(invoice: Invoice) -> None:
    approved(invoice)
    posted = posting.post_invoice(invoice.pk, POSTING, actor=ledger.accountant(), now=NOW)

    voucher = Voucher.objects.get(pk=posted.voucher_id)
    assert (voucher.kind, voucher.external_number, voucher.total) == ("FZ", "FV 1/11/2026", 1230_00)
    assert voucher.document == voucher.origin == f"treasury.invoice:{invoice.pk}"
    lines = Line.objects.filter(voucher=voucher).order_by("position")
    assert [(one.account.number, one.debit, one.credit, str(one.classification)) for one in lines] == [
        ("402", 1000_00, 0, "750.75020.4300"),
        ("401", 230_00, 0, "750.75020.4210"),
        ("201", 0, 1000_00, "750.75020.4300"),
        ("201", 0, 230_00, "750.75020.4210"),
    ]
    debt = Settlement.objects.get()
    assert (debt.side, debt.due_on, debt.counterparty.nip) == ("PAYABLE", date(2026, 12, 7), "5260250274")
    assert debt.sum.credit == 1230_00


REFUSED = [
    ("rows do not add up", posting.DoesNotAddUp, replace(POSTING, rows=POSTING.rows[:1])),
    ("no such account", posting.UnknownInRow, replace(POSTING, rows=[Row("999999", "", 1230_00)])),
    ("no such position", posting.UnknownInRow, replace(POSTING, rows=[Row("402", "1.2.3", 1230_00)])),
    ("the books refuse", DimensionIsMissing, replace(POSTING, rows=[Row("130-2", "", 1230_00)])),
]


@pytest.mark.parametrize(("why", "refusal", "said"), REFUSED, ids=[why for why, *_ in REFUSED])
def test_a_refused_posting_changes_nothing(
    invoice: Invoice, why: str, refusal: type[Exception], said: posting.Posting
) -> None:
    approved(invoice)
    with pytest.raises(refusal):
        posting.post_invoice(invoice.pk, said, actor=ledger.accountant(), now=NOW)

    assert Invoice.objects.get(pk=invoice.pk).state == "APPROVED"
    assert not Voucher.objects.exists()
    assert not Settlement.objects.exists()


def test_nothing_is_posted_before_it_is_approved_or_twice(invoice: Invoice) -> None:
    with pytest.raises(path.NotYours):
        posting.post_invoice(invoice.pk, POSTING, actor=ledger.accountant(), now=NOW)
    approved(invoice)
    posting.post_invoice(invoice.pk, POSTING, actor=ledger.accountant(), now=NOW)
    with pytest.raises(path.NotYours):
        posting.post_invoice(invoice.pk, POSTING, actor=ledger.accountant(), now=NOW)

    assert Voucher.objects.count() == 1


def test_the_next_invoice_of_the_supplier_is_proposed_as_the_last_one(invoice: Invoice) -> None:
    approved(invoice)
    posting.post_invoice(invoice.pk, POSTING, actor=ledger.accountant(), now=NOW)
    content = treasury.invoice_xml("FV 9/2026", net=2000_00)
    other = treasury.received(content, ksef_number="5260250274-20261120-0A1B2C3D4E5F-00")

    proposal = proposal_of(Invoice.objects.select_related("unit__book", "blob").get(pk=other.pk))

    assert proposal.learned_from == 1
    assert proposal.rows == [Row("402", "750.75020.4300", 2000_00), Row("401", "750.75020.4210", 460_00)]


def test_a_correction_is_posted_with_negative_entries() -> None:
    office.make_office()
    unit = treasury.make_unit()
    said = path.ByHand(
        source="PAPER", unit_id=unit.pk, number="KOR 1", kind="KOR", issued_on=date(2026, 11, 16),
        due_on=date(2026, 12, 7), seller_nip="5260250274", seller_name="Drukarnia",
        rates={"23": (-100_00, -23_00)},
    )  # fmt: skip
    entered = path.enter_by_hand(said, None, actor=ledger.accountant(), now=NOW)
    approved(entered)
    rows = [Row("402", "750.75020.4300", -123_00)]
    posting.post_invoice(entered.pk, replace(POSTING, rows=rows), actor=ledger.accountant(), now=NOW)

    assert Voucher.objects.get().total == -123_00
    with pytest.raises(path.IsThere):
        path.enter_by_hand(said, None, actor=ledger.accountant(), now=NOW)


def test_an_inspector_sees_and_decides_nothing(invoice: Invoice) -> None:
    account = office.make_staff("s.proba", "Sylwia Próba", unit="AW", rights=[Right.INSPECT])
    inspector = actor_for(account, today=treasury.TODAY)

    assert access.visible_invoices(inspector).count() == 1
    assert not access.decides(inspector, invoice)
    assert access.visible_invoices(actor_for(office.jan(), today=treasury.TODAY)).count() == 0


def test_what_waits_stands_on_the_first_page_of_whoever_decides_and_of_his_deputy(invoice: Invoice) -> None:
    people = (treasury.checker(), ledger.accountant(), ledger.chief())
    told = []
    for step in (
        to_check,
        *[lambda _, by=by: path.accept(invoice.pk, remark="", actor=by, now=NOW) for by in people],
    ):
        told.append([len(waiting_for(person)) for person in people])
        step(invoice)
    assert told == [[0, 0, 0], [1, 0, 0], [0, 1, 1], [0, 0, 1]]  # the chief keeps books too
    assert [waiting_for(person) for person in people] == [[], [], []]
