"""Each screen of the office once: who sees it, what it does, what strangers get."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from starostwo.audit import api as audit
from starostwo.office import api, testing
from starostwo.office.models import Account, ApiToken, Holding, Office, Post, Right, SignIn, StandIn
from starostwo.office.services import tokens

pytestmark = pytest.mark.django_db
ADMIN = "/urzad/administracja"
TOMORROW = timezone.localdate() + timedelta(days=1)


def _written(day: date) -> str:
    return f"{day:%d.%m.%Y}"


@pytest.fixture
def admin() -> Client:
    testing.make_office()
    testing.anna(), testing.ewa(), testing.jan()
    return testing.client_of(testing.admin())


def test_the_structure_is_shown_as_it_was_on_a_day(admin: Client) -> None:
    now = admin.get(f"{ADMIN}/struktura/").content.decode()
    before = admin.get(f"{ADMIN}/struktura/", {"dzien": "31.12.2019"}).content.decode()
    nonsense = admin.get(f"{ADMIN}/struktura/", {"dzien": "wczoraj"})

    assert "Wydział Gospodarki Nieruchomościami" in now
    assert "Ewa Lis" in now
    assert "Tego dnia urząd nie miał jeszcze komórek" in before
    assert nonsense.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_structure_takes_the_same_queries_however_many_units(
    admin: Client, count: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(count):
        testing.make_unit(f"X{number}")

    with django_assert_num_queries(7):  # type: ignore[operator]
        admin.get(f"{ADMIN}/struktura/")


def test_a_unit_is_opened_changed_and_closed(admin: Client) -> None:
    form = {"symbol": "ZP", "name": "Zamówienia", "parent": "ST", "on": _written(timezone.localdate())}
    assert admin.post(f"{ADMIN}/nowa-komorka/", form).headers["Location"] == f"{ADMIN}/struktura/ZP/"

    change = {"name": "Zamówienia publiczne", "parent": "OR", "on": _written(TOMORROW)}
    assert admin.post(f"{ADMIN}/struktura/ZP/zmiana/", change).status_code == 302
    found = api.unit("ZP", on=TOMORROW)
    assert found
    assert (found.name, found.parent) == ("Zamówienia publiczne", "OR")

    end = {"ends_on": _written(TOMORROW + timedelta(days=1))}
    assert admin.post(f"{ADMIN}/struktura/ZP/zamkniecie/", end).status_code == 302
    assert api.unit("ZP", on=TOMORROW + timedelta(days=1)) is None


def test_a_symbol_that_is_taken_is_explained_and_nothing_is_lost(admin: Client) -> None:
    form = {"symbol": "GN", "name": "Druga", "parent": "", "on": _written(timezone.localdate())}

    page = admin.post(f"{ADMIN}/nowa-komorka/", form).content.decode()

    assert "Symbol GN ma w tym roku inna komórka" in page
    assert 'value="Druga"' in page


def test_a_post_is_added_taken_left_and_closed(admin: Client) -> None:
    today = timezone.localdate()
    jan = testing.jan()
    post = {"title": "archiwista", "rights": ["ARCHIVE"], "valid_from": _written(today)}
    admin.post(f"{ADMIN}/struktura/OR/nowe-stanowisko/", post)
    made = Post.objects.get(title="archiwista")
    page = admin.get(f"{ADMIN}/struktura/OR/").content.decode()
    assert "prowadzi archiwum zakładowe" in page

    admin.post(f"{ADMIN}/osoby/{jan.pk}/", {"post_id": made.pk, "valid_from": _written(today)})
    assert testing.actor(jan).may(Right.ARCHIVE)

    holding = Holding.objects.get(post=made)
    end = {"ends_on": _written(TOMORROW)}
    admin.post(f"{ADMIN}/osoby/{jan.pk}/stanowiska/{holding.pk}/zwolnienie/", end)
    assert not testing.actor(jan, today=TOMORROW).may(Right.ARCHIVE)

    refused = admin.post(f"{ADMIN}/struktura/OR/stanowiska/{made.pk}/zamkniecie/", follow=True)
    assert "Stanowisko jest zajęte" in refused.content.decode()


def test_a_new_person_gets_a_password_shown_once(admin: Client) -> None:
    form = {"given_name": "Iga", "family_name": "Ryś", "login": "i.rys", "email": "", "phone": ""}

    page = admin.post(f"{ADMIN}/osoby/nowa/", form).content.decode()

    iga = Account.objects.get(login="i.rys")
    assert iga.must_change_password
    password = page.split('<dt>Hasło</dt><dd class="st-mark">')[1].split("<")[0]
    assert iga.check_password(password)
    assert password not in admin.get(f"{ADMIN}/osoby/{iga.pk}/").content.decode()
    again = admin.post(f"{ADMIN}/osoby/nowa/", form).content.decode()
    assert "Login i.rys ma już inna osoba" in again


def test_an_account_is_locked_and_opened_but_not_ones_own(admin: Client) -> None:
    jan, me = testing.jan(), testing.admin()

    admin.post(f"{ADMIN}/osoby/{jan.pk}/blokada/")
    jan.refresh_from_db()
    assert not jan.is_active
    admin.post(f"{ADMIN}/osoby/{jan.pk}/blokada/")
    jan.refresh_from_db()
    assert jan.is_active
    admin.post(f"{ADMIN}/osoby/{me.pk}/blokada/")
    me.refresh_from_db()
    assert me.is_active


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_takes_the_same_queries(
    admin: Client, count: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(count):
        testing.make_staff(f"x{number}", f"Jan Nowy{number}")

    with django_assert_num_queries(7):  # type: ignore[operator]
        page = admin.get(f"{ADMIN}/osoby/").content.decode()

    assert page.count("Nowy") == count


def test_the_list_of_people_is_searched(admin: Client) -> None:
    page = admin.get(f"{ADMIN}/osoby/", {"osoba": "now"}).content.decode()

    assert "Anna Nowak" in page
    assert "Jan Kos" not in page


def test_everybody_sets_and_ends_his_own_absence() -> None:
    anna, ewa = testing.anna(), testing.ewa()
    client = testing.client_of(anna)
    form = {
        "absent_id": anna.pk,
        "deputy_id": ewa.pk,
        "valid_from": _written(timezone.localdate()),
        "last_day": _written(TOMORROW),
        "reason": "urlop",
    }

    assert client.post("/urzad/zastepstwa/", form).status_code == 302
    row = StandIn.objects.get()
    assert row.valid_to == TOMORROW + timedelta(days=1)
    page = client.get("/urzad/zastepstwa/").content.decode()
    assert "trwa" in page
    client.post(f"/urzad/zastepstwa/{row.pk}/zakonczenie/")
    assert not StandIn.objects.exists()


def test_strangers_neither_set_nor_see_nor_end_an_absence() -> None:
    anna, jan = testing.anna(), testing.jan()
    row = testing.make_stand_in(anna, testing.ewa(), since=timezone.localdate(), until=TOMORROW)
    client = testing.client_of(jan)

    page = client.get("/urzad/zastepstwa/").content.decode()
    assert "Nie ma trwających" in page
    form = {"absent_id": anna.pk, "deputy_id": jan.pk, "valid_from": "1.1.2030", "last_day": "2.1.2030"}
    assert client.post("/urzad/zastepstwa/", form).status_code == 422
    assert client.post(f"/urzad/zastepstwa/{row.pk}/zakonczenie/").status_code == 404
    assert StandIn.objects.count() == 1


def test_colleagues_are_looked_up_with_who_is_away() -> None:
    testing.make_stand_in(testing.ewa(), testing.anna(), since=timezone.localdate(), until=TOMORROW)

    answer = testing.client_of(testing.jan()).get("/urzad/osoby/szukaj/", {"q": "lis"}).json()

    note = "GN, naczelniczka wydziału (dziś nieobecność)"
    assert answer == {"hits": [{"value": str(testing.ewa().pk), "label": "Ewa Lis", "note": note}]}


def test_a_token_is_made_shown_once_and_revoked() -> None:
    client = testing.client_of(testing.anna())
    form = {"name": "raport", "scope": ["HANDLE"], "expires_on": _written(TOMORROW)}

    page = client.post("/urzad/konto/nowy-token/", form).content.decode()
    secret = page.split('id="token">')[1].split("<")[0]

    token = ApiToken.objects.get()
    assert token.token_hash == tokens.hash_of(secret)
    assert secret not in client.get("/urzad/konto/").content.decode()
    assert (
        testing.client_of(testing.jan()).post(f"/urzad/konto/tokeny/{token.pk}/odwolanie/").status_code == 404
    )
    client.post(f"/urzad/konto/tokeny/{token.pk}/odwolanie/")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_nobody_ends_anothers_session() -> None:
    anna = testing.anna()
    line = SignIn.objects.create(account=anna, outcome="OK", session_key="x" * 32, at=timezone.now())

    assert (
        testing.client_of(testing.jan()).post(f"/urzad/konto/sesje/{line.pk}/zakonczenie/").status_code == 404
    )
    assert testing.client_of(anna).post(f"/urzad/konto/sesje/{line.pk}/zakonczenie/").status_code == 302
    line.refresh_from_db()
    assert line.ended_at is not None


def test_the_data_protection_officer_reads_the_log_and_that_is_logged_too() -> None:
    anna = testing.anna()
    officer = testing.make_staff("m.tarcza", "Monika Tarcza", title="IOD", rights=[Right.PRIVACY], unit="IOD")
    SignIn.objects.create(account=anna, outcome="BAD_CODE", at=timezone.now())
    audit.record_read(actor=f"account:{anna.pk}", thing="records.party:7", why="sprawa")
    client = testing.client_of(officer)

    assert "zły kod drugiego składnika" in client.get(f"{ADMIN}/logowania/").content.decode()
    assert "Anna Nowak" in client.get(f"{ADMIN}/logowania/", {"osoba": "now"}).content.decode()
    page = client.get(f"{ADMIN}/logowania/{anna.pk}/").content.decode()

    assert "records.party:7" in page
    assert [line.actor for line in audit.last_reads(f"office.account:{anna.pk}")] == [f"account:{officer.pk}"]


@pytest.mark.parametrize("who", ["anna", "ewa", "clerk", "starosta", "piotr", None])
def test_strangers_get_nothing_of_the_administration(who: str | None) -> None:
    jan = testing.jan()
    stranger = testing.client_of(getattr(testing, who)() if who else None)
    before = (Account.objects.count(), Post.objects.count(), Account.objects.get(pk=jan.pk).password)
    pages = [
        f"{ADMIN}/struktura/",
        f"{ADMIN}/nowa-komorka/",
        f"{ADMIN}/struktura/AB/",
        f"{ADMIN}/struktura/AB/zmiana/",
        f"{ADMIN}/struktura/AB/zamkniecie/",
        f"{ADMIN}/struktura/AB/nowe-stanowisko/",
        f"{ADMIN}/struktura/AB/stanowiska/1/zamkniecie/",
        f"{ADMIN}/osoby/",
        f"{ADMIN}/osoby/nowa/",
        f"{ADMIN}/osoby/{jan.pk}/",
        f"{ADMIN}/osoby/{jan.pk}/blokada/",
        f"{ADMIN}/osoby/{jan.pk}/haslo/",
        f"{ADMIN}/osoby/{jan.pk}/drugi-skladnik/",
        f"{ADMIN}/osoby/{jan.pk}/stanowiska/1/zwolnienie/",
        f"{ADMIN}/logowania/",
        f"{ADMIN}/logowania/{jan.pk}/",
    ]
    expected = 404 if who else 302

    assert {page: stranger.get(page).status_code for page in pages} == dict.fromkeys(pages, expected)
    assert {page: stranger.post(page).status_code for page in pages} == dict.fromkeys(pages, expected)
    assert before == (
        Account.objects.count(),
        Post.objects.count(),
        Account.objects.get(pk=jan.pk).password,
    )


WRITTEN = {"esp_address": "/starostwo/skrytka", "phone": "42 1", "email": "", "web_address": ""}


def test_the_administrator_writes_the_addresses_of_the_office_down(admin: Client) -> None:
    answer = admin.post(f"{ADMIN}/adresy/", WRITTEN | {"delivery_address": "ae:pl-12345-67890-abcde-12 "})

    assert answer.status_code == 302
    found = api.office()
    assert found is not None
    assert (found.delivery_address, found.esp_address) == ("AE:PL-12345-67890-ABCDE-12", "/starostwo/skrytka")
    assert audit.history("office.office:1")[-1].payload["delivery_address"] == "AE:PL-12345-67890-ABCDE-12"


@pytest.mark.parametrize(
    "typed",
    ["12345", "AE:PL-12345-67890-12345-12", "AE:DE-12345-67890-ABCDE-12", "AE:PL-1234-67890-ABCDE-12"],
)
def test_an_address_of_another_form_is_refused_and_stays_typed(admin: Client, typed: str) -> None:
    answer = admin.post(f"{ADMIN}/adresy/", WRITTEN | {"delivery_address": typed})

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert "To nie jest adres do doręczeń elektronicznych" in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.update(delivery_address=typed)


def test_only_the_administrator_keeps_the_addresses(admin: Client) -> None:
    assert testing.client_of(testing.anna()).get(f"{ADMIN}/adresy/").status_code == 404
