"""Accounts through the services: who may, what ends, what is noted."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from starostwo.audit import api as audit
from starostwo.office import actor as actors
from starostwo.office import demonstration, testing
from starostwo.office.models import Account, Passkey, RecoveryCode, SecondFactor, SignIn, TryWindow
from starostwo.office.services import accounts, passkeys, second_factor
from starostwo.office.services.refusal import NotAllowed
from starostwo.office.services.sign_in import TooManyTries, Visitor
from starostwo.office.tasks import forget_what_is_over

pytestmark = pytest.mark.django_db
HERE = Visitor("127.0.0.1")


@pytest.mark.parametrize("who", ["anna", "ewa", "starosta", "piotr"])
def test_only_an_administrator_touches_accounts(who: str) -> None:
    testing.make_office()
    jan, by, now = testing.jan(), testing.actor(getattr(testing, who)()), timezone.now()
    demonstration.let_everybody_in([jan], now=now)
    before = Account.objects.get(pk=jan.pk)
    attempts = [
        lambda: accounts.open_staff_account(by, login="x", given_name="X", family_name="Y"),
        lambda: accounts.lock_account(by, account_id=jan.pk, now=now),
        lambda: accounts.unlock_account(by, account_id=jan.pk),
        lambda: accounts.give_new_password(by, account_id=jan.pk, now=now),
        lambda: second_factor.remove_factor(by, account_id=jan.pk),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    after = Account.objects.get(pk=jan.pk)
    assert (after.is_active, after.password) == (before.is_active, before.password)
    assert SecondFactor.objects.count() == 1
    assert audit.history(f"office.account:{jan.pk}") == []


def test_a_resident_gets_no_password() -> None:
    piotr = testing.piotr()

    with pytest.raises(NotAllowed):
        accounts.give_new_password(actors.system(), account_id=piotr.pk, now=timezone.now())
    with pytest.raises(NotAllowed):
        second_factor.remove_factor(actors.system(), account_id=piotr.pk)


def test_a_login_is_written_in_small_letters() -> None:
    with pytest.raises(accounts.CannotOpenAccount, match="małymi literami"):
        accounts.open_staff_account(actors.system(), login="A.Nowak", given_name="A", family_name="N")
    assert not Account.objects.exists()


def test_a_new_password_ends_sessions_and_is_for_one_log_in() -> None:
    jan = testing.jan()
    client = testing.client_of(jan)
    SignIn.objects.create(
        account=jan, outcome="OK", session_key=client.session.session_key, at=timezone.now()
    )

    password = accounts.give_new_password(actors.system(), account_id=jan.pk, now=timezone.now())

    jan.refresh_from_db()
    assert jan.check_password(password)
    assert jan.must_change_password
    assert client.get("/urzad/konto/").status_code == 302
    assert SignIn.objects.get().ended_at is not None
    assert password not in str(audit.history(f"office.account:{jan.pk}"))


def test_changing_ones_own_password_keeps_this_session_and_ends_the_others() -> None:
    testing.make_office()
    anna = testing.anna()
    demonstration.let_everybody_in([anna], now=timezone.now())
    anna.refresh_from_db()
    here, elsewhere = testing.client_of(anna), testing.client_of(anna)
    for client in (here, elsewhere):
        SignIn.objects.create(
            account=anna, outcome="OK", session_key=client.session.session_key, at=timezone.now()
        )
    new = "cztery ciche jeże w trawie"
    form = {"current": demonstration.PASSWORD, "password": new, "repeated": new}

    wrong = here.post("/urzad/konto/haslo/", {**form, "current": "zgaduję"}).content.decode()
    assert "Login lub hasło jest nieprawidłowe" in wrong
    assert here.post("/urzad/konto/haslo/", form).status_code == 302

    assert "ta sesja" in here.get("/urzad/konto/").content.decode()
    assert elsewhere.get("/urzad/konto/").status_code == 302
    assert SignIn.objects.filter(outcome="OK", ended_at=None).count() == 1


def test_new_recovery_codes_need_one_more_proof() -> None:
    testing.make_office()
    anna = testing.anna()
    demonstration.let_everybody_in([anna], now=timezone.now())
    anna.refresh_from_db()
    client = testing.client_of(anna)

    refused = client.post("/urzad/konto/kody-zapasowe/", {"code": "000000"}).content.decode()
    assert "nieprawidłowy" in refused
    assert not RecoveryCode.objects.exists()
    code = second_factor.code_for_demonstration(anna, now=timezone.now())
    client.post("/urzad/konto/kody-zapasowe/", {"code": code})
    assert RecoveryCode.objects.filter(account=anna).count() == 10


def test_a_lost_second_factor_is_taken_away_whole() -> None:
    testing.make_office()
    jan = testing.jan()
    demonstration.let_everybody_in([jan], now=timezone.now())
    second_factor.renew_recovery_codes(jan)
    Passkey.objects.create(
        account=jan, name="telefon", credential_id=b"1", credential=b"2", added_at=timezone.now()
    )

    second_factor.remove_factor(actors.system(), account_id=jan.pk)

    assert [table.objects.count() for table in (SecondFactor, RecoveryCode, Passkey)] == [0, 0, 0]


def test_contact_data_are_changed_and_noted_by_field_without_content() -> None:
    piotr = testing.piotr()

    accounts.change_contact(piotr, email="nowy@example.pl", phone="600 100 200", town="Zgierz")

    line = audit.history(f"office.account:{piotr.pk}")[-1]
    assert line.payload == {"fields": ["building", "email", "phone", "postcode", "street"]}
    assert "nowy@example.pl" not in str(line)


def test_what_is_no_passkey_opens_nothing_and_tries_are_counted() -> None:
    _, state = passkeys.begin_sign_in()
    for answer in ({}, {"id": "x"}, {"rawId": 7}):
        with pytest.raises(passkeys.PasskeyNotTaken):
            passkeys.check_passkey(answer=answer, state=state, visitor=HERE, now=timezone.now())
    TryWindow.objects.update(tries=100)

    with pytest.raises(TooManyTries):
        passkeys.check_passkey(answer={}, state=state, visitor=HERE, now=timezone.now())


def test_a_passkey_is_removed_by_its_owner_alone() -> None:
    anna = testing.anna()
    passkey = Passkey.objects.create(
        account=anna, name="telefon", credential_id=b"1", credential=b"2", added_at=timezone.now()
    )

    assert (
        testing.client_of(testing.jan()).post(f"/urzad/konto/klucze/{passkey.pk}/usuniecie/").status_code
        == 404
    )
    assert testing.client_of(anna).post(f"/urzad/konto/klucze/{passkey.pk}/usuniecie/").status_code == 302
    assert not Passkey.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "{", '{"credential": 7}'])
def test_nonsense_sent_for_a_passkey_is_refused_in_words(body: str) -> None:
    client = testing.client_of(testing.anna())
    client.post("/urzad/konto/klucze/")

    for address in ("/urzad/konto/klucze/odpowiedz/", "/urzad/logowanie/klucz/odpowiedz/"):
        answer = client.post(address, body, content_type="application/json")
        assert answer.status_code == 400
        assert answer.json() == {
            "detail": "Klucz dostępu nie pasuje. Proszę spróbować jeszcze raz albo użyć hasła."
        }


def test_the_night_throws_away_what_is_over() -> None:
    testing.client_of(testing.anna())
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=1))
    TryWindow.objects.create(key="a", tries=1, ends_at=timezone.now() - timedelta(hours=1))

    forget_what_is_over(0)

    assert (Session.objects.count(), TryWindow.objects.count()) == (0, 0)
