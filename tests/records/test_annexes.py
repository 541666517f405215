"""The fields of annexes A-D: entered on the screens of the office, read back from its pages and registers.

What is not kept yet stands in docs/law-required.csv.
"""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from lxml import html
from openpyxl import load_workbook

from starostwo.office import testing as office
from starostwo.records.models import Letter
from starostwo.records.rules.metadata import AccessLevel, Sender
from starostwo.records.services.dispatch import dispatch_document
from starostwo.records.services.notes import write_note
from starostwo.records.testing import TODAY, at, make_assigned, make_case
from starostwo.screens.templatetags.screens import day
from tests.records.document_makers import make_sent, make_signed

pytestmark = pytest.mark.django_db
ANNEX = "rozp. MSWiA 30.10.2006 zał."
OF_A_LETTER = "1a 1b 2a 2b 2c 2d 2e 2f 2g 2h 3 4 5 6 7 8 9 10 11 12 13 14 15 16".split()
SENT = localdate() - timedelta(days=2)
PAPER = {
    "sender": "Wrona Piotr", "sender_kind": "PERSON", "street": "ul. Leśna", "building": "12", "flat": "4",
    "postcode": "95-100", "town": "Zgierz", "email": "piotr@example.pl", "title": "Wniosek o wypis",
    "kind": "wniosek", "channel": "PAPER", "received_on": f"{localdate():%d.%m.%Y}", "unit": "GN",
    "letter_date": "2026-03", "sender_reference": "XI/5", "attachments": "3", "key": "a",
}  # fmt: skip
COMPLETED = PAPER | {
    "po_box": "77", "country": "DE", "sent_on": f"{SENT:%d.%m.%Y}", "access": AccessLevel.PUBLIC.value,
    "format": "image/tiff", "dcmi_type": "StillImage", "delivery_way": "list polecony",
    "remarks": "pilne\ndrugi egzemplarz",
}  # fmt: skip


def sheet_of(page: bytes) -> dict[str, list[str]]:
    """What the page says beside each of its terms."""
    said: dict[str, list[str]] = {}
    for term in html.fromstring(page).iter("dt"):
        meaning = term.getnext()
        assert meaning is not None
        said.setdefault(term.text_content(), []).append(" ".join(meaning.text_content().split()))
    return said


def rows_of(page: bytes) -> list[list[str]]:
    """The rows of the page's tables."""
    return [
        [" ".join(cell.text_content().split()) for cell in row] for row in html.fromstring(page).iter("tr")
    ]


@pytest.mark.law(*(f"{ANNEX} A pkt {point}" for point in OF_A_LETTER if point != "1a"))
@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 5")
def test_each_field_of_an_incoming_letter_is_entered_and_read_back() -> None:
    office.starosta()
    office.anna()
    client, today = office.client_of(office.clerk()), localdate()
    client.post(reverse("records:register"), PAPER)
    letter = Letter.objects.get()
    answer = client.post(reverse("records:metadata", args=[letter.pk]), COMPLETED)
    assert answer.status_code == 302, answer.content.decode()

    said = sheet_of(client.get(reverse("records:letter", args=[letter.pk])).content)

    [sender] = said["Nadawca"]
    for point, part in {
        "1b": "Wrona Piotr", "2a": "95-100", "2b": "Zgierz", "2c": "ul. Leśna", "2d": " 12", "2e": "/4",
        "2f": "skr. poczt. 77", "2g": "DE", "2h": "piotr@example.pl",
    }.items():  # fmt: skip
        assert part in sender, point
    assert said["Zarejestrowano"][0].startswith(day(today)), "6"
    for point, term, value in (
        ("3", "Data na piśmie", ["2026-03"]),
        ("4", "Nadano", [day(SENT)]),
        ("5", "Wpłynęło", [day(today)]),
        ("7 and 14", "Rodzaj", ["wniosek (StillImage)"]),
        ("8", "Identyfikator", [f"RPW-1-{today.year}"]),
        ("10", "Dostęp", ["publiczny - dostępny w całości"]),
        ("11", "Załączniki", ["3"]),
        ("12", "Format", ["image/tiff"]),
        ("13", "Uwaga", ["pilne", "drugi egzemplarz"]),
        ("15", "Sposób dostarczenia", ["list polecony"]),
        ("16", "Znak nadawcy", ["XI/5"]),
    ):
        assert said[term] == value, point
    register = client.get(reverse("records:incoming_register")).content.decode()
    for part in (f"RPW/1/{today.year}", "Wniosek o wypis", "Wrona Piotr", "XI/5", "drugi egzemplarz"):
        assert part in register, part


@pytest.mark.law(f"{ANNEX} A pkt 1a")
def test_an_organization_is_a_sender_too() -> None:
    office.starosta()
    office.anna()
    client = office.client_of(office.clerk())
    client.post(
        reverse("records:register"), PAPER | {"sender": "Budex sp. z o.o.", "sender_kind": "ORGANIZATION"}
    )

    said = sheet_of(client.get(reverse("records:letter", args=[Letter.objects.get().pk])).content)

    assert said["Nadawca"][0].startswith("Budex sp. z o.o.")


@pytest.mark.law(f"{ANNEX} A pkt 1a", f"{ANNEX} A pkt 1b")
def test_a_letter_of_several_senders_names_each_of_them() -> None:
    letter = make_assigned()
    client, address = office.client_of(office.anna()), reverse("records:senders", args=[letter.pk])
    budex = {"sender": "Budex sp. z o.o.", "sender_kind": "ORGANIZATION", "town": "Łódź"}

    assert client.post(address, budex | {"sender": ""}).status_code == 422
    client.post(address, budex)
    client.post(address, {"sender": "Lis Ewa", "sender_kind": "PERSON"})
    page = reverse("records:letter", args=[letter.pk])
    assert [one.split(" ")[0] for one in sheet_of(client.get(page).content)["Nadawca"]] == [
        "Wrona",
        "Budex",
        "Lis",
    ]
    client.post(reverse("records:sender_end", args=[letter.pk, 1]))
    client.post(reverse("records:sender_end", args=[letter.pk, 2]))

    [left] = sheet_of(client.get(page).content)["Nadawca"]
    assert left.startswith("Budex")
    last = reverse("records:sender_end", args=[letter.pk, 1])
    assert client.post(last).status_code == 404, "a letter keeps one sender"
    for name in (address, last):
        assert office.client_of(office.jan()).post(name, budex).status_code == 404


def test_completing_the_metadata_again_loses_none_of_them() -> None:
    office.starosta()
    office.anna()
    client = office.client_of(office.clerk())
    client.post(reverse("records:register"), PAPER)
    letter = Letter.objects.get()
    address = reverse("records:metadata", args=[letter.pk])
    client.post(address, COMPLETED)
    before = client.get(reverse("records:letter", args=[letter.pk])).content

    form = html.fromstring(client.get(address).content).forms[-1]
    client.post(address, dict(form.form_values()))

    assert sheet_of(client.get(reverse("records:letter", args=[letter.pk])).content) == sheet_of(before)


@pytest.mark.law(*(f"{ANNEX} B pkt {point}" for point in "1a 1b 2a 3 4 5 6 7 8 14".split()))
def test_the_fields_of_an_outgoing_letter() -> None:
    row = make_sent()
    anna, clerk = office.client_of(office.anna()), office.client_of(office.clerk())

    page = anna.get(reverse("records:document", args=[row.document_id])).content
    said, heading = sheet_of(page), " ".join(html.fromstring(page).xpath("string(//h1)").split())
    acts = rows_of(anna.get(reverse("records:sheet", args=[row.document.case.mark])).content)
    period = {"od": "01.03.2026", "do": "31.03.2026"}
    printed = clerk.get(reverse("records:outgoing_print", args=["xlsx"]), period)
    [*_, register] = load_workbook(BytesIO(printed.content)).active.values  # type: ignore[union-attr]

    assert said["Sporządził(a)"][0].startswith("Anna Nowak"), "1a"
    for done in (
        ["Anna Nowak, inspektor", "sporządzenie projektu pisma"],
        ["Ewa Lis, naczelniczka wydziału", "podpisanie pisma"],
    ):
        assert done in [act[2:4] for act in acts], "1b"
    assert said["Adresat"] == ["Wrona Piotr"], "2a"
    assert any(day(TODAY) in one for one in said["Podpisał(a)"]), "4: it is dated by its signature"
    assert heading == "Decyzja GN.6621.1.2026.1.AN: Wypis z rejestru gruntów", "6, 7, 8"
    assert "2026-03-10" in str(register[1]), "5"
    assert register[2] == "Piotr Wrona, ul. Leśna 12, 95-100 Zgierz", "3"
    assert register[4] == "konto w urzędzie", "14"


@pytest.mark.law(f"{ANNEX} B pkt 2b")
def test_an_organization_is_an_addressee_too() -> None:
    budex = Sender(organization="Budex sp. z o.o.", street="ul. Polna", building="3", town="Łódź")
    document = make_signed(case=make_case(letter=make_assigned(sender=budex)))

    [row] = dispatch_document(document.pk, actor=office.actor(office.clerk(), today=TODAY), now=at(TODAY, 16))

    assert (row.addressee_name, row.addressee_address) == ("Budex sp. z o.o.", "ul. Polna 3, Łódź")


@pytest.mark.law(*(f"{ANNEX} C pkt {point}" for point in "1 2 3".split()))
def test_an_element_of_the_file_that_is_no_letter_says_who_when_and_what() -> None:
    case = make_case()
    write_note(case.pk, actor=office.actor(office.anna(), today=TODAY), text="rozmowa", now=at(TODAY, 13))
    client = office.client_of(office.anna())

    shown = client.get(reverse("records:case", args=[case.mark])).content.decode()
    acts = rows_of(client.get(reverse("records:sheet", args=[case.mark])).content)

    assert f"notatka służbowa, Anna Nowak (GN), {day(TODAY)}, godz. 13:30" in shown
    assert ["Anna Nowak, inspektor", "notatka służbowa"] in [act[2:4] for act in acts]


@pytest.mark.law(*(f"{ANNEX} D pkt {point}" for point in "1a 1b 2 4 5 6".split()))
def test_the_fields_of_a_case() -> None:
    case = make_case(letter=make_assigned(access=AccessLevel.CLOSED))
    beata = office.make_staff("b.b", "Beata Bor", unit="GN")
    office.client_of(office.ewa()).post(
        reverse("records:hand_over", args=[case.mark]), {"holder": str(beata.pk)}
    )

    page = office.client_of(beata).get(reverse("records:case", args=[case.mark])).content
    said = sheet_of(page)

    assert said["Założono"] == [f"{day(TODAY)}, Anna Nowak"], "1a and 2"
    assert said["Prowadzący"] == ["Beata Bor"], "1b"
    assert said["Znak"] == ["GN.6621.1.2026"], "4"
    assert "Wypis z rejestru gruntów" in html.fromstring(page).xpath("string(//h1)"), "5"
    assert said["Dostęp"] == ["niepubliczny"], "6"
