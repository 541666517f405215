"""The window of the browser's phone as the server gives it: who gets it, what it alone may, whom it finds."""

import pytest
from django.conf import LazySettings
from pytest_django import DjangoAssertNumQueries

from starostwo.office import testing as office
from starostwo.telephony import testing
from starostwo.telephony.models import Extension, Node

pytestmark = pytest.mark.django_db
WINDOW = "/urzad/telefony/telefon/"
POLICY, PERMISSIONS = "Content-Security-Policy", "Permissions-Policy"


@pytest.fixture(autouse=True)
def here() -> Node:
    office.make_office()
    testing.load_numbers()
    node = testing.make_node("A")
    node.websocket = "127.0.0.1:5066"
    node.save()
    testing.make_phone("101", node, account=office.anna(), label="p. 101")
    testing.make_phone("102", node, label="Sekretariat")
    testing.make_group("800", node, name="Informacja")
    return node


def test_the_window_alone_hears_and_reaches_the_exchange(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = office.client_of(office.anna())
    with django_assert_num_queries(6):
        answer = client.get(WINDOW)

    assert 'data-number="101"' in answer.content.decode()
    assert "connect-src 'self' ws://127.0.0.1:5066/ws" in answer[POLICY]
    assert answer[PERMISSIONS] == "microphone=(self)"
    for other in ("/urzad/telefony/", "/urzad/", "/"):
        plain = client.get(other)
        assert ("ws://" in plain[POLICY], plain[PERMISSIONS]) == (False, "microphone=()")


@pytest.mark.parametrize(("is_secure", "scheme"), [(True, "wss"), (False, "ws")])
def test_behind_the_offices_web_server_it_goes_the_same_way_as_the_page(
    settings: LazySettings, is_secure: bool, scheme: str
) -> None:
    settings.BEHIND_PROXY = True
    answer = office.client_of(office.anna()).get(WINDOW, secure=is_secure)
    assert f"connect-src 'self' {scheme}://testserver/ws/A/" in answer[POLICY]


def test_who_has_no_phone_a_blocked_one_or_no_exchange_for_browsers_is_told(here: Node) -> None:
    def told() -> str:
        answer = office.client_of(office.anna()).get(WINDOW)
        assert (answer.status_code, "ws" in answer[POLICY]) == (200, False)
        return answer.content.decode()

    Node.objects.update(websocket="")
    assert "nie obsługuje telefonu w przeglądarce" in told()
    Extension.objects.update(is_blocked=True)
    assert "jest zablokowany" in told()
    nobody = office.client_of(office.make_staff("b.bez", "Beata Bez")).get(WINDOW)
    assert "Nie masz numeru wewnętrznego" in nobody.content.decode()


def test_the_window_opens_from_the_book_and_from_every_page() -> None:
    shown = office.client_of(office.anna()).get("/urzad/telefony/").content.decode()
    assert shown.count(f'href="{WINDOW}" data-window="starostwo-telefon"') == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("anna", [("101", "Anna Nowak")]),
        ("informacja", [("800", "Informacja")]),
        ("10", [("101", "Anna Nowak"), ("102", "Sekretariat")]),
        ("nikt", []),
        (" ", []),
        ("anna\0", [("101", "Anna Nowak")]),
    ],
    ids=["name", "group", "number", "nobody", "nothing", "zero byte"],
)
def test_a_few_letters_or_digits_find_whom_to_call(words: str, found: list[tuple[str, str]]) -> None:
    client = office.client_of(office.anna())
    hits = client.get(f"{WINDOW}ksiazka/", {"q": words}).json()["hits"]
    assert [(one["value"], one["label"]) for one in hits] == found


def test_residents_and_strangers_learn_nothing() -> None:
    for path in ("", "przepustka/", "ksiazka/"):
        ask = "post" if path == "przepustka/" else "get"
        assert getattr(office.client_of(None), ask)(WINDOW + path).status_code == 302
        assert (
            getattr(office.client_of(office.make_resident("r1", "Piotr Wrona")), ask)(
                WINDOW + path
            ).status_code
            == 404
        )
