"""An office in which nothing has happened yet, and one thing of each kind with nothing in it but its name.

What stands in the addresses of the pages that are about one thing, for the tour of empty pages.
"""

from datetime import date, timedelta
from typing import Any

from django.core.signing import dumps
from django.utils.timezone import localdate, now

from starostwo.bulletin.models import PublishingRule, Section
from starostwo.bulletin.services import publishing
from starostwo.citizen import services as citizen
from starostwo.intake.testing import make_due, open_the_cash_box, send
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.portal.models import (
    Article,
    Consultation,
    Councillor,
    Event,
    Interpellation,
    Session,
    Subscriber,
)
from starostwo.portal.queries import phrases
from starostwo.portal.services import articles, newsletter, sites, things
from starostwo.portal.testing import editing, editor, make_article, make_image, text_of
from starostwo.procedures import building
from starostwo.records.services.delivery import open_delivery
from starostwo.signatures.testing import build_keys
from starostwo.visits import testing as visits
from starostwo.visits.models import Ticket
from starostwo.visits.queries.times import free_times
from starostwo.visits.services.booking import Wish, book_own, hold
from starostwo.visits.services.changing import confirm
from starostwo.visits.services.machine import open_machine
from tests.bulletin import makers as bulletin
from tests.bulletin.test_from_case import a_decision
from tests.journeys import screen
from tests.journeys.applications import a_draft, of_several_people
from tests.records.document_makers import make_online_case, make_sent

Arguments = dict[str, dict[str, Any]]
CARD, SITE, NEW_FORM = "pismo-ogolne", "zs1", "nowy-formularz"
EDITOR_RIGHTS = (Right.EDIT_BULLETIN, Right.EDIT_FORMS, Right.HANDLE)


def people() -> dict[str | None, office.Account | None]:
    """Whoever looks at the pages, by the names of the catalogue; nobody under None. The bulletin is out."""
    office.make_office()
    office.starosta()
    publishing.publish(actor="system", now=now(), today=localdate())
    return {
        None: None,
        screen.DESK: office.clerk(),
        screen.WORKER: office.anna(),
        screen.HEAD: office.ewa(),
        screen.COORDINATOR: office.make_staff(
            "i.bielska", "Iga Bielska", unit="OR", rights=(Right.COORDINATE, Right.EDIT_PLAN)
        ),
        screen.EDITOR: office.make_staff("p.cis", "Paulina Cis", unit="OR", rights=EDITOR_RIGHTS),
        screen.PORTAL_EDITOR: editor(),
        screen.SITE_EDITOR: office.make_staff(
            "k.dzwonek", "Klara Dzwonek", unit="OR", rights=(Right.EDIT_SITES,)
        ),
        screen.ADMIN: office.admin(),
        screen.TREASURY: office.make_staff("w.grosz", "Wiesława Grosz", unit="OR", rights=(Right.SETTLE,)),
        screen.TRANSPORT: visits.worker(),
        screen.HEAD_OF_TRANSPORT: visits.head(),
        screen.RESIDENT: office.piotr(),
    }


def things_with_nothing_in_them() -> Arguments:
    """One thing of each kind, and where it stands in the addresses."""
    open_the_cash_box()
    build_keys([])
    return {
        **of_the_bulletin(),
        **of_the_portal(),
        **of_a_site(),
        **of_forms(),
        **of_applications(),
        **of_cases_and_payments(),
        **of_visits(),
    }


def of_the_bulletin() -> Arguments:
    """A section, an information of one line, one that is written and one that waits; nothing attached."""
    section = bulletin.a_section()
    shown = bulletin.published(title="Ogłoszenie", text="Treść.")
    written, waiting = (
        bulletin.a_draft(title="Pierwsze"),
        bulletin.submitted(bulletin.a_draft(title="Drugie")),
    )
    return {
        "bulletin:page": {"address": f"informacja/{shown.pk}/"},
        "bulletin:section": {"section_id": section.pk},
        "bulletin:item": {"item_id": shown.pk},
        "bulletin:draft": {"item_id": written.item_id},
        "bulletin:approving": {"item_id": waiting.item_id},
    }


def of_the_portal() -> Arguments:
    """Texts of one paragraph in one language; a session without votes, a consultation without opinions."""
    news = make_article("Nabór", now=now())
    page = make_article("O powiecie", kind=Article.Kind.PAGE, now=now())
    day = localdate()
    event = made(
        Event, title="Kiermasz", summary="", place="", starts_at=now() + timedelta(days=1), is_shown=True
    )
    asked = made(
        Consultation, title="Park", summary="Jaki?", text="Opis.", report="", is_shown=True,
        opens_on=day - timedelta(days=9), closes_on=day - timedelta(days=2),
    )  # fmt: skip
    session = made(Session, title="I sesja", held_at=now(), place="", agenda="Otwarcie", is_shown=True)
    councillor = made(Councillor, name="Jan Ąs", club="", since=date(2024, 5, 7))
    question = made(
        Interpellation, councillor=councillor, kind="INTERPELACJA", subject="Droga", text="Kiedy?",
        filed_on=day, answer="", is_shown=True,
    )  # fmt: skip
    newsletter.ask("czytelnik@example.pl", now=now())
    key = Subscriber.objects.get().key
    return {
        "portal:news_item": {"slug": news.slug},
        "portal:page": {"slug": page.slug},
        "portal:event": {"slug": event.slug},
        **{f"portal:{name}": {"slug": asked.slug} for name in ("consultation", "opinion_said")},
        "portal:opinions": {"consultation_id": asked.pk},
        "portal:session": {"slug": session.slug},
        "portal:new_vote": {"session_id": session.pk},
        "portal:interpellation": {"interpellation_id": question.pk},
        "portal:confirmation": {"token": dumps(key, salt=newsletter.CONFIRM)},
        "portal:leaving": {"token": dumps(key, salt=newsletter.LEAVE)},
        "portal:thing": {"section": "wydarzenia", "thing_id": event.pk},
        "portal:picture": {"image_id": make_image(now=now()).pk},
        **{f"portal:{name}": {"article_id": news.pk} for name in ("text", "edit_text", "comparison")},
        "portal:version": {"article_id": news.pk, "number": 1},
        "portal:phrase": {"key": phrases.rows(now())[0].key},
        "portal:translation": {"article_id": news.pk, "language": "en"},
    }


def made(model: Any, **values: Any) -> Any:
    """An entry of the portal as an editor would write it."""
    return things.add(model, actor=editing(), values=values, now=now())


def of_a_site() -> Arguments:
    """A unit's site that its editor has not begun to fill, with a bulletin without sections."""
    admin = office.actor(office.admin())
    around = {"name": "Zespół Szkół", "lead": "", "address": "ul. Długa 1", "bip_url": "", "is_open": True,
              "domain": ""}  # fmt: skip
    site = sites.set_up(None, {"slug": SITE, **around}, actor=admin, now=now())
    sites.give_to(site, [office.Account.objects.get(login=screen.SITE_EDITOR).pk], actor=admin, now=now())
    keeper = office.actor(office.Account.objects.get(login=screen.SITE_EDITOR))
    for kind in Article.Kind:
        text = text_of(f"Tekst {kind.label}")
        begun_text = articles.begin(actor=keeper, kind=kind, text=text, now=now(), site=site)
        articles.publish(begun_text.pk, actor=keeper, number=1, now=now())
    sites.renew(site, actor=admin, now=now())
    slug = {kind: Article.objects.get(site=site, kind=kind).slug for kind in Article.Kind}
    in_site, body = {"site": SITE}, {"body": SITE}
    return {
        **{f"portal:site_{name}": in_site for name in ("front", "news", "contact", "declaration")},
        "portal:site_news_item": {**in_site, "slug": slug[Article.Kind.NEWS]},
        "portal:site_news_year": {**in_site, "year": localdate().year},
        "portal:site_page": {**in_site, "slug": slug[Article.Kind.PAGE]},
        **{f"portal:site_{name}": {"slug": SITE} for name in ("data", "library", "declaring")},
        "portal:site_texts": {"slug": SITE, "section": "aktualnosci"},
        "portal:new_site_text": {"slug": SITE, "section": "strony"},
        "bulletin:body_front": in_site,
        "bulletin:body_page": {**in_site, "address": "menu/"},
        "bulletin:body_search": in_site,
        **{
            f"bulletin:body_{name}": body
            for name in ("editing", "new_item", "waiting", "sections", "publications")
        },
    }


def of_forms() -> Arguments:
    """A form that somebody has begun: one empty step."""
    actor = office.actor(office.Account.objects.get(login=screen.EDITOR))
    row = building.begin_form(NEW_FORM, "Nowy formularz", "Krótko", actor=actor, now=now())
    at = {"code": NEW_FORM, "number": row.version}
    step = row.definition["steps"][0]["name"]
    return {
        **{f"procedures:{name}": at for name in ("version", "head", "giving_up", "try_outcome", "phone")},
        "procedures:part": {**at, "place": "steps-0"},
        "procedures:try_step": {**at, "name": step},
        "procedures:card_fees": {"code": CARD},
        "procedures:new_fee": {"code": CARD},
        **{
            f"procedures:{name}": {"code": "prawo-jazdy", "position": 0} for name in ("fee_change", "fee_end")
        },
    }


def of_applications() -> Arguments:
    """Applications in which nothing is answered or added: one's own, a common one, at the counter."""
    piotr = office.piotr()
    office.maria()
    actor, filled, closed = office.actor(piotr), a_draft(piotr), a_draft(piotr)
    empty = citizen.begin(CARD, actor=actor, known={}, now=now(), today=localdate())
    citizen.close(closed, actor=actor, addressee="Starostwo", now=now(), today=localdate())
    receipt = send(account_id=piotr.pk, now=now())
    return {
        "citizen:card": {"code": CARD},
        "citizen:new": {"code": CARD},
        "citizen:opinions": {"code": CARD},
        "citizen:step": {"draft_id": empty.pk, "name": "sprawa"},
        "citizen:attachments": {"draft_id": empty.pk},
        "citizen:discard": {"draft_id": empty.pk},
        "citizen:check": {"draft_id": filled},
        "citizen:signing": {"draft_id": closed},
        "citizen:receipt": {"submission_id": receipt.submission.pk},
        "intake:details": {"submission_id": receipt.submission.pk},
        **of_several_people(piotr),
    }


def of_cases_and_payments() -> Arguments:
    """A case with its first letter alone, a letter to the resident, a receipt, one due."""
    decision, sent = a_decision(), make_sent()
    open_delivery(sent.pk, actor=office.actor(office.piotr()), now=now())
    section = Section.objects.latest("pk")
    PublishingRule.objects.create(
        klass="662",
        kind="informacja",
        section_id=section.pk,
        takes="BOTH",
        made_at=now(),
        made_by=office.anna(),
    )
    due = {"due_id": make_due(office.piotr(), now=now()).pk}
    return {
        "bulletin:case_papers": {"mark": decision.case.mark},
        "bulletin:proposing": {"mark": decision.case.mark, "source": f"dokument-{decision.pk}"},
        "citizen:case": {"reference": make_online_case().mark},
        "citizen:letter": {"dispatch_id": sent.pk},
        "intake:charge": {"mark": decision.case.mark},
        **{f"intake:{name}": due for name in ("due", "due_of_staff", "transfer")},
    }


def of_visits() -> Arguments:
    """A place whose counter has no hours, so that it has no free time; another with one matter."""
    place, other = visits.a_place(week=()), visits.a_place(code="druga")
    machine = {"key": open_machine(place, actor=office.actor(visits.head()), now=now())}
    matter = visits.the_matters()[1]
    times = free_times(other, [matter], now=now())
    first, second, third = times[max(times)][:3]
    wishes = [Wish(other.pk, (matter.code,), one.starts_at) for one in (first, second, third)]
    asked, kept = (
        hold(wish, visits.someone(number), now=now(), mail_is_needed=False).token
        for number, wish in enumerate(wishes[:2])
    )
    booked = book_own(wishes[2], visits.someone(3), actor=office.actor(office.piotr()), now=now())
    ticket = Ticket.objects.create(
        place=place, issued_on=localdate(), kind="WALK_IN", number=1, quota=1, issued_at=now(), matter=matter
    )
    kept = confirm(kept, now=now())
    return {
        **{f"visits:{name}": {"code": place.code} for name in
           ("board", "day", "ticket", "phone", "settings", "special_day", "new_counter", "new_matter")},
        "visits:matter": {"code": matter.code},
        "visits:counter_setup": {"code": place.code, "number": 1},
        "visits:counter": {"counter_id": visits.counter_of(place).pk},
        "visits:machine": machine,
        "visits:machine_ticket": {**machine, "ticket_id": ticket.pk},
        "visits:own_cancellation": {"visit_id": booked.visit.pk},
        "visits:confirmation": {"token": asked},
        **{f"visits:{name}": {"token": kept} for name in ("visit", "cancellation")},
    }  # fmt: skip
