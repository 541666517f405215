"""The inbox of KSeF: over HTTP, one puller, nothing twice, nothing lost, every fault told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django.fixtures import Settings

from starostwo.files import api as files
from starostwo.signatures import testing as signatures
from starostwo.site.demo.ksef_peer import KsefPeer
from starostwo.site.demo.ksef_suppliers import deposit_few
from starostwo.treasury import testing as treasury
from starostwo.treasury.ksef_channel import KsefBusy, KsefFault, KsefRefusal, conversation
from starostwo.treasury.models import Invoice, InvoiceStep, KsefPosition
from starostwo.treasury.services.ksef_inbox import Pulled, pull, take_in

pytestmark = pytest.mark.django_db


def pulled(at_once: int = 60) -> Pulled | None:
    with conversation() as ksef:
        return pull(ksef, nip=treasury.NIP, now=datetime.now(UTC), at_once=at_once)


def test_invoices_come_with_their_originals_and_go_to_their_units(peer: KsefPeer) -> None:
    office = treasury.make_unit()
    school = treasury.make_unit("ZS1", idwew=treasury.SCHOOL)
    numbers = {peer.deposit(treasury.invoice_xml()): office, peer.deposit(treasury.for_school()): school}

    assert pulled() == Pulled(2, is_complete=True)

    for number, unit in numbers.items():
        kept = Invoice.objects.get(ksef_number=number)
        assert (kept.unit, kept.state) == (unit, "NEW")
        with files.open_blob(kept.sha256) as original:
            assert original.read() == peer.kept[number].xml
    assert list(InvoiceStep.objects.values_list("what", flat=True)) == ["ARRIVED", "ARRIVED"]


def test_a_second_round_brings_nothing_twice_and_goes_on_from_the_kept_position(peer: KsefPeer) -> None:
    treasury.make_unit()
    peer.deposit(treasury.invoice_xml("FV 1"))
    pulled()
    reached = KsefPosition.objects.get(nip=treasury.NIP).reached_at
    peer.deposit(treasury.invoice_xml("FV 2"))

    assert pulled() == Pulled(1, is_complete=True)
    assert Invoice.objects.count() == 2
    assert KsefPosition.objects.get(nip=treasury.NIP).reached_at > reached


def test_after_the_limit_of_a_round_the_position_stays_before_what_is_missing(peer: KsefPeer) -> None:
    treasury.make_unit()
    start = datetime.now(UTC) - timedelta(hours=2)
    for number in range(5):
        peer.deposit(treasury.invoice_xml(f"FV {number}"), at=start + timedelta(minutes=number))

    assert pulled(at_once=2) == Pulled(2, is_complete=False)
    assert KsefPosition.objects.get(nip=treasury.NIP).reached_at == start + timedelta(minutes=1)
    assert pulled(at_once=2) == Pulled(2, is_complete=False)
    assert pulled(at_once=2) == Pulled(1, is_complete=True)


def test_the_limits_of_ksef_are_kept_and_told(peer: KsefPeer) -> None:
    treasury.make_unit()
    peer.limits["invoice"] = 1
    peer.deposit(treasury.invoice_xml("FV 1"))
    peer.deposit(treasury.invoice_xml("FV 2"))

    with pytest.raises(KsefBusy):
        pulled()
    kept = KsefPosition.objects.get(nip=treasury.NIP)
    assert "poczekać" in kept.fault
    assert kept.waits_until is not None
    assert kept.waits_until > datetime.now(UTC)
    assert Invoice.objects.count() == 1
    assert pulled() == Pulled(0, is_complete=False)  # asks nothing before that


def test_a_server_that_is_down_is_told_and_asked_again(peer: KsefPeer) -> None:
    treasury.make_unit()
    peer.deposit(treasury.invoice_xml())
    peer.faults.down = 1

    with pytest.raises(KsefFault):
        pulled()
    assert pulled() == Pulled(1, is_complete=True)
    assert KsefPosition.objects.get(nip=treasury.NIP).fault == ""


def test_an_access_token_that_ran_out_is_renewed_in_the_middle(peer: KsefPeer) -> None:
    treasury.make_unit()
    peer.deposit(treasury.invoice_xml())
    peer.faults.expired = 1

    assert pulled() == Pulled(1, is_complete=True)


def test_the_demonstration_finds_invoices_in_its_ksef(peer: KsefPeer) -> None:
    treasury.make_unit()
    numbers = deposit_few(peer, treasury.COUNTY, at=datetime.now(UTC) - timedelta(minutes=1))

    assert pulled() == Pulled(3, is_complete=True)
    assert set(Invoice.objects.values_list("ksef_number", flat=True)) == set(numbers)


def test_a_wrong_token_is_a_refusal(peer: KsefPeer, settings: Settings) -> None:
    settings.KSEF_TOKEN = "inny"
    with pytest.raises(KsefRefusal):
        pulled()


def test_log_in_by_the_seal_of_the_office(peer: KsefPeer, settings: Settings) -> None:
    signatures.build_keys()
    settings.KSEF_TOKEN = ""
    treasury.make_unit()
    peer.deposit(treasury.invoice_xml())

    assert pulled() == Pulled(1, is_complete=True)


def test_two_pullers_of_one_taxpayer_never_work_at_once(peer: KsefPeer) -> None:
    treasury.make_unit()
    peer.deposit(treasury.invoice_xml())
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"treasury.ksef:{treasury.NIP}"])
    try:
        assert pulled() is None
    finally:
        other.close()
    assert pulled() == Pulled(1, is_complete=True)


def test_the_same_number_or_the_same_content_is_taken_once() -> None:
    treasury.make_unit()
    content = treasury.invoice_xml()
    first = take_in(content, ksef_number="5260250274-20261116-0A1B2C3D4E5F-77", now=treasury.NOW)

    assert first is not None
    assert take_in(content, ksef_number="5260250274-20261116-0A1B2C3D4E5F-77", now=treasury.NOW) is None
    assert take_in(content, ksef_number="5260250274-20261116-FFFFFFFFFFFF-00", now=treasury.NOW) is None
    assert Invoice.objects.count() == 1


def test_what_cannot_be_read_is_kept_and_waits_for_a_person() -> None:
    treasury.make_unit()
    broken = take_in(b"<Faktura/>", ksef_number="5260250274-20261116-0A1B2C3D4E5F-77", now=treasury.NOW)

    assert broken is not None
    assert (broken.state, broken.unit) == ("BROKEN", None)
    assert "FA(3)" in broken.problem
    with files.open_blob(broken.sha256) as original:
        assert original.read() == b"<Faktura/>"


def test_the_same_invoice_under_another_ksef_number_waits_for_a_person() -> None:
    treasury.make_unit()
    treasury.received()
    again = treasury.received(
        treasury.invoice_xml(net=900_00), ksef_number="5260250274-20261117-0A1B2C3D4E5F-00"
    )

    assert again.state == "BROKEN"
    assert "już jest na liście" in again.problem


@pytest.mark.law("u.o.r. art. 20 ust. 5")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE treasury_invoice SET gross = 1",
        "UPDATE treasury_invoice SET number = 'x'",
        "UPDATE treasury_invoice SET sha256 = ''",
        "DELETE FROM treasury_invoice",
        "UPDATE treasury_invoice SET state = 'POSTED'",
        "UPDATE treasury_invoicestep SET remark = 'x'",
        "DELETE FROM treasury_invoicestep",
    ],
)
def test_the_database_keeps_what_an_invoice_says_and_its_history(sql: str) -> None:
    treasury.make_unit()
    treasury.received()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
