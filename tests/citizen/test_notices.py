"""A resident chooses how he is told that something waits, and confirms the number for SMS."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from starostwo.audit import api as audit
from starostwo.channels.models import Mail, TextMessage
from starostwo.citizen import leaving
from starostwo.office import testing as office
from starostwo.office.models import NoticeChoice, NoticeNumber
from starostwo.office.residents import (
    CodeIsOver,
    CodeIsWrong,
    Event,
    NumberIsMissing,
    Ways,
    ask_number,
    choose_notices,
    confirm_number,
    reach,
)
from starostwo.office.services.refusal import NotAllowed
from starostwo.records.models import Party
from starostwo.records.services.cases import close_case
from starostwo.records.services.message_notices import TOLD, tell
from tests.records.document_makers import make_online_case

pytestmark = pytest.mark.django_db
NOTICES = "/eboi/konto/powiadomienia/"
NUMBER, CODE = f"{NOTICES}numer/", f"{NOTICES}numer/kod/"


@pytest.fixture
def piotr() -> Client:
    office.make_office()
    return office.client_of(office.piotr())


def with_number(number: str = "+48600100200") -> None:
    me = office.actor(office.piotr())
    confirm_number(me, ask_number(me, number, now=now()), now=now())


def test_a_number_is_confirmed_by_the_code_of_its_sms(piotr: Client) -> None:
    assert piotr.post(NUMBER, {"numer": "600 100 200"}).headers["Location"] == CODE

    [text] = TextMessage.objects.all()
    assert (text.to, text.is_secret) == ("+48600100200", True)
    [code] = re.findall(r"\d{6}", text.body)
    assert "+48600100200" in piotr.get(CODE).content.decode()
    answer = piotr.post(CODE, {"kod": f"{code[:3]} {code[3:]}"}, follow=True)
    assert "Numer jest potwierdzony" in answer.content.decode()
    row = NoticeNumber.objects.get()
    assert (row.number, row.asked_number, row.code_hash) == ("+48600100200", "", "")
    assert code not in NoticeNumber.objects.values_list("code_hash", flat=True)


def test_a_wrong_code_is_counted_and_the_sixth_try_is_over_even_when_right(piotr: Client) -> None:
    me = office.actor(office.piotr())
    code = ask_number(me, "+48600100200", now=now())
    wrong = "000000" if code != "000000" else "111111"

    lefts = []
    for _ in range(5):
        with pytest.raises(CodeIsWrong) as refusal:
            confirm_number(me, wrong, now=now())
        lefts.append(refusal.value.left)
    assert lefts == [4, 3, 2, 1, 0]
    with pytest.raises(CodeIsOver):
        confirm_number(me, code, now=now())
    assert "już nie działa" in piotr.post(CODE, {"kod": code}).content.decode()
    assert NoticeNumber.objects.get().number == ""


def test_a_code_holds_ten_minutes_and_for_the_number_that_was_asked_last(piotr: Client) -> None:
    me = office.actor(office.piotr())
    first = ask_number(me, "+48600100200", now=now())
    with pytest.raises(CodeIsOver):
        confirm_number(me, first, now=now() + timedelta(minutes=10, seconds=1))

    second = ask_number(me, "+48600100300", now=now())
    if first != second:
        with pytest.raises(CodeIsWrong):
            confirm_number(me, first, now=now())
    confirm_number(me, second, now=now())
    assert NoticeNumber.objects.get().number == "+48600100300"


def test_few_codes_are_sent_to_a_person_and_to_a_number(piotr: Client) -> None:
    answers = [piotr.post(NUMBER, {"numer": "600 100 200"}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]

    maria = office.client_of(office.maria())
    answers = [maria.post(NUMBER, {"numer": "600 100 200"}).status_code for _ in range(3)]
    assert answers == [302, 302, 429]
    assert TextMessage.objects.count() == 5


@pytest.mark.parametrize("typed", ["", "112", "42 714 00 00", "nie mam"])
def test_what_takes_no_sms_is_explained_and_kept(piotr: Client, typed: str) -> None:
    answer = piotr.post(NUMBER, {"numer": typed})

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode() or not typed
    assert not TextMessage.objects.exists()


def test_ways_are_chosen_event_by_event(piotr: Client) -> None:
    with_number()
    chosen = {
        "LETTER": ["sms"],
        "MESSAGE": ["sms"],
        "STATUS": [],
        "VISIT": ["email", "sms"],
        "PAYMENT": ["email"],
    }

    assert piotr.post(NOTICES, chosen).status_code == 302
    mail, phone = office.piotr().email, "+48600100200"
    found = {event: reach(office.piotr().pk, event) for event in Event}
    assert {event.value: (each.email, each.phone) for event, each in found.items()} == {
        "LETTER": (mail, phone),
        "MESSAGE": ("", phone),
        "STATUS": ("", ""),
        "VISIT": (mail, phone),
        "PAYMENT": (mail, ""),
    }


@pytest.mark.law("k.p.a. art. 46")
def test_the_notice_of_a_letter_cannot_be_switched_off(piotr: Client) -> None:
    page = piotr.get(NOTICES).content.decode()
    assert "wysyłamy zawsze" not in page  # no number: there is nothing to choose about letters
    choose_notices(office.actor(office.piotr()), {Event.LETTER: Ways(False, False)}, now=now())

    assert reach(office.piotr().pk, Event.LETTER).email == office.piotr().email
    with pytest.raises(IntegrityError, match="letters_are_always_announced"), transaction.atomic():
        NoticeChoice.objects.filter(event="LETTER").update(by_email=False)
    with_number()
    assert "wysyłamy zawsze" in piotr.get(NOTICES).content.decode()


def test_without_a_confirmed_number_no_sms_is_chosen(piotr: Client) -> None:
    with pytest.raises(NumberIsMissing):
        choose_notices(office.actor(office.piotr()), {Event.STATUS: Ways(True, True)}, now=now())

    piotr.post(NOTICES, {"STATUS": ["email", "sms"]})
    assert reach(office.piotr().pk, Event.STATUS).phone == ""


def test_who_drops_his_number_gets_no_more_sms_and_who_leaves_is_forgotten(piotr: Client) -> None:
    with_number()
    piotr.post(NOTICES, {"MESSAGE": ["email", "sms"]})
    assert piotr.post(f"{NOTICES}numer/usuniecie/").status_code == 302
    assert (NoticeNumber.objects.count(), NoticeChoice.objects.filter(by_text=True).count()) == (0, 0)

    with_number()
    leaving.leave(office.actor(office.piotr()), now=now())
    assert (NoticeNumber.objects.count(), NoticeChoice.objects.count()) == (0, 0)


def test_a_member_of_staff_has_no_such_choices(piotr: Client) -> None:
    with pytest.raises(NotAllowed):
        ask_number(office.actor(office.anna()), "+48600100200", now=now())


@pytest.mark.parametrize("event", list(TOLD))
def test_no_notice_names_the_matter_or_the_mark_of_the_case(piotr: Client, event: Event) -> None:
    case = make_online_case()
    with_number()
    every = {each: Ways(True, True) for each in Event}
    choose_notices(office.actor(office.piotr()), every, now=now())
    Mail.objects.all().delete()
    tell(Party.objects.get(account=office.piotr()), event)

    [mail], [text] = Mail.objects.all(), TextMessage.objects.all()
    told = f"{mail.subject} {mail.body} {text.body}"
    for secret in (case.mark, case.klass, case.title, office.piotr().family_name):
        assert secret not in told
    assert len(text.body) <= 160
    assert text.body.isascii()


@pytest.mark.parametrize(
    ("language", "subject", "sms"),
    [
        ("pl", "Nowe pismo na Twoim koncie w urzędzie", "czeka pismo. Zaloguj sie na swoje konto"),
        ("en", "A new letter in your account at the office", "A letter is waiting"),
        ("uk", "Новий лист у вашому обліковому записі в установі", "Увійдіть до свого облікового запису"),
    ],
)
def test_a_letter_is_announced_in_the_language_of_the_account(
    piotr: Client, language: str, subject: str, sms: str
) -> None:
    make_online_case()
    with_number()
    every = {each: Ways(True, True) for each in Event}
    choose_notices(office.actor(office.piotr()), every, now=now(), language=language)
    Mail.objects.all().delete()
    tell(Party.objects.get(account=office.piotr()), Event.LETTER)

    assert Mail.objects.get().subject == subject
    assert sms in TextMessage.objects.get().body


def test_the_code_comes_in_the_language_of_the_page(piotr: Client) -> None:
    assert piotr.post(f"/uk{NUMBER}", {"numer": "600 100 200"}).status_code == 302
    assert "підтверджує цей номер" in TextMessage.objects.get().body


def test_the_parties_hear_that_a_case_began_and_ended_as_they_chose(piotr: Client) -> None:
    case = make_online_case()
    subject = TOLD[Event.STATUS][0]
    assert Mail.objects.filter(subject=subject).count() == 1

    choose_notices(office.actor(office.piotr()), {Event.STATUS: Ways(False, False)}, now=now())
    close_case(case.pk, actor=office.actor(office.anna()), today=case.opened_on, now=now())
    assert Mail.objects.filter(subject=subject).count() == 1


def test_the_page_asks_the_database_little_and_the_history_names_no_number(
    piotr: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with_number()
    piotr.get(NOTICES)
    with django_assert_num_queries(9):
        piotr.get(NOTICES)
    lines = audit.history(f"office.account:{office.piotr().pk}")
    assert "confirm_number" in [line.verb for line in lines]
    assert "600100200" not in str([line.payload for line in lines])


def test_without_a_gateway_the_page_says_so(piotr: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Podaj numer do SMS-ów" in piotr.get(NOTICES).content.decode()
    monkeypatch.setattr(settings, "SMS_URL", "")
    assert "nie wysyła teraz SMS-ów" in piotr.get(NOTICES).content.decode()
