"""Invoices on the screen: lists, one invoice, decisions; what was typed stays, strangers learn nothing."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from starostwo.ledger import testing as ledger
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.site.demo.ksef_peer import KsefPeer
from starostwo.treasury import testing as treasury
from starostwo.treasury.models import Invoice, InvoiceStep
from starostwo.treasury.services import invoice_path as path
from tests.treasury.fa3_made import made

pytestmark = pytest.mark.django_db


def client_of(login: str) -> Client:
    return office.client_of(Account.objects.get(login=login))


@pytest.fixture
def invoice(settings: Settings) -> Invoice:
    settings.KSEF_URL = ""
    office.make_office()
    treasury.make_unit()
    ledger.accountant()
    ledger.chief()
    treasury.checker()
    office.jan()
    return treasury.received()


def test_the_list_shows_what_the_person_sees(
    invoice: Invoice, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("k.saldo")
    client.get("/urzad/faktury/")
    with django_assert_num_queries(8):
        page = client.get("/urzad/faktury/").content.decode()

    assert "FV 1/11/2026" in page
    assert "1\u00a0230,00\u00a0zł" in page
    assert "FV 1/11/2026" in client.get("/urzad/faktury/?stan=NEW&q=bzura").content.decode()
    assert "FV 1/11/2026" not in client.get("/urzad/faktury/?stan=POSTED").content.decode()
    assert client.get("/urzad/faktury/?stan=INNY").status_code == 404
    assert client.get("/urzad/faktury/?cursor=x").status_code == 404


def test_one_invoice_shows_every_field_of_ksef(invoice: Invoice) -> None:
    full = treasury.received(made("VAT", full=True), ksef_number="5260250274-20261103-0A1B2C3D4E5F-01")
    page = client_of("w.skarb" if Account.objects.filter(login="w.skarb").exists() else "k.saldo").get(
        f"/urzad/faktury/{full.pk}/"
    )
    text = page.content.decode()

    assert "Cała faktura" in text
    assert "Numer klienta dla przypadków" in text
    assert "Jednostka samorządu terytorialnego" in text or "Rola podmiotu" in text


def test_strangers_get_the_same_404(invoice: Invoice) -> None:
    stranger = client_of("j.kos")
    for address in ("", "oryginal/", "dekretacja/"):
        assert stranger.get(f"/urzad/faktury/{invoice.pk}/{address}").status_code == 404
        assert stranger.get(f"/urzad/faktury/999999/{address}").status_code == 404
    for verb in ("jednostka", "kontrola", "akceptacja", "zwrot", "odrzucenie"):
        said = {"decyzja-remark": "x", "odrzucenie-remark": "x", "jednostka-unit": invoice.unit_id or ""}
        assert stranger.post(f"/urzad/faktury/{invoice.pk}/{verb}/", said).status_code == 404
    assert stranger.get("/urzad/faktury/ksef/").status_code == 404
    assert stranger.get("/urzad/faktury/nowa/").status_code == 404
    assert Client().get(f"/urzad/faktury/{invoice.pk}/").status_code == 302


def test_the_whole_path_on_the_screen(invoice: Invoice) -> None:
    keeper, chief, checker = client_of("k.saldo"), client_of("h.bilans"), client_of("a.nowak")
    base = f"/urzad/faktury/{invoice.pk}/"
    anna = Account.objects.get(login="a.nowak").pk
    assert keeper.post(f"{base}kontrola/", {"kontrola-checker": anna}).status_code == 302
    assert "FV 1/11/2026" in checker.get("/urzad/faktury/?stan=moje").content.decode()
    assert "dostarczono to, co zamówiono" in checker.get(base).content.decode()
    for client in (checker, keeper, chief):
        assert client.post(f"{base}akceptacja/", {"decyzja-remark": ""}).status_code == 302
    rows = {"account_1": "402", "position_1": "750.75020.4300", "amount_1": "1 230,00"}
    said = {"text": "Druk", "operation_on": "16.11.2026", "due_on": "07.12.2026", "contract": "", **rows}
    assert keeper.post(f"{base}dekretacja/", said | {"co": "zaksieguj"}).status_code == 302

    page = keeper.get(base).content.decode()
    assert "FZ nr 1" in page
    assert Invoice.objects.get(pk=invoice.pk).state == "POSTED"


def test_a_refusal_keeps_what_was_typed(invoice: Invoice) -> None:
    keeper = client_of("k.saldo")
    base = f"/urzad/faktury/{invoice.pk}/"
    said = {
        "text": "Druk kart", "operation_on": "16.11.2026", "due_on": "nie wiem", "contract": "",
        "account_1": "402", "position_1": "750.75020.4300", "amount_1": "tysiąc", "co": "zaksieguj",
    }  # fmt: skip
    page = keeper.post(f"{base}dekretacja/", said).content.decode()
    assert "tysiąc" in page
    assert "podaj kwotę" in page
    assert "tysiąc" in keeper.get(f"{base}dekretacja/").content.decode()

    good = said | {"due_on": "07.12.2026", "amount_1": "1230,00"}
    assert (
        "zatwierdzoną przez głównego księgowego" in keeper.post(f"{base}dekretacja/", good).content.decode()
    )

    refused = keeper.post(f"{base}odrzucenie/", {"odrzucenie-remark": " "}).content.decode()
    assert "Napisz powód." in refused
    assert InvoiceStep.objects.filter(invoice=invoice).count() == 1


def test_an_invoice_on_paper_is_entered_with_its_scan(invoice: Invoice) -> None:
    keeper = client_of("k.saldo")
    said = {
        "source": "PAPER", "unit": invoice.unit_id, "kind": "VAT", "number": "12/2026",
        "seller_nip": "526-025-02-74", "seller_name": "Piekarnia", "issued_on": "12.11.2026",
        "due_on": "26.11.2026", "rate": "8", "net": "100,00", "vat": "8,00",
    }  # fmt: skip
    assert (
        "dziesięć cyfr" in keeper.post("/urzad/faktury/nowa/", said | {"seller_nip": "12"}).content.decode()
    )
    scan = SimpleUploadedFile("skan.pdf", b"%PDF-1.7\n%%EOF", content_type="application/pdf")
    assert keeper.post("/urzad/faktury/nowa/", said | {"scan": scan}).status_code == 302

    made_one = Invoice.objects.get(number="12/2026")
    assert (made_one.gross, made_one.seller_nip, made_one.due_on) == (
        108_00,
        "5260250274",
        date(2026, 11, 26),
    )
    assert keeper.get(f"/urzad/faktury/{made_one.pk}/oryginal/").status_code == 200
    again = keeper.post("/urzad/faktury/nowa/", said).content.decode()
    assert "już na liście" in again
    assert "Piekarnia" in again


def test_ksef_is_read_from_the_screen(invoice: Invoice, peer: KsefPeer) -> None:
    peer.deposit(treasury.invoice_xml("FV 77"))
    keeper = client_of("k.saldo")
    keeper.post("/urzad/faktury/ksef/pobranie/")
    assert Invoice.objects.filter(number="FV 77").exists()
    peer.faults.down = 1
    page = keeper.post("/urzad/faktury/ksef/pobranie/", follow=True).content.decode()
    assert "503" in page
    assert "Ostatni błąd" in page


def test_without_ksef_nothing_is_called(invoice: Invoice) -> None:
    page = client_of("k.saldo").post("/urzad/faktury/ksef/pobranie/", follow=True).content.decode()
    assert "nie jest połączona" in page


def test_whoever_formally_checked_is_told_that_another_approves(invoice: Invoice) -> None:
    path.send(
        invoice.pk, treasury.checker().account_id, remark="", actor=ledger.accountant(), now=treasury.NOW
    )
    path.accept(invoice.pk, remark="", actor=treasury.checker(), now=treasury.NOW)
    path.accept(invoice.pk, remark="", actor=ledger.chief(), now=treasury.NOW)
    page = client_of("h.bilans").post(
        f"/urzad/faktury/{invoice.pk}/akceptacja/", {"decyzja-remark": "dobrze"}
    ).content.decode()  # fmt: skip

    assert "Zatwierdza ją inna osoba" in page
    assert "dobrze" in page
