"""The official sign: cleaned as it comes in, in the header of every page, taken out again."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree
from PIL import Image as Pillow

from starostwo.audit import api as audit
from starostwo.bulletin.access import NotAnEditor
from starostwo.bulletin.models import OfficialSign
from starostwo.bulletin.rules.plain_svg import NotPlain, plain, proportions
from starostwo.bulletin.services import official_sign, publishing
from starostwo.office import testing as office

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SCREEN = "/urzad/administracja/znak-bip/"
SVG = 'xmlns="http://www.w3.org/2000/svg"'
DRAWING = (
    f'<?xml version="1.0"?><!-- z programu --><svg {SVG} xmlns:i="http://www.inkscape.org/x" '
    'viewBox="0 0 200 100" i:version="1"><metadata><i:x/></metadata>'
    '<g style="fill:#c00;font-family:Arial" class="a">'
    '<path d="M0 0h10v10z" stroke="rgb(0,0,0)" transform="translate(1 2)"/></g></svg>'
)


def drawing(inside: str) -> bytes:
    return f'<svg {SVG} viewBox="0 0 10 10">{inside}</svg>'.encode()


def test_shapes_and_colours_are_left() -> None:
    made = plain(etree.fromstring(DRAWING.encode()))

    assert made.decode() == (
        f'<svg {SVG} viewBox="0 0 200 100"><g fill="#c00">'
        '<path d="M0 0h10v10z" stroke="rgb(0,0,0)" transform="translate(1 2)"/></g></svg>'
    )
    assert proportions(made) == (200, 100)


def test_a_drawing_without_a_box_gets_one_of_its_size() -> None:
    assert b'viewBox="0 0 30 15"' in plain(
        etree.fromstring(f'<svg {SVG} width="30px" height="15"/>'.encode())
    )


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<script>alert(1)</script>", "script"),
        ("<style>path{fill:red}</style>", "style"),
        ("<text>BIP</text>", "text"),
        ('<image href="https://obcy.example/x.png"/>', "image"),
        ("<foreignObject/>", "foreignObject"),
        ('<use href="#a"/>', "use"),
        ('<animate attributeName="fill"/>', "animate"),
        ('<a href="javascript:alert(1)"><path d="M0"/></a>', "„a”"),
        ('<path d="M0" onload="alert(1)"/>', "onload"),
        ('<path d="M0" fill="url(https://obcy.example/x)"/>', "fill"),
        ('<path d="M0" style="fill:url(https://obcy.example/x)"/>', "fill"),
        ('<path d="M0" fill="expression(1)"/>', "fill"),
        ('<b xmlns="http://www.w3.org/1999/xhtml"/>', "„b”"),
    ],
    ids=lambda value: value.strip("<").split(" ")[0][:16],
)
def test_what_is_more_than_a_shape_is_refused(inside: str, why: str) -> None:
    with pytest.raises(NotPlain, match=why):
        plain(etree.fromstring(drawing(inside)))


@pytest.mark.parametrize("box", ["", "0 0 10", "0 0 0 10", "0 0 a b"])
def test_a_drawing_without_a_size_is_refused(box: str) -> None:
    with pytest.raises(NotPlain):
        proportions(plain(etree.fromstring(f'<svg {SVG} viewBox="{box}"/>'.encode())))


@pytest.fixture
def county(db: None, settings: object, tmp_path: Path) -> Client:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.LOG_DIR = tmp_path / "log"  # type: ignore[attr-defined]
    office.make_office()
    office.make_unit("ST", name="Starosta")
    publishing.publish(actor="system", now=NOW, today=TODAY)
    return office.client_of(office.admin())


def test_the_administrator_puts_the_sign_into_the_header_and_takes_it_out(county: Client) -> None:
    assert "gov.pl/bip</span>" in Client().get("/bip/").content.decode()

    answer = county.post(SCREEN, {"file": SimpleUploadedFile("bip.svg", DRAWING.encode())})

    assert answer.status_code == 302, answer.content.decode()[-3000:]
    front = Client().get("/bip/").content.decode()
    address = front.partition('<img src="')[2].partition('"')[0]
    assert address.startswith("/bip/znak-")
    assert 'width="104" height="52" alt="Biuletyn Informacji Publicznej' in front
    assert 'class="st-bip" href="https://www.gov.pl/bip"><img' in front
    shown = Client().get(address)
    assert shown["Content-Type"] == "image/svg+xml"
    assert b"metadata" not in shown.content
    assert address in Client().get("/bip/instrukcja/").content.decode()
    assert publishing.changed_pages() == []
    assert address in county.get(SCREEN).content.decode()

    county.post(f"{SCREEN}usuniecie/")
    assert "gov.pl/bip</span>" in Client().get("/bip/").content.decode()
    kept = OfficialSign.objects.order_by("id")
    assert [entry.verb for sign in kept for entry in audit.history(str(sign))] == ["put_sign", "remove_sign"]


def test_a_picture_is_drawn_anew_and_stays_transparent(county: Client) -> None:
    sent = io.BytesIO()
    Pillow.new("RGBA", (960, 480), (0, 0, 0, 0)).save(sent, "PNG")

    county.post(SCREEN, {"file": SimpleUploadedFile("bip.png", sent.getvalue())})

    sign = OfficialSign.objects.get()
    assert (sign.kind, sign.width, sign.height) == ("png", 104, 52)
    drawn = Pillow.open(io.BytesIO(bytes(sign.content)))
    assert (drawn.size, drawn.getpixel((1, 1))) == ((480, 240), (0, 0, 0, 0))


@pytest.mark.parametrize(
    "content",
    [b"GIF89a", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", drawing("<script/>"), b"x" * 200_001],
    ids=["no picture", "entities", "a program", "large"],
)
def test_a_wrong_file_is_refused_with_its_reason(county: Client, content: bytes) -> None:
    answer = county.post(SCREEN, {"file": SimpleUploadedFile("bip", content)})

    assert answer.status_code == 422
    assert "govuk-error-message" in answer.content.decode()
    assert not OfficialSign.objects.exists()


def test_nobody_else_puts_a_sign(county: Client) -> None:
    editor = office.anna()

    assert office.client_of(editor).get(SCREEN).status_code == 404
    with pytest.raises(NotAnEditor):
        official_sign.put_sign(DRAWING.encode(), actor=office.actor(editor, today=TODAY), now=NOW)
