"""Acting for somebody and applying together, by keyboard alone and without JavaScript."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from starostwo.channels.models import Mail
from starostwo.citizen import services
from starostwo.citizen.models import CoApplicant, Draft
from starostwo.files.testing import pdf
from starostwo.intake.models import Submission
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.procedures import api as procedures
from starostwo.screens import testing
from starostwo.signatures import api as signatures
from starostwo.signatures.testing import build_keys
from tests.keyboard import choose, give, press, tab_to, write

pytestmark = pytest.mark.journey
POWER = {"name": "pelnomocnictwo.pdf", "mimeType": "application/pdf", "buffer": pdf()}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with testing.chromium() as browser:
        yield browser


@pytest.fixture
def site(
    committed_database: str, django_db_blocker: pytest.FixtureRequest, settings: LazySettings
) -> Iterator[str]:
    """The office with its services, two residents, a clerk of the mail desk, and a server on a free port."""
    with django_db_blocker.unblock(), testing.serving() as address:  # type: ignore[attr-defined]
        settings.CSRF_TRUSTED_ORIGINS = [address]
        settings.PUBLIC_URL = address
        office.make_office()
        office.starosta()
        office.make_unit("OR", name="Wydział Organizacyjny", parent="ST")
        office.make_unit("AB", name="Wydział Architektury", parent="ST")
        procedures.load_forms(actor="system", now=now())
        procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=now())
        build_keys(
            [
                signatures.demo_pki.DemoPerson(
                    each.pk, each.given_name, each.family_name, pesel=each.pesel or ""
                )
                for each in (office.piotr(), office.maria())
            ]
        )
        yield address


def sign_in(page: Page, account: Account, site: str) -> None:
    name = plain_settings.SESSION_COOKIE_NAME
    session = office.client_of(account).cookies[name].value
    page.context.add_cookies([{"name": name, "value": session, "url": site}])


def test_a_letter_for_somebody_by_keyboard_alone(site: str, browser: Browser) -> None:
    """Pismo ogólne with a power of attorney, from the card to the receipt."""
    with testing.page_of(browser, site) as (page, faults):
        sign_in(page, office.piotr(), site)
        page.goto("/eboi/uslugi/pismo-ogolne/nowy/")
        press(page, "Zacznij")
        choose(page, "wniosek albo podanie", "wniosek albo podanie")
        write(page, "Temat", "Zwrot nadpłaty")
        press(page, "Zapisz i przejdź dalej")
        write(page, "Treść", "Proszę o zwrot.")
        press(page, "Zapisz i przejdź dalej")
        choose(page, "we własnym", "innej osoby")
        press(page, "Zapisz i przejdź dalej")
        write(page, "Imię i nazwisko osoby, którą reprezentujesz", "Maria Cicha")
        press(page, "Zapisz i przejdź dalej")
        choose(page, "elektronicznie, na konto", "elektronicznie, na konto")
        press(page, "Zapisz i przejdź dalej")

        expect(page.get_by_role("heading", level=1)).to_have_text("Osoba, w której imieniu działasz")
        write(page, "Ulica", "ul. Prosta 1")
        write(page, "Kod pocztowy", "95-100")
        write(page, "Miejscowość", "Zgierz")
        choose(page, "pełnomocnictwo", "pełnomocnictwo")
        press(page, "Zapisz i przejdź dalej")
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        give(page, "Dokument pełnomocnictwa", POWER)
        press(page, "Zapisz i przejdź dalej")
        press(page, "Dalej: sprawdź odpowiedzi")
        assert "17,00" in page.locator("main").inner_text()
        press(page, "Przygotuj dokument do podpisu")
        press(page, "Podpisz (TEST)")
        press(page, "Wyślij do urzędu")

        expect(page.get_by_role("heading", level=1)).to_contain_text("Urząd odebrał")
        assert faults.all() == []
    assert Submission.objects.get().sender_name == "Maria Cicha; pełnomocnik: Piotr Wrona"


def test_a_building_permit_of_a_company_and_a_neighbour_without_javascript(
    site: str, browser: Browser
) -> None:
    """The applicant acts for a company and invites Maria; she signs by the link of the e-mail."""
    draft = half_filled()
    with testing.page_of(browser, site, width=360, javascript=False) as (page, faults):
        sign_in(page, office.piotr(), site)
        page.goto(f"/eboi/wnioski/{draft.pk}/pelnomocnictwo/")
        page.get_by_label("Ulica, numer domu i mieszkania").fill("ul. Tartaczna 1")
        page.get_by_label("Kod pocztowy").fill("95-100")
        page.get_by_label("Miejscowość").fill("Zgierz")
        page.get_by_label("wpis w rejestrze").check()
        page.get_by_role("button", name="Zapisz i przejdź dalej").click()
        page.get_by_label("Imię", exact=True).fill("Maria")
        page.get_by_label("Nazwisko").fill("Zych")
        page.get_by_label("Adres e-mail").fill("maria@example.pl")
        page.get_by_role("button", name="Dodaj osobę").click()
        page.get_by_role("link", name="Dalej: załączniki").click()
        page.get_by_role("button", name="Dalej: sprawdź odpowiedzi").click()
        assert "Tartak" in page.locator("main").inner_text()
        page.get_by_role("button", name="Przygotuj dokument do podpisu").click()
        page.get_by_role("button", name="Wyślij zaproszenie").click()
        signed_by_link(site, browser)
        page.reload()
        page.get_by_role("button", name="Tak, to ta osoba").click()
        page.get_by_role("button", name="Podpisz (TEST)").click()
        page.get_by_role("button", name="Wyślij do urzędu").click()

        expect(page.get_by_role("heading", level=1)).to_contain_text("Urząd odebrał")
        assert testing.sideways(page) == 0
        assert faults.broken == []
    named = Submission.objects.get().sender_name
    assert named == "Tartak Sp. z o.o.; pełnomocnik: Piotr Wrona; Maria Zych"


def signed_by_link(site: str, browser: Browser) -> None:
    """Maria opens the link, signs in and confirms."""
    found = re.search(r"(/eboi/zaproszenie/[\w-]+/)", Mail.objects.get().body)
    assert found is not None
    with testing.page_of(browser, site, width=360, javascript=False) as (page, faults):
        sign_in(page, office.maria(), site)
        page.goto(found[1])
        assert "Budowa domu" in page.locator("main").inner_text()
        page.get_by_role("button", name="Podpisuję ten dokument").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Dokument jest podpisany")
        assert faults.broken == []
    assert CoApplicant.objects.get().state == "TO_ACCEPT"


def half_filled() -> Draft:
    """An application for a building permit whose questions and documents are there."""
    actor = office.actor(office.piotr())
    draft = services.begin("pozwolenie-na-budowe", actor=actor, known={}, now=now(), today=date.today())  # noqa: DTZ011
    form = procedures.form("pozwolenie-na-budowe")
    assert form is not None
    draft.answers = procedures.sample_of(form) | {
        "w_imieniu": "podmiotu", "podmiot": "Tartak Sp. z o.o.", "imie": "Piotr", "nazwisko": "Wrona",
    }  # fmt: skip
    draft.save()
    for each in procedures.Answered(form, draft.answers).documents:
        name = f"{each.name}.txt"
        services.attach(draft.pk, actor=actor, name=name, content=b"plik", kind=each.name, now=now())
    return draft


def test_the_counter_by_keyboard_alone(site: str, browser: Browser) -> None:
    """A clerk takes a general letter down from the first key to the number."""
    with testing.page_of(browser, site) as (page, faults):
        sign_in(page, office.clerk(), site)
        page.goto("/urzad/okienko/")
        tab_to(page, "Usługa")
        page.keyboard.type("Pismo og")
        write(page, "Imię", "Genowefa")
        write(page, "Nazwisko", "Stara")
        choose(page, "dowód osobisty", "dowód osobisty")
        press(page, "Zacznij spisywać")
        choose(page, "wniosek albo podanie", "wniosek albo podanie")
        write(page, "Temat", "Przepust")
        press(page, "Dalej")
        write(page, "Treść", "Proszę o naprawę przepustu.")
        press(page, "Dalej")
        choose(page, "we własnym", "we własnym")
        write(page, "Ulica", "Polna 3")
        write(page, "Kod pocztowy", "95-100")
        write(page, "Miejscowość", "Zgierz")
        press(page, "Dalej")
        choose(page, "elektronicznie, na konto", "listem poleconym")
        press(page, "Dalej")
        press(page, "Dalej: sprawdź wniosek")
        press(page, "Zrób wydruk do podpisu")
        give(page, "Skan podpisanego wydruku", {**POWER, "name": "skan.pdf"})
        press(page, "Zarejestruj")

        expect(page.get_by_role("heading", level=1)).to_have_text("Przyjęto wniosek")
        assert re.search(r"RPW/1/\d{4}", page.locator("main").inner_text())
        assert faults.all() == []
    assert Submission.objects.get().written_by == office.clerk()
