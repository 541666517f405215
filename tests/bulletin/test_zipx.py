"""An act in a ZIPX becomes an accessible text; a hostile package is refused and makes nothing."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from starostwo.bulletin.models import Item, Version
from starostwo.bulletin.rules.markup_html import to_html
from starostwo.bulletin.rules.text_faults import faults
from starostwo.bulletin.services import drafts
from starostwo.bulletin.zipx import LARGEST_ACT, NotAnAct, read_zipx
from starostwo.files import testing as files
from starostwo.office import testing as office
from tests.bulletin.makers import a_section, editor

ACT = """<?xml version="1.0" encoding="utf-8"?>
<uchwala xmlns="http://www.crd.gov.pl/xml/schematy/edap/2010/01/02" uchylony="nie" status="uchwalony">
  <!-- edytor -->
  <metryka numer="XII/98/2026" opis-typu="Uchwała" data="2026-11-19T00:00:00Z"
    organ-wydajacy="Rady Powiatu Zgierskiego" organ-wydajacy-m="Rada Powiatu Zgierskiego">
    <tytul>w sprawie stypendiów<przypis nr="1">1)</przypis></tytul></metryka>
  <podstawa-prawna>Na podstawie art. 12 ustawy uchwala się, co następuje:</podstawa-prawna>
  <rozdzial nr="1"><tytul>Przepisy ogólne</tytul>
    <paragraf nr="1">Stypendium przyznaje się uczniom, którzy:
      <punkt nr="1">mieszkają w powiecie;</punkt>
      <punkt nr="2">mają średnią 5,0<nl/>albo wyższą.</punkt></paragraf>
    <paragraf nr="2"><ustep nr="1">Wniosek składa się do 15 września.</ustep>
      <ustep nr="2">Wzór określa załącznik.</ustep></paragraf></rozdzial>
  <wyspa><table><tr><th>Średnia</th><th>Kwota</th></tr><tr><td>5,0</td><td>300 zł</td></tr></table></wyspa>
  <podpisy><podpis funkcja="Przewodniczący Rady" imie="Tomasz" nazwisko="Las"/></podpisy>
  <nowosc>Zdanie z nieznanego elementu.</nowosc>
  <tresc-przypisow><tresc-przypisu nr="1">Zmiana z 2025 roku.</tresc-przypisu></tresc-przypisow>
  <zalaczniki><zalacznik nr="1"><do-aktu>Załącznik do uchwały</do-aktu>
    <akapit>Wzór wniosku.</akapit></zalacznik>
    <zalacznik_bin nazwa="mapa.txt" nr="2"/></zalaczniki>
</uchwala>"""
DTD = '<!DOCTYPE uchwala [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
MARK = '<Mark xmlns="http://zipx.org.pl/mark.xsd"><DocType>LegalAct</DocType></Mark>'


def package(act: str = ACT, **members: str) -> bytes:
    return files.zip_of({"Mark.xml": MARK, "akt/Uchwala.xml": act, "akt/mapa.txt": "Opis mapy", **members})


def test_the_act_is_read_with_its_parts() -> None:
    act = read_zipx(package()).act

    assert act.title == "Uchwała nr XII/98/2026 w sprawie stypendiów"
    assert act.fields == {
        "number": "XII/98/2026",
        "organ": "Rada Powiatu",
        "adopted_on": "2026-11-19",
        "standing": "obowiązuje",
    }
    assert act.text.split("\n\n") == [
        "Na podstawie art. 12 ustawy uchwala się, co następuje:",
        "## Rozdział 1. Przepisy ogólne",
        "**§ 1.** Stypendium przyznaje się uczniom, którzy:",
        "- 1) mieszkają w powiecie;",
        "- 2) mają średnią 5,0 albo wyższą.",
        "**§ 2.**",
        "1. Wniosek składa się do 15 września.",
        "2. Wzór określa załącznik.",
        "| Średnia | Kwota |\n|---|---|\n| 5,0 | 300 zł |",
        "Przewodniczący Rady Tomasz Las",
        "Zdanie z nieznanego elementu.",
        "## Załącznik nr 1",
        "Załącznik do uchwały",
        "Wzór wniosku.",
        "## Przypisy",
        "1. Zmiana z 2025 roku.",
    ]
    assert act.unknown == {"nowosc"}


def test_its_html_is_accessible() -> None:
    text = read_zipx(package()).act.text

    assert faults(text) == []
    html = to_html(text)
    assert '<th scope="col">Średnia</th>' in html
    assert '<h2 class="govuk-heading-m">Rozdział 1. Przepisy ogólne</h2>' in html


def test_an_editor_takes_an_act_in(bulletin: Path) -> None:
    section = a_section("uchwaly", "Uchwały")
    client = office.client_of(office.Account.objects.get(pk=editor().account_id))
    upload = SimpleUploadedFile("uchwala.zipx", package())

    answer = client.post("/urzad/bip/zipx/", {"section": section.pk, "file": upload}, follow=True)

    version = Version.objects.get()
    assert version.item.kind == "uchwala"
    assert version.fields["number"] == "XII/98/2026"
    assert [file.name for file in drafts.files_of(version)] == ["akt.xml", "mapa.txt"]
    page = answer.content.decode()
    assert "Nieznane elementy, przepisane samymi słowami: nowosc." in page
    assert "Podaj, kto odpowiada za treść informacji." in page


def huge() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("akt.xml", b"<a>" + b" " * (LARGEST_ACT + 1) + b"</a>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"to nie jest zip", "To nie jest paczka ZIPX"),
        (files.zip_of({"a.txt": "x"}), "nie ma aktu prawnego"),
        (package("<uchwala"), "źle zbudowany"),
        (package(ACT.replace("<uchwala ", f"{DTD}<uchwala ")), "DTD"),
        (package(ACT.replace("<metryka", "<inne").replace("</metryka>", "</inne>")), "nie ma metryki"),
        (package(MARK), "nie ma aktu prawnego"),
        (files.zip_of({f"{n}.txt": "x" for n in range(201)}), "ponad 200 plików"),
        (huge(), "za duży"),
    ],
)  # fmt: skip
def test_a_hostile_package_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(NotAnAct, match=said):
        read_zipx(content)


def test_a_refused_package_makes_nothing(bulletin: Path) -> None:
    section = a_section("uchwaly", "Uchwały")
    client: Client = office.client_of(office.Account.objects.get(pk=editor().account_id))

    answer = client.post(
        "/urzad/bip/zipx/", {"section": section.pk, "file": SimpleUploadedFile("a.zipx", b"PK")}
    )

    assert answer.status_code == 422
    assert "To nie jest paczka ZIPX" in answer.content.decode()
    assert Item.objects.count() == 0
