"""Sales: numbers without gaps, valid FA(3), sent once whatever breaks, receipts and codes kept."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import DatabaseError, connection, transaction
from pytest_django.fixtures import Settings

from starostwo.files import api as files
from starostwo.ledger import testing as ledger
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.site.demo.ksef_peer import KsefPeer
from starostwo.treasury import testing as treasury
from starostwo.treasury.ksef_channel import KsefFault, conversation
from starostwo.treasury.models import SaleInvoice, SaleSeries
from starostwo.treasury.rules import fa3
from starostwo.treasury.rules.fa3_writing import Line
from starostwo.treasury.rules.ksef_offline import send_by
from starostwo.treasury.sale_paper import codes_of, sale_pdf
from starostwo.treasury.services import sales
from starostwo.treasury.services.ksef_sending import send_and_ask

pytestmark = pytest.mark.django_db
NOW, TODAY = treasury.NOW, treasury.TODAY
HALL = Line("Najem sali", Decimal(3), "godz.", 100_00, "23")


@pytest.fixture(autouse=True)
def seller(settings: Settings, tmp_path: Path) -> None:
    settings.KSEF_NIP, settings.KSEF_NAME = treasury.NIP, "Powiat Zgierski"
    settings.KSEF_ADDRESS = "ul. Sadowa 6a, 95-100 Zgierz"
    settings.KSEF_CERTIFICATE, settings.KSEF_KEY = str(tmp_path / "c.pem"), str(tmp_path / "c.key")
    office.make_office()


def give_certificate(settings: Settings) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TEST")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(0xABC123).not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=9))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    Path(settings.KSEF_CERTIFICATE).write_bytes(made.public_bytes(serialization.Encoding.PEM))
    Path(settings.KSEF_KEY).write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def issued(*, offline: bool = False, line: Line = HALL) -> SaleInvoice:
    said = sales.NewSale(
        unit_id=treasury.make_unit().pk, buyer=treasury.SUPPLIER, lines=[line], sold_on=TODAY,
        due_on=date(2026, 12, 7), offline=offline, account=treasury.ACCOUNT,
    )  # fmt: skip
    return sales.issue(said, actor=ledger.accountant(), today=TODAY, now=NOW)


def sent() -> int:
    with conversation() as ksef:
        return send_and_ask(ksef, now=datetime.now(UTC))


@pytest.mark.law("ustawa o VAT art. 106e ust. 1 pkt 2")
def test_numbers_follow_without_gaps_also_after_a_refusal() -> None:
    first = issued()
    with pytest.raises(sales.NotAValidSale):
        issued(line=Line("x" * 600, Decimal(1), "szt.", 1, "23"))
    second = issued()

    assert [first.number, second.number] == ["FS/URZAD/1/2026", "FS/URZAD/2/2026"]
    assert SaleSeries.objects.get().last == 2
    read, _ = fa3.read(sales.content_of(first))
    assert (read.seller.nip, read.gross, first.gross) == (treasury.NIP, 369_00, 369_00)


def test_only_the_accountants_of_the_unit_sell() -> None:
    said = sales.NewSale(unit_id=treasury.make_unit().pk, buyer=treasury.SUPPLIER, lines=[HALL])
    for actor in (treasury.checker(), ledger.treasurer(), ledger.chief()):
        if actor.login != "h.bilans":  # keeps the books too
            with pytest.raises(sales.MayNotSell):
                sales.issue(said, actor=actor, today=TODAY, now=NOW)
    assert not SaleInvoice.objects.exists()


@pytest.mark.law("ustawa o VAT art. 106j ust. 2")
def test_a_correction_is_another_invoice_and_the_next_one_starts_from_it() -> None:
    first = issued()
    two, one = (
        Line("Najem sali", Decimal(2), "godz.", 100_00, "23"),
        Line("Najem sali", Decimal(1), "godz.", 100_00, "23"),
    )
    keeper = ledger.accountant()
    with pytest.raises(sales.NothingChanges):
        sales.correct(first.pk, [HALL], reason="x", actor=keeper, today=TODAY, now=NOW)
    a = sales.correct(first.pk, [two], reason="zły czas", actor=keeper, today=TODAY, now=NOW)
    b = sales.correct(first.pk, [one], reason="znowu", actor=keeper, today=TODAY, now=NOW)

    assert [a.number, b.number] == ["FK/URZAD/1/2026", "FK/URZAD/2/2026"]
    assert (a.gross, b.gross) == (-123_00, -123_00)
    assert fa3.read(sales.content_of(b))[0].corrects == (first.number,)
    assert SaleInvoice.objects.get(pk=first.pk).gross == 369_00


@pytest.mark.parametrize(
    "sql", ["UPDATE treasury_saleinvoice SET gross = 1", "DELETE FROM treasury_saleinvoice",
            "UPDATE treasury_saleseries SET last = 0", "UPDATE treasury_saleseries SET last = 9",
            "UPDATE treasury_saleinvoice SET state = 'ACCEPTED'"],
)  # fmt: skip
def test_the_database_keeps_what_was_issued(sql: str) -> None:
    issued()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_sale_is_sent_and_its_number_and_receipt_are_kept(peer: KsefPeer) -> None:
    sale = issued()
    assert sent() == 1

    kept = SaleInvoice.objects.get(pk=sale.pk)
    assert (kept.state, kept.fault) == ("ACCEPTED", "")
    assert peer.kept[kept.ksef_number or ""].xml == sales.content_of(kept)
    assert kept.upo is not None
    with files.open_blob(kept.upo.sha256) as file:
        assert (kept.ksef_number or "x").encode() in file.read()
    assert sent() == 0


@pytest.mark.parametrize("fault", ["silent_close", "silent_send"])
def test_a_time_out_leads_to_one_invoice_not_two(peer: KsefPeer, fault: str) -> None:
    issued()
    setattr(peer.faults, fault, 3.0)
    if fault == "silent_close":
        assert sent() == 1
    else:
        with pytest.raises(KsefFault):
            sent()
        assert "brak odpowiedzi" in SaleInvoice.objects.get().fault
        taken = next(iter(peer.sessions.values()))
        peer._judge(taken, next(iter(taken.taken.values())))
        assert sent() == 1

    assert len(peer.kept) == 1
    assert SaleInvoice.objects.get().ksef_number in peer.kept


def test_a_number_that_somebody_used_in_ksef_is_a_refusal_not_ours(peer: KsefPeer) -> None:
    other = treasury.invoice_xml("FS/URZAD/1/2026", seller=treasury.COUNTY, buyer=treasury.SUPPLIER)
    peer.deposit(other)
    issued()
    assert sent() == 1

    kept = SaleInvoice.objects.get()
    assert (kept.state, kept.ksef_number) == ("REFUSED", None)


def test_a_slow_ksef_is_asked_again(peer: KsefPeer) -> None:
    peer.faults.slow = 2
    issued()
    assert [sent(), sent(), sent()] == [0, 0, 1]


def test_what_ksef_refuses_is_told(peer: KsefPeer, settings: Settings) -> None:
    sale = issued()
    settings.KSEF_NIP = "5260250274"
    assert sent() == 1
    kept = SaleInvoice.objects.get(pk=sale.pk)
    assert kept.state == "REFUSED"
    assert "uprawnień" in kept.fault


@pytest.mark.law("ustawa o VAT art. 106nda ust. 1")
@pytest.mark.parametrize(
    ("issued_on", "last", "why"),
    [
        (date(2026, 11, 23), date(2026, 11, 24), "the next day"),
        (date(2026, 11, 20), date(2026, 11, 23), "Friday: Monday"),
        (date(2026, 11, 10), date(2026, 11, 12), "the day after is the 11th of November"),
    ],
)
def test_offline_is_sent_by_the_next_working_day(issued_on: date, last: date, why: str) -> None:
    assert send_by(issued_on) == last, why


@pytest.mark.law("ustawa o VAT art. 106gb ust. 5")
def test_codes_on_paper(peer: KsefPeer, settings: Settings) -> None:
    with pytest.raises(sales.NoOffline):
        issued(offline=True)
    give_certificate(settings)
    sale = issued(offline=True)

    (label, first), (second_label, second) = codes_of(sale, treasury.NIP)
    assert (label, second_label) == ("OFFLINE", "CERTYFIKAT")
    assert first.startswith(f"https://qr-test.ksef.mf.gov.pl/invoice/{treasury.NIP}/23-11-2026/")
    assert second.startswith(
        f"https://qr-test.ksef.mf.gov.pl/certificate/Nip/{treasury.NIP}/{treasury.NIP}/ABC123/"
    )
    assert sale_pdf(sale, at=NOW).startswith(b"%PDF")

    assert sent() == 1
    kept = SaleInvoice.objects.get(pk=sale.pk)
    assert [label for label, _ in codes_of(kept, treasury.NIP)] == [kept.ksef_number]


def test_a_sale_on_the_screen(peer: KsefPeer) -> None:
    unit = treasury.make_unit()
    ledger.accountant()
    client = office.client_of(Account.objects.get(login="k.saldo"))
    said = {
        "unit": unit.pk, "buyer_nip": "526-025-02-74", "buyer_name": "Drukarnia",
        "buyer_address": "ul. Długa 1",
        "name_1": "Najem sali", "quantity_1": "2,5", "unit_1": "godz.", "price_1": "sto", "rate_1": "zw",
        "due_on": "07.12.2026",
    }  # fmt: skip
    page = client.post("/urzad/faktury/sprzedaz/nowa/", said).content.decode()
    assert "podaj cenę" in page
    assert 'value="sto"' in page
    page = client.post("/urzad/faktury/sprzedaz/nowa/", said | {"price_1": "100"}).content.decode()
    assert "Podaj podstawę zwolnienia" in page
    made = client.post("/urzad/faktury/sprzedaz/nowa/", said | {"price_1": "100", "rate_1": "23"})
    assert made.status_code == 302

    sale = SaleInvoice.objects.get()
    base = f"/urzad/faktury/sprzedaz/{sale.pk}/"
    assert sale.number in client.get("/urzad/faktury/sprzedaz/").content.decode()
    assert client.get(f"{base}pdf/").content.startswith(b"%PDF")
    assert client.get(f"{base}upo/").status_code == 404
    sent()
    assert client.get(f"{base}upo/").status_code == 200
    assert "Przyjęta w KSeF" in client.get(base).content.decode()
    assert "niczego nie zmienia" in client.post(
        f"{base}korekta/", {"reason": "x", "name_1": "Najem sali", "quantity_1": "2,5", "unit_1": "godz.",
                            "price_1": "100", "rate_1": "23"}
    ).content.decode()  # fmt: skip
    office.jan()
    stranger = office.client_of(Account.objects.get(login="j.kos"))
    for address in ("", "pdf/", "xml/", "upo/", "korekta/"):
        assert stranger.get(base + address).status_code == 404
