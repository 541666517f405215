"""The screens of the books: who sees them, how many queries they take, what is typed and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Counterparty, Draft, FiscalYear, Period, Settlement, Voucher
from starostwo.office import testing as office
from starostwo.office.api import Right

BOOKS = "/urzad/ksiegi/"
pytestmark = pytest.mark.django_db
Counting = Callable[..., Any]


@pytest.fixture
def year() -> FiscalYear:
    office.make_office()
    return ledger.make_year(year=localdate().year)


def client(login: str) -> Client:
    return office.client_of(office.Account.objects.get(login=login))


@pytest.fixture
def accountant(year: FiscalYear) -> Client:
    ledger.accountant()
    return client("k.saldo")


@pytest.fixture
def chief(year: FiscalYear) -> Client:
    ledger.chief()
    return client("h.bilans")


def today() -> str:
    return f"{localdate():%d.%m.%Y}"


def post_one(year: FiscalYear, times: int = 1) -> list[int]:
    day = localdate()
    notes = [
        ledger.voucher(ledger.note(year).entries, month=day.month, issued_on=day, operation_on=day)
        for _ in range(times)
    ]
    return [posted.id for posted in ledger.posted(year, *notes)]


SEEN = [
    ("ksiegi", "", 6),
    ("rok", "{year}/", 8),
    ("dowody", "{year}/dowody/", 8),
    ("obroty", "{year}/obroty-i-salda/", 7),
    ("plan kont", "{year}/plan-kont/", 7),
    ("robocze", "{year}/dowody-robocze/", 8),
    ("sprawdzenie", "{year}/sprawdzenie/", 9),
    ("słowniki", "slowniki/", 6),
    ("kontrahenci", "kontrahenci/", 6),
]


@pytest.mark.parametrize(("what", "address", "queries"), SEEN, ids=[what for what, *_ in SEEN])
def test_a_screen_takes_the_same_queries_for_one_voucher_and_for_many(
    year: FiscalYear,
    accountant: Client,
    django_assert_num_queries: Counting,
    what: str,
    address: str,
    queries: int,
) -> None:
    at = BOOKS + address.format(year=year.pk)
    post_one(year)
    with django_assert_num_queries(queries):
        assert accountant.get(at).status_code == 200
    post_one(year, times=5)
    with django_assert_num_queries(queries):
        assert accountant.get(at).status_code == 200


@pytest.mark.parametrize("login", ["nobody", "a.nowak", "piotr", "other"])
def test_strangers_find_nothing(year: FiscalYear, accountant: Client, login: str) -> None:
    [voucher] = post_one(year)
    draft = _begin(accountant, year)
    people = {
        "nobody": None, "a.nowak": office.anna(), "piotr": office.piotr(),
        "other": office.make_staff("o.inny", "Olga Inna", unit="PCPR", rights=[Right.KEEP_BOOKS]),
    }  # fmt: skip
    stranger = office.client_of(people[login])
    account = ledger.account(year, "401")

    of_year = [f"{year.pk}/{rest}" for rest in ("", "dowody/", "podpowiedzi/konta/?q=401", "sprawdzenie/")]
    for rest in (*of_year, f"dowody/{voucher}/", f"konta/{account}/", f"dowody-robocze/{draft}/"):
        answer = stranger.get(BOOKS + rest)
        assert answer.status_code in ({302} if login == "nobody" else {404}), rest
    if login == "other":
        assert "Nie ma jeszcze żadnej księgi" in stranger.get(BOOKS).content.decode()


def _begin(client: Client, year: FiscalYear, code: str = "PK") -> int:
    answer = client.post(f"{BOOKS}{year.pk}/dowody-robocze/{code}/nowy/")
    assert answer.status_code == 302
    return int(answer["Location"].rstrip("/").rsplit("/", 1)[1])


def _typed(*lines: dict[str, str], **header: str) -> dict[str, str]:
    said = {
        "version": "1", "count": str(len(lines)), "kind": "PK", "text": "Zakup papieru", "month": "",
        "issued_on": today(), "operation_on": today(), "external_number": "FV 7", "document": "",
    } | header  # fmt: skip
    return said | {f"{name}-{n}": value for n, line in enumerate(lines, 1) for name, value in line.items()}


def test_a_voucher_is_typed_and_posted(year: FiscalYear, accountant: Client) -> None:
    party = ledger.supplier()
    draft = _begin(accountant, year, "FZ")
    typed = _typed(
        {"account": "401", "position": "75020 4210", "debit": "1 230,5"},
        {"account": "201", "position": "750.75020.4210", "party": party.nip, "settled": "FV 7",
         "due": "24.12", "credit": "1230.50"},
        kind="FZ",
    )  # fmt: skip

    answer = accountant.post(f"{BOOKS}dowody-robocze/{draft}/", typed | {"post": "1"})

    row = Voucher.objects.get()
    assert answer["Location"] == f"{BOOKS}dowody/{row.pk}/"
    assert (row.total, row.kind, row.external_number, row.month) == (1230_50, "FZ", "FV 7", localdate().month)
    debt = Settlement.objects.select_related("sum").get()
    assert (debt.document_number, debt.side, debt.sum.credit, debt.due_on.day) == (
        "FV 7",
        "PAYABLE",
        1230_50,
        24,
    )
    assert not Draft.objects.exists()
    page = accountant.get(answer["Location"]).content.decode()
    assert "Krystyna Saldo" in page
    assert "750.75020.4210" in page


WRONG = [
    ("no text", {"text": ""}, {}, "Wpisz treść dowodu."),
    ("no day", {"operation_on": "wczoraj"}, {}, "Podaj datę operacji"),
    ("unknown account", {}, {"account": "999-9"}, "Nie ma konta „999-9”."),
    ("an account that sums up", {}, {"account": "130"}, "Na koncie 130 się nie księguje."),
    ("no position", {}, {"account": "130-2", "position": ""}, "Konto 130-2 wymaga klasyfikacji"),
    ("a chapter of another division", {}, {"position": "600.75020.4210"}, "Klasyfikacja to dział, rozdział"),
    ("unknown paragraph", {}, {"position": "750.75020.4999"}, "W słowniku tego roku nie ma 750.75020.4999"),
    ("no amount", {}, {"debit": ""}, "Podaj kwotę po jednej stronie"),
    ("words for an amount", {}, {"debit": "sto"}, "Podaj kwotę, na przykład 1234,50."),
    ("does not balance", {}, {"debit": "99"}, "Strona Ma jest większa niż Wn o 1,00 zł."),
    ("no counterparty", {}, {"account": "201", "party": ""}, "Konto 201 wymaga kontrahenta."),
    ("an unknown NIP", {}, {"party": "1234567890"}, "Wybierz kontrahenta z podpowiedzi"),
    ("above the plan", {}, {"account": "130-2"}, "Wydatek przekroczyłby plan pozycji W.750.75020.4210"),
    ("committed above it", {}, {"account": "998", "debit": "", "credit": "5"}, "podpisana zgoda skarbnika"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "header", "line", "said"), WRONG, ids=[why for why, *_ in WRONG])
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    year: FiscalYear, accountant: Client, why: str, header: dict[str, str], line: dict[str, str], said: str
) -> None:
    draft = _begin(accountant, year)
    first = {"account": "401", "position": "750.75020.4210", "debit": "100", "text": "", "party": ""} | line
    typed = _typed(
        first, {"account": "800", "credit": "100" if line.get("account") != "998" else ""}, **header
    )
    if line.get("account") == "130-2":
        typed |= {"debit-1": "", "credit-1": "100", "credit-2": "", "debit-2": "100"}
    if line.get("account") == "998":
        typed |= {"account-2": "", "count": "1"}

    answer = accountant.post(f"{BOOKS}dowody-robocze/{draft}/", typed | {"post": "1"})

    page = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    assert said in page, why
    assert not Voucher.objects.exists()
    assert Draft.objects.get().content["lines"][0]["account"] == typed["account-1"]
    assert f'value="{typed["external_number"]}"' in page


def test_what_is_typed_is_kept_by_itself_and_another_window_is_not_written_over(
    year: FiscalYear, accountant: Client
) -> None:
    draft = _begin(accountant, year)
    at = f"{BOOKS}dowody-robocze/{draft}/"
    by_itself = {"headers": {"x-autosave": "1"}}

    assert accountant.post(at, _typed({"account": "4"}, text="Pół"), **by_itself).status_code == 204
    assert Draft.objects.get().content["text"] == "Pół"
    assert accountant.post(at, _typed({"account": "401"}, text="Całe") | {"save": "1"}).status_code == 200
    assert accountant.post(at, _typed({}, text="Stare okno"), **by_itself).status_code == 409
    assert Draft.objects.get().content["text"] == "Całe"
    stale = accountant.post(at, _typed({}, text="Stare okno") | {"post": "1"})
    assert stale.status_code == 422
    assert "Stare okno" in stale.content.decode()


def test_names_and_what_is_left_of_the_plan_follow_the_typing(year: FiscalYear, accountant: Client) -> None:
    ledger.plan(year, "750.75020.4210", amount=100_00)
    draft = _begin(accountant, year)
    typed = _typed({"account": "130-2", "position": "750.75020.4210", "credit": "130"}, {"account": "998"})

    said = accountant.post(f"{BOOKS}dowody-robocze/{draft}/podglad/", typed).json()["lines"]

    assert said["1"]["left"].replace("\xa0", " ") == "ponad plan o 30,00 zł"
    assert said["2"]["off_balance"] is True


@pytest.mark.parametrize(
    ("where", "words", "label"),
    [
        ("konta", "401", "401"),
        ("konta", "zużycie mat", "401"),
        ("pozycje", "75020", "750.75020.0"),
        ("pozycje", "750204", "750.75020.4"),
        ("pozycje", "7502", "750.75020."),
    ],
)
def test_accounts_and_positions_are_offered(
    year: FiscalYear, accountant: Client, where: str, words: str, label: str
) -> None:
    hits = accountant.get(f"{BOOKS}{year.pk}/podpowiedzi/{where}/", {"q": words}).json()["hits"]

    assert any(hit["label"].startswith(label) for hit in hits)


def test_counterparties_are_offered_added_and_never_doubled(year: FiscalYear, accountant: Client) -> None:
    told = {"name": "Żółty Dom sp. z o.o.", "nip": "526-025-02-74", "town": "Zgierz"}
    assert accountant.post(f"{BOOKS}kontrahenci/nowy/", told).status_code == 302
    again = accountant.post(f"{BOOKS}kontrahenci/nowy/", told | {"name": "Inny"})
    wrong = accountant.post(
        f"{BOOKS}kontrahenci/nowy/", {"name": "Zły", "nip": "1234567890", "account_number": "12"}
    )

    assert "Jest już taki kontrahent: Żółty Dom" in again.content.decode()
    assert "NIP ma 10 cyfr" in wrong.content.decode()
    assert "Numer rachunku ma 26 cyfr" in wrong.content.decode()
    assert Counterparty.objects.count() == 1
    hits = accountant.get(f"{BOOKS}podpowiedzi/kontrahenci/", {"q": "zolty"}).json()["hits"]
    assert [hit["label"] for hit in hits] == ["Żółty Dom sp. z o.o."]


def test_storno_from_the_page_of_a_voucher(year: FiscalYear, accountant: Client) -> None:
    [voucher] = post_one(year)
    at = f"{BOOKS}dowody/{voucher}/storno/"
    told = {"way": "RED", "text": "Błędne konto", "operation_on": today()}

    assert "Podaj datę" in accountant.post(at, told | {"operation_on": "dziś"}).content.decode()
    answer = accountant.post(at, told)
    again = accountant.post(at, told)

    storno = Voucher.objects.get(corrects=voucher)
    assert answer["Location"] == f"{BOOKS}dowody/{storno.pk}/"
    assert again["Location"] == f"{BOOKS}dowody/{voucher}/"
    assert "Skorygowany przez" in accountant.get(again["Location"]).content.decode()


def test_months_and_years_are_closed_on_their_page(
    year: FiscalYear, accountant: Client, chief: Client
) -> None:
    at = f"{BOOKS}{year.pk}/"
    assert accountant.post(f"{at}okresy/0/", {"state": "CLOSED"}).status_code == 404
    assert (
        chief.post(f"{at}okresy/3/", {"state": "CLOSED"}, follow=True)
        .content.decode()
        .count("otwarty jest miesiąc przed nim")
        == 1
    )
    assert "Najpierw zamknij ostatecznie" in chief.post(f"{at}zamkniecie/", follow=True).content.decode()
    for month in range(14):
        chief.post(f"{at}okresy/{month}/", {"state": "CLOSED"})
    chief.post(f"{at}zamkniecie/")
    assert (
        "Podaj dzień zatwierdzenia"
        in chief.post(f"{at}zatwierdzenie/", {"approved_on": ""}, follow=True).content.decode()
    )
    chief.post(f"{at}zatwierdzenie/", {"approved_on": today()})

    year.refresh_from_db()
    assert year.state == "APPROVED"
    assert set(Period.objects.filter(fiscal_year=year).values_list("state", flat=True)) == {"CLOSED"}


def test_the_treasurer_sets_books_and_years_up(year: FiscalYear) -> None:
    ledger.treasurer()
    wanda = client("w.skarb")
    book = {
        "code": "PCPR",
        "name": "Powiatowe Centrum Pomocy Rodzinie",
        "kind": "UNIT",
        "unit_symbol": "PCPR",
        "regon": "12",
    }

    assert "REGON ma 9 albo 14 cyfr." in wanda.post(f"{BOOKS}nowa/", book).content.decode()
    assert wanda.post(f"{BOOKS}nowa/", book | {"regon": ""}).status_code == 302
    assert (
        "Jest już księga o tym kodzie" in wanda.post(f"{BOOKS}nowa/", book | {"regon": ""}).content.decode()
    )
    new = {"book": year.book_id, "year": year.year + 1, "detail": "PARAGRAPH"}
    assert wanda.post(f"{BOOKS}nowy-rok/", new).status_code == 302
    assert "ma już ten rok" in wanda.post(f"{BOOKS}nowy-rok/", new).content.decode()
    assert "Powiatowe Centrum" not in wanda.get(BOOKS).content.decode()  # it has no year yet


@pytest.mark.law("u.o.r. art. 14 ust. 3")
def test_partial_journals_the_joint_one_and_sums_of_pages(year: FiscalYear, accountant: Client) -> None:
    day = localdate()
    said = {"month": day.month, "issued_on": day, "operation_on": day}
    for code, amount in (("PK", 100_00), ("FZ", 20_00), ("PK", 3_00)):
        entries = ledger.note(year, amount).entries
        ledger.posted(year, ledger.voucher(entries, **said), into=code)

    def page(address: str) -> str:
        return accountant.get(f"{BOOKS}{year.pk}/{address}").content.decode().replace("\xa0", " ")

    partial, joint, journals = page("dowody/?dziennik=PK"), page("dowody/"), page("")

    assert ("FZ/1" in partial, "FZ/1" in joint) == (False, True)
    assert "Obroty dziennika do końca tej strony" in partial
    assert "103,00 zł" in partial
    assert "123,00 zł" in joint
    assert "123,00 zł" in journals  # all journals together are the turnover of the trial balance
    assert "123,00 zł" in page(f"obroty-i-salda/?miesiac={day.month}")
