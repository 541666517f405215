"""The screens of documents in Chromium: axe, faults, sideways scroll; acceptance by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.records.models import AcceptanceStep, Document
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.services.document_drafts import Wording, save_version
from starostwo.records.testing import TODAY, at, make_case
from starostwo.screens import testing as screens
from tests.records.document_makers import (
    DECISION_TEXT,
    give_key,
    make_draft,
    make_online_case,
    make_sent,
    make_signed,
    make_submitted,
    wording_of,
)

pytestmark = pytest.mark.journey
SHOTS = Path(settings.ROOT) / "var" / "shots" / "documents"


@pytest.fixture
def pages(committed_database: str) -> list[tuple[str, str, str]]:
    """Who looks at what: made before the browser starts, since signing does not run beside its event loop."""
    office.make_office()
    case = make_online_case()
    draft = make_draft(case=case)
    changed_once(draft)
    submitted = make_submitted(case=case)
    signed = make_signed(case=case, kind=Kind.LETTER)
    sent = make_sent(case=case)
    make_signed(case=make_case())
    return [
        ("anna", "new", reverse("records:new_document", args=[case.mark])),
        ("anna", "draft", reverse("records:document", args=[draft.pk])),
        ("anna", "edit", reverse("records:edit_document", args=[draft.pk])),
        ("anna", "compare", reverse("records:compare_versions", args=[draft.pk]) + "?od=1&do=2"),
        ("anna", "dispatch", reverse("records:dispatch", args=[signed.pk])),
        ("anna", "sent", reverse("records:document", args=[sent.document_id])),
        ("anna", "messages", reverse("records:messages", args=[case.mark])),
        ("anna", "case", reverse("records:case", args=[case.mark])),
        ("ewa", "list", reverse("records:acceptance_list")),
        ("ewa", "accept", reverse("records:acceptance", args=[submitted.pk])),
        ("clerk", "to-send", reverse("records:dispatch_list")),
        ("clerk", "register", reverse("records:outgoing_register")),
        ("jan", "empty-register", reverse("records:outgoing_register")),
    ]


@pytest.fixture
def address(committed_database: str) -> Iterator[str]:
    office.make_office()
    with screens.serving() as found:
        yield found


@pytest.fixture
def browser() -> Iterator[Browser]:
    with screens.chromium() as found:
        yield found


def sign_in(page: Page, account: Account, address: str) -> None:
    client = office.client_of(account)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def changed_once(document: Document) -> None:
    words = wording_of()
    text = DECISION_TEXT.replace("tytuł prawny do działki", "prawo własności działki 112/5")
    save_version(
        document.pk,
        actor=office.actor(office.anna(), today=TODAY),
        wording=Wording(words.title, text, words.remedy),
        base=1,
        today=TODAY,
        now=at(TODAY, 13),
    )


def test_every_screen_is_accessible_quiet_and_fits(
    pages: list[tuple[str, str, str]], address: str, browser: Browser
) -> None:
    found: list[str] = []
    for person, name, path in pages:
        with screens.page_of(browser, address) as (page, faults):
            sign_in(page, getattr(office, person)(), address)
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            found += [*screens.axe(page), *faults.all()]
            if excess := screens.sideways(page):
                found.append(f"{path} scrolls sideways by {excess}")
            screens.shots(page, SHOTS, name)
    assert found == []


def test_refusals_are_accessible_and_keep_the_words(address: str, browser: Browser) -> None:
    document = make_submitted(office.ewa())
    draft = make_draft(case=document.case)
    refusals = [
        (office.ewa(), reverse("records:acceptance", args=[document.pk]), "button[value=return]"),
        (office.anna(), reverse("records:edit_document", args=[draft.pk]), "form[data-confirm-leave] button"),
    ]
    for person, path, button in refusals:
        with screens.page_of(browser, address) as (page, faults):
            sign_in(page, person, address)
            page.goto(path)
            if page.locator("#id_title").count():
                page.fill("#id_title", "")
            page.click(button)
            page.wait_for_selector(".govuk-error-summary")
            told = [fault for fault in faults.all() if "422 (Unprocessable" not in fault]
            assert [*screens.axe(page), *told] == []


def test_a_letter_is_accepted_and_signed_by_keyboard_alone(address: str, browser: Browser) -> None:
    give_key(office.starosta())
    document = make_submitted(office.ewa(), office.starosta())
    path = reverse("records:acceptance_list")

    for person, key in ((office.ewa(), "a"), (office.starosta(), "p")):
        with screens.page_of(browser, address) as (page, faults):
            sign_in(page, person, address)
            page.goto(path)
            page.keyboard.press("j")
            page.keyboard.press("Enter")
            page.wait_for_url(f"**{reverse('records:acceptance', args=[document.pk])}")
            page.keyboard.press(key)
            page.wait_for_url(f"**{path}")
            assert faults.all() == []

    document.refresh_from_db()
    assert document.state == "SIGNED"
    steps = AcceptanceStep.objects.filter(document=document).order_by("order")
    assert [step.outcome for step in steps] == ["ACCEPTED", "SIGNED"]
