"""A payer is told of a new due and of its term by the ways and in the language that he chose, each once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.utils.timezone import localdate, now

from starostwo.audit import api as audit
from starostwo.channels.models import Mail, TextMessage
from starostwo.intake.models import Due, DueNotice
from starostwo.intake.rules.payment_terms import Told, pay_by, to_tell
from starostwo.intake.services import settling
from starostwo.intake.services.charging import Line, Payer, charge, charge_in_case
from starostwo.intake.services.due_notices import remind_of_dues
from starostwo.intake.tasks import remind_payers
from starostwo.intake.testing import make_due, open_the_box, open_the_cash_box, send
from starostwo.office import testing as office
from starostwo.office.residents import Event, Ways, ask_number, choose_notices, confirm_number
from tests.intake.paying import NOW, TODAY, begun, transferred
from tests.records.document_makers import make_online_case

TERM = date(2026, 12, 7)
NOTICES = "/eboi/konto/powiadomienia/"


# When


@pytest.mark.law("k.p.a. art. 261 par. 1")
@pytest.mark.parametrize(
    ("asked", "until", "why"),
    [
        (date(2026, 11, 23), date(2026, 12, 7), "the day itself is not counted"),
        (date(2026, 12, 11), date(2026, 12, 28), "the 25th is Christmas, the 26th too, the 27th a Sunday"),
        (date(2026, 11, 28), date(2026, 12, 14), "a Saturday goes on to Monday"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_until_when_one_pays(asked: date, until: date, why: str) -> None:
    assert pay_by(asked) == until, why


@pytest.mark.parametrize(
    ("days", "told", "wanted"),
    [
        (-4, [], None),
        (-3, ["NEW"], Told.BEFORE),
        (0, ["NEW"], Told.BEFORE),
        (0, ["NEW", "BEFORE"], None),
        (1, ["NEW"], None),
        (2, [], None),
        (3, ["NEW", "BEFORE"], Told.AFTER),
        (30, [], Told.AFTER),
        (30, ["AFTER"], None),
        (31, [], None),
    ],
    ids=str,
)
def test_what_is_told_on_a_day(days: int, told: list[str], wanted: Told | None) -> None:
    assert to_tell(TERM, today=TERM + timedelta(days=days), told=told) == wanted


# To whom


def asked_of(account: office.Account | None, *, at: datetime = NOW) -> Due:
    """A due that a clerk counted in a case of Piotr."""
    case = make_online_case()
    Mail.objects.all().delete()
    payer = Payer(account.pk, account.name) if account else Payer(None, "Ktoś")
    return charge_in_case(
        case.mark, actor=office.actor(office.anna()), kind="COUNTY", line=Line("mapa", 5000, "cennik"),
        payer=payer, today=localdate(at), now=at,
    )  # fmt: skip


@pytest.fixture
def piotr(db: None) -> Client:
    open_the_cash_box()
    return office.client_of(office.piotr())


def reminded(days: int) -> int:
    return remind_of_dues(today=TERM + timedelta(days=days), now=NOW + timedelta(days=14 + days))


def kinds() -> list[str]:
    return list(DueNotice.objects.order_by("pk").values_list("kind", flat=True))


def test_a_new_due_of_a_case_is_told_at_once_and_its_term_stands_on_the_page(piotr: Client) -> None:
    due = asked_of(office.piotr())

    [mail] = Mail.objects.all()
    assert (mail.to, mail.subject) == (office.piotr().email, "Nowa opłata na Twoim koncie w urzędzie")
    assert (due.pay_by, kinds()) == (TERM, ["NEW"])
    page = piotr.get(f"/eboi/oplaty/{due.pk}/").content.decode()
    assert "Zapłać do 7 grudnia 2026" in page
    assert "termin 7 grudnia 2026" in piotr.get("/eboi/oplaty/").content.decode()
    assert "tell" in [line.verb for line in audit.history(str(due))]


def test_what_was_not_sent_yet_is_asked_of_nobody_and_what_was_sent_is_told(piotr: Client) -> None:
    open_the_box()
    due = make_due(office.piotr())
    assert (due.pay_by, Mail.objects.count(), reminded(0)) == (None, 0, 0)

    submission = send(account_id=office.piotr().pk).submission
    Mail.objects.all().delete()
    payer = Payer(office.piotr().pk, "Piotr Wrona")
    [due] = charge(due.application or due.pk, card_code="prawo-jazdy", answers={}, payer=payer, now=NOW,
                   submission=submission)  # fmt: skip

    assert (due.pay_by, Mail.objects.count(), kinds()) == (TERM, 1, ["NEW"])


def test_before_and_after_the_term_each_is_told_once_whatever_the_worker_does(piotr: Client) -> None:
    asked_of(office.piotr())

    told = [reminded(days) for days in (-4, -3, -3, -1, 0, 2, 3, 3, 20, 40)]
    assert told == [0, 1, 0, 0, 0, 0, 1, 0, 0, 0]
    assert kinds() == ["NEW", "BEFORE", "AFTER"]
    subjects = list(Mail.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects[1:] == ["Zbliża się termin opłaty w urzędzie", "Minął termin opłaty w urzędzie"]


def test_the_worker_runs_it_by_its_own_clock(piotr: Client) -> None:
    asked_of(office.piotr(), at=now() - timedelta(days=24))
    remind_payers(timestamp=0)
    remind_payers(timestamp=0)
    assert kinds() == ["NEW", "AFTER"]


@pytest.mark.parametrize("how", ["paid", "declared", "at the operator", "waived", "nobody", "closed account"])
def test_who_has_nothing_to_do_is_told_nothing(piotr: Client, how: str) -> None:
    due = asked_of(None if how == "nobody" else office.piotr())
    me = office.actor(office.piotr())
    if how == "paid":
        transferred(due, due.amount)
    elif how == "declared":
        settling.declare(due.pk, actor=me, today=TODAY, now=NOW)
    elif how == "at the operator":
        begun(due, me)
    elif how == "waived":
        Due.objects.filter(pk=due.pk).update(
            state="WAIVED", lifted="WAIVED", lifted_at=NOW, lifted_reason="x", lifted_by=office.anna()
        )
    elif how == "closed account":
        office.Account.objects.filter(pk=office.piotr().pk).update(is_active=False)
    Mail.objects.all().delete()

    reminded(-3)
    assert (Mail.objects.count(), TextMessage.objects.count()) == (0, 0)


def test_the_choices_of_the_payer_hold(piotr: Client) -> None:
    me = office.actor(office.piotr())
    confirm_number(me, ask_number(me, "+48600100200", now=now()), now=now())
    choose_notices(me, {Event.PAYMENT: Ways(by_email=False, by_text=True)}, now=now())

    due = asked_of(office.piotr())
    [text] = TextMessage.objects.all()
    assert (text.to, Mail.objects.count()) == ("+48600100200", 0)
    case = due.case
    assert case is not None
    for secret in (case.mark, "mapa", "50", "Wrona"):
        assert secret not in text.body
    choose_notices(me, {Event.PAYMENT: Ways(by_email=False, by_text=False)}, now=now())
    assert reminded(0) == 1  # it is noted, so that nothing is told late when he changes his mind
    assert TextMessage.objects.count() == 1
    assert DueNotice.objects.get(kind="BEFORE").was_reached is False


def test_the_database_holds_that_nothing_is_told_twice_and_a_term_stays(piotr: Client) -> None:
    due = asked_of(office.piotr())

    with pytest.raises(IntegrityError, match="one_notice_of_a_kind"), transaction.atomic():
        DueNotice.objects.create(due=due, kind="NEW", told_at=NOW, was_reached=True)
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        Due.objects.filter(pk=due.pk).update(pay_by=TERM + timedelta(days=1))
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        DueNotice.objects.filter(due=due).delete()


# In which language


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("", "Nowa opłata na Twoim koncie w urzędzie", "Zaloguj się"),
        ("pl", "Nowa opłata na Twoim koncie w urzędzie", "Zaloguj się"),
        ("en", "A new fee in your account at the office", "Sign in"),
        ("uk", "Нова оплата у вашому обліковому записі в установі", "Увійдіть"),
    ],
)
def test_it_is_told_in_the_language_of_the_account(
    piotr: Client, language: str, subject: str, words: str
) -> None:
    answer = piotr.post(f"/en{NOTICES}", {"PAYMENT": ["email"], "jezyk": language})
    assert answer.status_code == 302
    asked_of(office.piotr())

    [mail] = Mail.objects.all()
    assert mail.subject == subject
    assert words in mail.body


def test_the_page_offers_the_language_of_the_page_until_one_is_chosen(piotr: Client) -> None:
    def marked(address: str) -> str:
        answer: Any = piotr.get(address)
        return str(answer.context["form"]["jezyk"].value())

    assert (marked(NOTICES), marked(f"/uk{NOTICES}")) == ("pl", "uk")
    piotr.post(NOTICES, {"PAYMENT": ["email"], "jezyk": "en"})
    assert marked(f"/uk{NOTICES}") == "en"
    assert piotr.post(NOTICES, {"jezyk": "de"}).status_code == 422
