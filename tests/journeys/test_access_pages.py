"""Every page full, empty and refused: axe, 320 pixels, a visible focus, a quiet console, sound HTML."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.signing import dumps
from django.db import connection
from django.utils.timezone import localdate, now
from playwright.sync_api import Page, Response

from starostwo.bulletin.models import PublishingRule, Version
from starostwo.citizen import services as citizen
from starostwo.intake.models import Submission
from starostwo.intake.services import charging
from starostwo.office import testing as office
from starostwo.office.api import Actor
from starostwo.office.models import Account, Holding
from starostwo.office.models import Place as Room
from starostwo.portal.models import Article, Consultation, Event, Image, Interpellation, Session, Subscriber
from starostwo.portal.queries import phrases
from starostwo.portal.services import newsletter
from starostwo.records.models import Case, Dispatch, Document, Letter
from starostwo.records.rules.assignment import Target
from starostwo.records.rules.document_kinds import KINDS, Kind
from starostwo.records.rules.metadata import Channel
from starostwo.records.services.acceptance import submit
from starostwo.records.services.assignments import assign
from starostwo.records.services.cases import open_case
from starostwo.records.services.delivery import open_delivery
from starostwo.records.services.dispatch import dispatch_document
from starostwo.records.services.document_drafts import Wording, draft_document, save_version
from starostwo.records.services.document_signing import sign_document
from starostwo.records.services.letters import register_incoming
from starostwo.records.testing import received
from starostwo.screens import testing as screens
from starostwo.site.demo.case_course import filled
from starostwo.visits.models import Matter, Place, Ticket
from starostwo.visits.queries.found import my_visits
from starostwo.visits.queries.times import free_times
from starostwo.visits.services.booking import Person, Wish, hold
from starostwo.visits.services.changing import confirm
from starostwo.visits.services.machine import open_machine
from tests.journeys import refusals
from tests.journeys.applications import a_draft, of_several_people
from tests.journeys.catalogue import DESK, HEAD, NO_PAGE, RESIDENT, SCREENS, WORKER
from tests.journeys.conftest import Visit, account_of
from tests.journeys.county import County
from tests.journeys.finance_pages import of_the_books
from tests.journeys.kept_pages import press, violations
from tests.journeys.network_catalogue import of_equipment
from tests.journeys.routes import routes
from tests.journeys.unit_pages import UNIT_PAGES
from tests.proof import markup

pytestmark = pytest.mark.journey
WITHOUT_FOCUS = """() => {
  if (document.activeElement === document.body) return '';
  const shown = getComputedStyle(document.activeElement);
  return shown.outlineStyle === 'none' && shown.boxShadow === 'none' ? document.activeElement.outerHTML : '';
}"""
TABS = 12
PLACE_PAGES = ("place", "place_change")
DOCUMENT_PAGES = [f"records:{name}" for name in ("document", "edit_document", "compare_versions")]


STANDING: dict[str, dict[str, Any]] = {
    **{f"office:{name}": {"symbol": "GN"} for name in ("unit", "unit_change", "unit_end", "new_post")},
    "bulletin:page": {"address": "kolejnosc-spraw/"},
    **{
        f"procedures:{name}": {"code": "karta-wedkarska", "number": 2}
        for name in ("version", "head", "giving_up", "try_outcome", "phone")
    },
    "procedures:part": {"code": "karta-wedkarska", "number": 2, "place": "steps-0-fields-0"},
    "procedures:try_step": {"code": "karta-wedkarska", "number": 2, "name": "wniosek"},
    **{f"procedures:{name}": {"code": "prawo-jazdy"} for name in ("card_fees", "new_fee")},
    **{f"procedures:{name}": {"code": "prawo-jazdy", "position": 0} for name in ("fee_change", "fee_end")},
    "citizen:card": {"code": "pismo-ogolne"},
    "citizen:new": {"code": "pismo-ogolne"},
    "citizen:opinions": {"code": "pismo-ogolne"},
    **UNIT_PAGES,
    "portal:news_item": {"slug": "most-na-bzurze-w-ozorkowie-otwarty-po-remoncie"},
    "portal:page": {"slug": "o-powiecie"},
    "portal:texts": {"section": "aktualnosci"},
    "portal:new_text": {"section": "strony"},
}

OF_A_PLACE = "board day ticket phone settings special_day new_counter new_matter".split()


@pytest.fixture(scope="module")
def arguments(county: County) -> dict[str, dict[str, Any]]:
    """What stands in the address of each page: things of the county, and a few made here."""
    anna, today = Account.objects.get(login=WORKER), localdate()
    letter, assigned = assigned_to(anna, "Wniosek o dzierżawę działki", "Wniosek o podział działki")
    case = open_case(
        letter.pk, actor=actor_of(WORKER), class_symbol="6843", title=letter.title, today=today, now=now()
    )
    submission = Submission.objects.exclude(account=None).exclude(letter=None).order_by("id")[0]
    piotr = submission.account
    assert piotr is not None
    served = served_to(piotr, anna)
    draft, accepted = a_document(case, anna), a_document(case, anna)
    submit(accepted.pk, actor=office.actor(anna), acceptors=[Account.objects.get(login=HEAD).pk], now=now())
    full, closed = a_draft(piotr), a_draft(piotr)
    citizen.close(closed, actor=office.actor(piotr), addressee="Starostwo", now=now(), today=localdate())
    to_assign = a_letter("Wniosek, który czeka")
    sent = Dispatch.objects.values("document")
    ready = Document.objects.filter(state="SIGNED").exclude(pk__in=sent).order_by("id").first()
    holding = Holding.objects.get(account=anna)
    return {
        **STANDING,
        **of_the_portal(),
        RESIDENT: {"login": piotr.external_subject},
        **{f"office:{name}": {"account_id": anna.pk} for name in ("person", "doings")},
        **{f"office:{name}": {"place_id": Room.objects.get(path="SADOWA/1").pk} for name in PLACE_PAGES},
        "office:holding_end": {"account_id": anna.pk, "holding_id": holding.pk},
        "records:letter": {"letter_id": submission.letter_id},
        **{f"records:{name}": {"letter_id": to_assign.pk} for name in ("metadata", "senders", "assign")},
        "records:new_case_of_letter": {"letter_id": assigned.pk},
        **{f"records:{name}": {"mark": case.mark} for name in ("case", "sheet", "new_document", "messages")},
        **{name: {"document_id": draft.pk} for name in DOCUMENT_PAGES},
        "records:acceptance": {"document_id": accepted.pk},
        "records:dispatch": {"document_id": ready.pk if ready else served.document_id},
        "records:dispatch_receipt": {"dispatch_id": sent_on_paper(case, anna).pk},
        "intake:details": {"submission_id": submission.pk},
        "intake:charge": {"mark": case.mark},
        **{f"intake:{name}": {"due_id": a_due(case, piotr)} for name in ("due", "due_of_staff", "transfer")},
        **of_the_bulletin(),
        **of_public_information(anna, served.document),
        "citizen:step": {"draft_id": a_draft(piotr, answers={}), "name": "sprawa"},
        **{f"citizen:{name}": {"draft_id": full} for name in ("attachments", "check", "discard")},
        "citizen:signing": {"draft_id": closed},
        **of_several_people(piotr),
        "citizen:receipt": {"submission_id": submission.pk},
        "citizen:case": {"reference": served.document.case.mark},
        "citizen:letter": {"dispatch_id": served.pk},
        **pages_of_visits(piotr),
        **of_the_books(),
        **of_equipment(),
    }


def a_due(case: Case, payer: Account) -> UUID:
    """What a clerk counted in the case for the resident."""
    line = charging.Line("wypis z rejestru", 4000, "tabela opłat")
    return charging.charge_in_case(
        case.mark, actor=actor_of(WORKER), kind="COUNTY", line=line,
        payer=charging.Payer(payer.pk, payer.name), today=localdate(), now=now(),
    ).pk  # fmt: skip


def of_the_portal() -> dict[str, dict[str, Any]]:
    """What stands in the addresses of the county web site's own pages."""
    article = Article.objects.get(slug=STANDING["portal:news_item"]["slug"])
    return {
        **{f"portal:{name}": {"article_id": article.pk} for name in ("text", "edit_text", "comparison")},
        "portal:version": {"article_id": article.pk, "number": 1},
        "portal:translation": {"article_id": article.pk, "language": "en"},
        "portal:phrase": {"key": phrases.rows(now())[0].key},
        "portal:thing": {"section": "wydarzenia", "thing_id": Event.objects.order_by("id")[0].pk},
        "portal:new_vote": {"session_id": Session.objects.order_by("id")[0].pk},
        "portal:opinions": {"consultation_id": Consultation.objects.order_by("id")[0].pk},
        "portal:interpellation": {"interpellation_id": Interpellation.objects.order_by("id")[0].pk},
        **of_the_newsletter(),
        "portal:picture": {"image_id": Image.objects.order_by("id")[0].pk},
    }


def of_the_bulletin() -> dict[str, dict[str, Any]]:
    """An information, one that is written, and one that waits for the second editor."""
    of_county = Version.objects.filter(item__section__body=None)
    versions = of_county.select_related("item").order_by("id")
    shown, written, waiting = (
        versions.filter(state=state)[0] for state in ("PUBLISHED", "DRAFT", "SUBMITTED")
    )
    return {
        "bulletin:section": {"section_id": written.item.section_id},
        "bulletin:item": {"item_id": shown.item_id},
        "bulletin:draft": {"item_id": written.item_id},
        "bulletin:approving": {"item_id": waiting.item_id},
    }


def of_public_information(person: Account, document: Document) -> dict[str, dict[str, Any]]:
    """A request that the person took up, and a signed letter that may be proposed for the bulletin."""
    [letter] = assigned_to(person, "Wniosek o umowy z ubiegłego roku")
    today, section = localdate(), Version.objects.order_by("id")[0].item.section_id
    case = open_case(
        letter.pk, actor=office.actor(person), class_symbol="6843", title="", is_information=True,
        today=today, now=now(),
    )  # fmt: skip
    PublishingRule.objects.get_or_create(
        klass="6843", kind="informacja", section_id=section, takes="BOTH", made_at=now(), made_by=person
    )
    mark = document.case.mark
    return {
        "records:information": {"mark": case.mark},
        "bulletin:case_papers": {"mark": mark},
        "bulletin:proposing": {"mark": mark, "source": f"dokument-{document.pk}"},
    }


def of_the_newsletter() -> dict[str, dict[str, Any]]:
    """Links as a letter would carry them."""
    newsletter.ask("czytelnik@example.pl", now=now())
    key = Subscriber.objects.get(email="czytelnik@example.pl").key
    purposes = {"confirmation": newsletter.CONFIRM, "leaving": newsletter.LEAVE}
    return {f"portal:{name}": {"token": dumps(key, salt=salt)} for name, salt in purposes.items()}


def assigned_to(person: Account, *titles: str) -> list[Letter]:
    """Letters that the head has given to the person."""
    letters = [a_letter(title) for title in titles]
    target = Target(account_id=person.pk)
    assign([one.pk for one in letters], actor=actor_of(HEAD), lead=target, today=localdate(), now=now())
    return letters


def actor_of(login: str) -> Actor:
    return office.actor(Account.objects.get(login=login))


def pages_of_visits(resident: Account) -> dict[str, dict[str, Any]]:
    """A visit that waits for its link, and one that was confirmed."""
    kept = {"token": a_visit(confirmed=True)}
    place, head = Place.objects.get(code="dluga"), actor_of("c.droga")
    machine = {"key": open_machine(place, actor=head, now=now())}
    ticket = Ticket.objects.create(
        place=place, issued_on=localdate(), kind="WALK_IN", number=999, quota=999, issued_at=now(),
        matter=Matter.objects.get(code="odbior-dowodu"),
    )  # fmt: skip
    return {
        **{f"visits:{name}": {"code": place.code} for name in OF_A_PLACE},
        "visits:matter": {"code": "odbior-dowodu"},
        "visits:counter_setup": {"code": place.code, "number": 1},
        "visits:counter": {"counter_id": place.counters.order_by("number")[0].pk},
        "visits:machine": machine,
        "visits:machine_ticket": {**machine, "ticket_id": ticket.pk},
        "visits:own_cancellation": {"visit_id": my_visits(office.actor(resident), now=now())[0].pk},
        "visits:confirmation": {"token": a_visit(confirmed=False)},
        "visits:visit": kept,
        "visits:cancellation": kept,
    }


def a_visit(*, confirmed: bool) -> str:
    """A visit at a free time; returns the secret of its link."""
    place = Place.objects.get(code="ozorkow")
    times = free_times(place, list(Matter.objects.filter(code="odbior-dowodu")), now=now())
    wish = Wish(place.pk, ("odbior-dowodu",), times[max(times)][0].starts_at)
    coming = Person("Ewa", "Gościnna", "ewa.goscinna@example.pl")
    token = hold(wish, coming, now=now(), mail_is_needed=False).token
    return confirm(token, now=now()) if confirmed else token


def a_letter(title: str) -> Letter:
    """A paper letter that waits for the head of the unit."""
    wanted = received(title, on=localdate(), unit="GN")
    return register_incoming(
        actor=actor_of(DESK), received=wanted, channel=Channel.PAPER, today=localdate(), now=now()
    )


def a_document(case: Case, author: Account) -> Document:
    """A decision of two versions."""
    actor, moment, rules = office.actor(author), now(), KINDS[Kind.DECISION]
    text = filled(rules.template, "zgodnie z wnioskiem").replace("{organ.odwolawczy}", "Wojewoda Łódzki")
    wording = Wording(case.title[:200], text, rules.remedy, None)
    made = draft_document(
        case.pk, actor=actor, kind=Kind.DECISION, wording=wording, today=localdate(), now=moment
    )
    changed = Wording(case.title[:200], f"{text}\nZ dniem doręczenia.\n", rules.remedy, None)
    save_version(made.pk, actor=actor, wording=changed, base=1, today=localdate(), now=moment)
    return made


def sent_on_paper(case: Case, author: Account) -> Dispatch:
    """A decision on its way to a party without an account."""
    return outside_the_loop(_sent, case, author)


def served_to(resident: Account, author: Account) -> Dispatch:
    """A decision that a resident has opened in his account."""
    wanted = received("Wniosek o dzierżawę działki 7", on=localdate(), unit="GN")
    letter = register_incoming(
        actor=None, received=wanted, channel=Channel.ACCOUNT, resident_account_id=resident.pk,
        today=localdate(), now=now(),
    )  # fmt: skip
    target = Target(account_id=author.pk)
    assign([letter.pk], actor=actor_of(HEAD), lead=target, today=localdate(), now=now())
    case = open_case(
        letter.pk,
        actor=office.actor(author),
        class_symbol="6843",
        title=letter.title,
        today=localdate(),
        now=now(),
    )
    sent = outside_the_loop(_sent, case, author)
    open_delivery(sent.pk, actor=office.actor(resident), now=now())
    return sent


def outside_the_loop(act: Callable[..., Any], *given: Any) -> Any:
    """What may sign goes in a thread of its own: the browser keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(act, *given).result()


def _sent(case: Case, author: Account) -> Dispatch:
    """A signed decision, sent by the way that the law gives first."""
    document, head = a_document(case, author), Account.objects.get(login=HEAD)
    submit(document.pk, actor=office.actor(author), acceptors=[head.pk], now=now())
    sign_document(document.pk, actor=office.actor(head), now=now())
    sent = dispatch_document(document.pk, actor=office.actor(author), now=now())[0]
    connection.close()
    return sent


def test_every_route_stands_in_the_catalogue() -> None:
    names = [route.name for route in routes()]
    assert sorted(set(names)) == sorted({*SCREENS, *NO_PAGE})
    assert not set(SCREENS) & set(NO_PAGE)


@pytest.mark.parametrize("login", sorted({one.login or "" for one in SCREENS.values()}))
def test_pages_are_accessible(
    county: County, visit: Visit, arguments: dict[str, dict[str, Any]], login: str, tmp_path: Path
) -> None:
    known = {route.name: route for route in routes()}
    found: list[str] = []
    person = arguments[RESIDENT]["login"] if login == RESIDENT else login
    client, done = office.client_of(account_of(person) if person else None), set[tuple[str, str]]()
    with visit(person or None) as (page, faults):
        for name, screen in SCREENS.items():
            if (screen.login or "") != login:
                continue
            address = known[name].address(arguments.get(name, {}))
            assert address, name
            found += outside_the_loop(refusals.all_kept, client, address + screen.query, done, tmp_path)
            found += looked_at(page, address + screen.query, tmp_path / f"{name}.html", status=screen.status)
            found += on_small_screens(page)
            if screen.refused_by:
                keep(press(page, screen.refused_by), tmp_path / f"{name} refused.html")
                found += screens.axe(page)
                if not page.locator(".govuk-error-summary, .st-note--bad").count():
                    found.append(f"{page.url}: nothing says what is wrong")
                if page.locator(".govuk-error-summary").count() > 1:
                    found.append(f"{page.url}: what is wrong is said twice")
            if screen.empty_query is not None:
                found += looked_at(page, address + screen.empty_query, tmp_path / f"{name} empty.html")
        found += violations(page, sorted(tmp_path.glob("* refused.html")), county.address)
    found += markup.complaints(tmp_path)
    assert "\n".join([*found, *faults.all()]) == ""


def looked_at(page: Page, address: str, file: Path, *, status: int = 200) -> list[str]:
    answer = page.goto(address)
    if answer is None or answer.status != status:
        return [f"{address}: {answer.status if answer else 'no answer'}"]
    keep(answer, file)
    return [*screens.axe(page), *unseen_focus(page)]


def on_small_screens(page: Page) -> list[str]:
    excess = screens.sideways(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("scrollTo(0, 0)")  # the keys of the focus before have moved it
    found = screens.axe(page)
    screens.sized(page, 1280, 800)
    return [*found, *([f"{page.url} scrolls sideways by {excess}"] if excess else [])]


def unseen_focus(page: Page) -> list[str]:
    """Elements on which the keyboard's focus cannot be seen."""
    found = []
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if hidden := page.evaluate(WITHOUT_FOCUS):
            found.append(f"{page.url}: no visible focus on {hidden[:120]}")
    return found


def keep(answer: Response, file: Path) -> None:
    """Keep the page as the server sent it, for the checkers of HTML."""
    file.write_bytes(answer.body())
