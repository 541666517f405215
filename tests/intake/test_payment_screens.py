"""The resident's pages of payments, the gateway over the wire with its faults, the transfer with its code."""

import io
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import pytest
import zxingcpp
from django.conf import LazySettings
from django.test import Client
from django.utils.timezone import now
from PIL import Image, ImageDraw

from starostwo.intake.gateway import SignedGateway
from starostwo.intake.models import Attempt, BankAccount, Due, Payment
from starostwo.intake.rules.gateway_messages import Report, report_bytes, sign
from starostwo.intake.rules.payment_states import Said
from starostwo.intake.services.gateway_tries import ask_about_open
from starostwo.intake.testing import make_due, open_the_cash_box
from starostwo.office import testing as office
from starostwo.screens import testing
from tests.intake.gateway_peer import KEY, opened, press, running_gateway
from tests.intake.paying import stands, transferred

NOTICE = "/platnosci/powiadomienia/"


@pytest.fixture
def piotr(db: None, settings: LazySettings) -> Client:
    settings.PAYMENT_GATEWAY_KEY = KEY
    open_the_cash_box()
    return office.client_of(office.piotr())


@pytest.fixture
def due(piotr: Client) -> Due:
    return make_due(office.piotr(), now=now())


def at(due: Due, rest: str = "") -> str:
    return f"/eboi/oplaty/{due.pk}/{rest}"


def told(attempt: Attempt, *, said: Said = Said.PAID, key: str = KEY, amount: int = 10000) -> Any:
    body = report_bytes(Report(attempt.pk, said, amount, "PLN", "T-1"))
    return Client().post(
        NOTICE, body, content_type="application/json", headers={"X-Signature": sign(body, key)}
    )


# Pages


def test_a_due_says_what_for_how_much_by_which_act_and_each_way_to_pay(piotr: Client, due: Due) -> None:
    page = piotr.get(at(due)).content.decode()

    for words in ("100,00", "Zapłać teraz: testowy operator płatności", "Zapłać przelewem", "Zapłać później",
                  "prawo jazdy", "z pamięci"):  # fmt: skip
        assert words in page
    assert at(due) in piotr.get("/eboi/oplaty/").content.decode()


def test_without_a_gateway_one_pays_by_transfer(piotr: Client, due: Due, settings: LazySettings) -> None:
    settings.PAYMENT_GATEWAY = ""

    page = piotr.get(at(due)).content.decode()

    assert "Zapłać teraz" not in page
    assert "Zapłać przelewem" in page
    assert piotr.post(at(due, "operator/")).status_code == 404
    assert Client().post(NOTICE, b"{}", content_type="application/json").status_code == 404


def test_the_transfer_has_account_title_and_a_code_that_a_phone_reads(piotr: Client, due: Due) -> None:
    page = piotr.get(at(due, "przelew/")).content.decode()
    for words in ("Powiat Zgierski", "61 1090 1014 0000 0712 1981 2874", "100,00", due.reference[:2]):
        assert words in page
    assert f'src="{at(due, "przelew.svg")}"' in page

    drawn = piotr.get(at(due, "przelew.svg"))

    assert drawn["Content-Type"] == "image/svg+xml"
    read = zxingcpp.read_barcode(picture(drawn.content.decode()))
    assert read is not None
    parts = read.text.split("|")
    assert parts[1:5] == ["PL", "61109010140000071219812874", "010000", "Powiat Zgierski"]
    assert parts[5].replace(" ", "").startswith(due.reference)


def picture(svg: str) -> Image.Image:
    """The squares of the SVG as a picture."""
    size = int(svg.split('width="', 1)[1].split('"', 1)[0])
    drawn = Image.new("L", (size * 4, size * 4), 255)
    pen = ImageDraw.Draw(drawn)
    for square in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", svg):
        x, y, width, height = (int(part) * 4 for part in square)
        pen.rectangle((x, y, x + width - 1, y + height - 1), fill=0)
    return drawn


def test_the_transfer_is_printed(piotr: Client, due: Due) -> None:
    answer = piotr.get(at(due, "przelew.pdf"))

    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1


def test_where_the_office_named_no_account_nothing_leads_nowhere(piotr: Client) -> None:
    stamp = make_due(office.piotr(), card="samodzielnosc-lokalu", now=now())
    BankAccount.objects.filter(kind="STAMP").update(valid_to=now().date())

    page = piotr.get(at(stamp, "przelew/")).content.decode()

    assert "nie podał jeszcze numeru rachunku" in page
    assert piotr.get(at(stamp, "przelew.svg")).status_code == 404
    assert piotr.get(at(stamp, "przelew.pdf")).status_code == 404
    assert "Zapłać teraz" not in piotr.get(at(stamp)).content.decode()


def test_a_declared_transfer_is_said_and_changes_no_sum(piotr: Client, due: Due) -> None:
    page = piotr.post(at(due, "zgloszenie/"), follow=True).content.decode()

    assert "Przelew zgłoszono" in page
    assert stands(due) == ("DUE", 0, 0)


def test_strangers_find_nothing(piotr: Client, due: Due) -> None:
    maria = office.client_of(office.maria())
    for rest in ("", "przelew/", "przelew.svg", "przelew.pdf"):
        assert maria.get(at(due, rest)).status_code == 404
    for rest in ("operator/", "sprawdzenie/", "przerwanie/", "zgloszenie/"):
        assert maria.post(at(due, rest)).status_code == 404
        assert Client().post(at(due, rest)).status_code == 302
    assert stands(due) == ("DUE", 0, 0)


def test_the_list_is_read_with_a_fixed_number_of_queries(
    piotr: Client, due: Due, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(5):
        make_due(office.piotr(), now=now())
    piotr.get("/eboi/oplaty/")

    with django_assert_num_queries(5):
        piotr.get("/eboi/oplaty/")


# The gateway over the wire


@pytest.fixture
def site(committed_database: str, settings: LazySettings) -> Iterator[str]:
    with testing.serving() as address, running_gateway(address) as (gateway, _):
        settings.PUBLIC_URL = address
        settings.PAYMENT_GATEWAY_URL = gateway
        settings.PAYMENT_GATEWAY_KEY = KEY
        open_the_cash_box()
        yield address


@pytest.fixture
def wired(site: str) -> tuple[Client, Due]:
    return office.client_of(office.piotr()), make_due(office.piotr(), now=now())


def away(client: Client, due: Due) -> str:
    answer = client.post(at(due, "operator/"))
    assert answer.status_code == 302
    return str(answer["Location"])


def back(client: Client, address: str) -> str:
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}", follow=True).content.decode()


def soon(due: Due, state: str) -> None:
    ends = time.monotonic() + 10
    while stands(due)[0] != state:
        assert time.monotonic() < ends, stands(due)
        time.sleep(0.05)


@pytest.mark.parametrize("fault", ["", "twice", "silent", "mute", "late", "signature", "amount"])
def test_whatever_the_gateway_does_wrong_what_was_paid_is_paid_once(
    wired: tuple[Client, Due], fault: str
) -> None:
    client, due = wired

    way_back = press(away(client, due), "PAID", fault)
    page = back(client, way_back)
    if fault == "late":
        assert "nie potwierdził jeszcze" in page
    soon(due, "PAID")

    assert stands(due) == ("PAID", 10000, 0)
    assert Payment.objects.count() == 1
    assert "Zapłacono" in client.get(at(due)).content.decode()
    assert back(client, way_back)
    assert Payment.objects.count() == 1, "the way back opened again"


def test_a_cancelled_payment_leads_back_with_every_way_on(wired: tuple[Client, Due]) -> None:
    client, due = wired

    page = back(client, press(away(client, due), "CANCELLED"))

    assert "Płatność przerwano i nic nie pobrano" in page
    for words in ("Zapłać teraz", "Zapłać przelewem", "Zapłać później"):
        assert words in page
    assert "się nie powiodła" in back(client, press(away(client, due), "FAILED"))
    back(client, press(away(client, due), "PAID"))
    soon(due, "PAID")


def test_the_session_may_be_over_when_the_resident_comes_back(wired: tuple[Client, Due]) -> None:
    client, due = wired
    parts = urlsplit(press(away(client, due), "PAID", "silent"))

    answer = Client().get(f"{parts.path}?{parts.query}")

    assert answer["Location"] == at(due)
    assert stands(due) == ("PAID", 10000, 0)


def test_two_tabs_pay_once(wired: tuple[Client, Due]) -> None:
    client, due = wired
    first, second = away(client, due), away(client, due)
    press(first, "PAID")

    assert "już zakończona" in opened(second)[1]
    soon(due, "PAID")
    assert "Nie ma tu już nic do zapłaty" in client.post(at(due, "operator/"), follow=True).content.decode()


def test_paid_although_the_resident_had_gone_back_and_paid_again(wired: tuple[Client, Due]) -> None:
    client, due = wired
    first = away(client, due)
    assert "Przerwano płatność" in client.post(at(due, "przerwanie/"), follow=True).content.decode()
    press(away(client, due), "PAID")
    soon(due, "PAID")

    press(first, "PAID")

    soon(due, "TO_GIVE_BACK")
    assert "Urząd zwróci Ci" in client.get(at(due)).content.decode()


def test_the_office_asks_about_what_it_never_heard_of(wired: tuple[Client, Due]) -> None:
    client, due = wired
    press(away(client, due), "PAID", "mute")
    gateway = SignedGateway()

    assert ask_about_open(gateway, now=now()) == 0, "too early to ask"
    assert ask_about_open(gateway, now=now() + timedelta(minutes=3)) == 1

    assert stands(due) == ("PAID", 10000, 0)


def test_a_resident_may_ask_himself(wired: tuple[Client, Due]) -> None:
    client, due = wired
    address = away(client, due)
    page = client.post(at(due, "sprawdzenie/"), follow=True).content.decode()
    assert "nie ma jeszcze odpowiedzi" in page
    press(address, "PAID", "mute")

    assert "Zapłacono" in client.post(at(due, "sprawdzenie/"), follow=True).content.decode()


def test_what_nobody_opened_at_the_gateway_waits_no_longer_after_hours(wired: tuple[Client, Due]) -> None:
    client, due = wired
    away(client, due)

    ask_about_open(SignedGateway(), now=now() + timedelta(hours=1))
    assert stands(due)[0] == "PENDING"
    ask_about_open(SignedGateway(), now=now() + timedelta(hours=3))

    assert stands(due)[0] == "DUE"


def test_an_order_that_the_office_did_not_sign_is_refused(wired: tuple[Client, Due]) -> None:
    client, due = wired

    assert opened(away(client, due).replace("podpis=", "podpis=0"))[0] == 403


# Notifications


def test_only_signed_reports_of_known_tries_are_heard(piotr: Client, due: Due) -> None:
    piotr.post(at(due, "operator/"))
    attempt = Attempt.objects.get()
    unknown = Attempt(due=due)

    assert told(attempt, key="inny").status_code == 403
    assert Client().post(NOTICE, b"x" * 9000, content_type="application/json").status_code == 403
    assert told(unknown).status_code == 404
    assert stands(due) == ("PENDING", 0, 0)
    assert told(attempt, amount=1).status_code == 409
    assert "Urząd to wyjaśnia" in piotr.get(at(due)).content.decode()
    assert [told(attempt).json()["outcome"] for _ in range(3)] == ["CHANGED", "REPEATED", "REPEATED"]
    assert stands(due) == ("PAID", 10000, 0)


def test_a_forged_way_back_changes_nothing_and_leads_on(piotr: Client, due: Due) -> None:
    piotr.post(at(due, "operator/"))
    attempt = Attempt.objects.get()

    for query in (f"proba={attempt.pk}&komunikat=e30&podpis=00", f"proba={attempt.pk}&komunikat=%C4%85"):
        answer = piotr.get(f"/platnosci/powrot/?{query}", follow=True)
        assert "Nie udało się odczytać odpowiedzi operatora" in answer.content.decode()
    for query in ("", "proba=x", "proba=11111111-2222-3333-4444-555555555555"):
        assert piotr.get(f"/platnosci/powrot/?{query}").status_code == 404
    assert stands(due)[0] == "PENDING"


def test_paid_by_transfer_the_page_says_so(piotr: Client, due: Due) -> None:
    transferred(due)

    assert "Zapłacono" in piotr.get(at(due)).content.decode()
    assert piotr.get(at(due, "przelew/"))["Location"] == at(due)
