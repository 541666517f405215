"""Where a call goes: the dial plan of the database, without any exchange."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from starostwo.office import testing as office
from starostwo.telephony import testing
from starostwo.telephony.models import Credential, DayOff, Extension, Node, Number, Tariff, Trunk
from starostwo.telephony.queries.routing import PEER, REDIRECT, TRUNK, route
from starostwo.telephony.rules.classes import INTERNAL, INTERNATIONAL, LOCAL, NATIONAL
from starostwo.telephony.rules.numbers import NotANumber, outside
from starostwo.telephony.testing import NIGHT, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Node:
    """Building A with phones 101 and 102, building B with 201; a line of an operator in A."""
    node, other = testing.make_node("A"), testing.make_node("B", port=5061)
    testing.load_numbers()
    testing.make_phone("101", node)
    testing.make_phone("102", node)
    testing.make_phone("201", other)
    testing.make_trunk(node)
    return node


def plan(caller: str, dialled: str, *, node: str = "A", at: datetime = NOW, **said: object) -> list[str]:
    """The steps in one line each: number, when, kind and target."""
    steps = route(caller, dialled, node=node, at=at, **said)  # type: ignore[arg-type]
    return [f"{one.step} {one.when} {one.kind} {one.target}" for one in steps]


def change(number: str, **said: object) -> None:
    Extension.objects.filter(pk=number).update(**said)


INSIDE: list[tuple[str, Callable[[Node], object], str, list[str]]] = [
    ("rings", lambda n: None, "102", ["1 START user 102"]),
    ("its box answers", lambda n: change("102", has_voicemail=True), "102",
     ["1 START user 102", "2 BUSY voicemail 102", "2 SILENT voicemail 102"]),
    ("forwarded always", lambda n: change("102", forward_always="101", has_voicemail=True), "102",
     ["1 START redirect 101"]),
    ("forwarded when busy", lambda n: change("102", forward_busy="101"), "102",
     ["1 START user 102", "2 BUSY redirect 101"]),
    ("forwarded to a mobile when silent, box when busy",
     lambda n: change("102", forward_no_answer="+48601234567", has_voicemail=True), "102",
     ["1 START user 102", "2 BUSY voicemail 102", "2 SILENT redirect +48601234567"]),
    ("the other building", lambda n: None, "201", ["1 START peer 201"]),
    ("blocked", lambda n: change("102", is_blocked=True), "102", ["1 START deny 480"]),
    ("nobody's number", lambda n: None, "199", ["1 START deny 404"]),
    ("one by one", lambda n: testing.make_group("800", n, *Extension.objects.filter(pk__in=["101", "102"])),
     "800", ["1 START user 101", "2 FAIL user 102"]),
    ("all at once, then the box",
     lambda n: testing.make_group("800", n, *Extension.objects.order_by("pk"), strategy="PARALLEL",
                                  has_voicemail=True),
     "800", ["1 START user 101", "1 START user 102", "1 START peer 201", "2 FAIL voicemail 800"]),
    ("nobody left in the group", lambda n: testing.make_group("800", n), "800", ["1 START deny 480"]),
    ("then another number",
     lambda n: testing.make_group("800", n, Extension.objects.get(pk="101"), then="102"), "800",
     ["1 START user 101", "2 FAIL redirect 102"]),
    ("a group of the other building", lambda n: testing.make_group("900", testing.make_node("B")), "900",
     ["1 START peer 900"]),
    ("a public number of ours is not called from outside",
     lambda n: testing.make_public(rings="102"), "422888100", ["1 START user 102"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change_it", "dialled", "steps"), [row[1:] for row in INSIDE], ids=[r[0] for r in INSIDE]
)
def test_inside(here: Node, change_it: Callable[[Node], object], dialled: str, steps: list[str]) -> None:
    change_it(here)

    assert plan("101", dialled) == steps


@pytest.mark.parametrize("dialled", ["", "10'--2", "abc", "101;x", "1 01", "9" * 21, "+", "101%"])
def test_what_is_no_number_is_refused(here: Node, dialled: str) -> None:
    assert plan("101", dialled) == ["1 START deny 484"]


@pytest.mark.parametrize("dialled", ["101", "*97"])
def test_ones_own_box_is_called_from_ones_own_phone(here: Node, dialled: str) -> None:
    change("101", has_voicemail=True, account=office.anna())
    assert plan("101", dialled) == ["1 START voicemail 101"]
    assert "1 START voicemail 101" not in plan("102", dialled)
    assert "1 START voicemail 101" not in plan("101", dialled, source="redirect")
    assert "1 START voicemail 101" not in plan("101", dialled, source="trunk")
    change("101", account=None)  # a shared phone: its messages are for who runs the system
    assert "1 START voicemail 101" not in plan("101", dialled)
    change("101", account=office.anna(), has_voicemail=False)
    assert "1 START voicemail 101" not in plan("101", dialled)


def test_at_night_a_group_goes_elsewhere(here: Node) -> None:
    testing.make_group("800", here, Extension.objects.get(pk="101"), at_night="102")

    assert plan("101", "800") == ["1 START user 101"]
    assert plan("101", "800", at=NIGHT) == ["1 START redirect 102"]
    DayOff.objects.create(day=date(2026, 11, 23), name="dzień wolny starosty")
    assert plan("101", "800") == ["1 START redirect 102"]
    Node.objects.filter(pk=here.pk).update(mode=Node.Mode.DAY)
    assert plan("101", "800", at=NIGHT) == ["1 START user 101"]
    Node.objects.filter(pk=here.pk).update(mode=Node.Mode.NIGHT)
    assert plan("101", "800") == ["1 START redirect 102"]


def test_at_night_a_group_without_a_number_for_it_goes_where_nobody_answers(here: Node) -> None:
    phone = Extension.objects.get(pk="101")
    testing.make_group("800", here, phone, has_voicemail=True)
    testing.make_group("801", here, phone, then="102", has_voicemail=True)
    testing.make_group("802", here, phone)
    testing.make_group("803", here, phone, at_night="803", has_voicemail=True)

    assert plan("101", "800") == ["1 START user 101", "2 FAIL voicemail 800"]
    assert plan("101", "800", at=NIGHT) == ["1 START voicemail 800"]
    assert plan("101", "801", at=NIGHT) == ["1 START redirect 102"]
    assert plan("101", "802", at=NIGHT) == ["1 START user 101"]
    assert plan("101", "803", at=NIGHT) == ["1 START user 101", "2 FAIL voicemail 803"]


@pytest.mark.parametrize(
    ("may", "dialled", "kind"),
    [
        (INTERNAL, "422888200", "deny"),
        (LOCAL, "422888200", "trunk"),
        (LOCAL, "226000000", "deny"),
        (NATIONAL, "226000000", "trunk"),
        (NATIONAL, "601234567", "deny"),
        (INTERNATIONAL, "0049301234567", "trunk"),
        (INTERNATIONAL, "+48701234567", "deny"),
    ],
)
def test_who_may_call_out(here: Node, may: int, dialled: str, kind: str) -> None:
    change("101", may_call=may)

    [step] = route("101", dialled, node="A", at=NOW)

    assert step.kind == kind
    assert step.target == ("403" if kind == "deny" else outside(dialled))


@pytest.mark.law("p.k.e. art. 345")
@pytest.mark.parametrize("number", ["112", "997", "998", "999"])
def test_emergency_numbers_go_out_before_every_check(here: Node, number: str) -> None:
    change("101", is_blocked=True, may_call=INTERNAL)
    dear = testing.make_trunk(here, "Zapasowy", port=5091, pl=9_000)
    Tariff.objects.all().delete()

    assert plan("101", number) == [f"1 START trunk {number}", f"2 FAIL trunk {number}"]
    assert plan("nobody", number)[0] == f"1 START trunk {number}"
    assert plan("201", number, node="B") == [f"1 START peer {number}"]
    Trunk.objects.exclude(pk=dear.pk).update(is_on=False)
    assert plan("101", number, source=PEER) == [f"1 START trunk {number}"]
    Trunk.objects.update(is_on=False)
    assert plan("101", number) == ["1 START deny 503"]


def test_the_cheapest_line_is_first_and_the_others_follow(here: Node) -> None:
    testing.make_trunk(here, "Tani do komórek", port=5091, mobile=100)
    testing.make_trunk(testing.make_node("B"), "Najtańszy stacjonarny", port=5092, pl=50)

    mobile = route("101", "601234567", node="A", at=NOW)
    assert [(one.when, one.kind, one.port) for one in mobile] == [
        ("START", "trunk", 5091), ("FAIL", "trunk", 5090), ("FAIL", "peer", 5061)
    ]  # fmt: skip
    cheapest = route("101", "226000000", node="A", at=NOW)[0]
    assert (cheapest.kind, cheapest.port) == ("peer", 5061)
    assert [one.kind for one in route("101", "226000000", node="B", source=PEER, at=NOW)] == ["trunk"]


def test_a_tariff_holds_on_its_days(here: Node) -> None:
    Tariff.objects.update(until=date(2026, 11, 22))

    assert plan("101", "601234567") == ["1 START deny 503"]


def test_who_calls_is_shown_by_a_number_of_the_county(here: Node) -> None:
    main, own = testing.make_public("+48422888100"), testing.make_public("+48422888102", rings="102")

    assert [route(who, "226000000", node="A", at=NOW)[0].shows for who in ("101", "102")] == [
        main.number, own.number
    ]  # fmt: skip
    change("102", shows=main)
    assert route("102", "226000000", node="A", at=NOW)[0].shows == main.number


def test_from_outside_only_public_numbers_are_reached(here: Node) -> None:
    testing.make_public(rings="102")
    testing.make_public("+48422888199")
    change("102", forward_no_answer="+48601234567")

    assert plan("+48601000000", "+48422888100", source=TRUNK) == [
        "1 START user 102",
        "2 SILENT redirect +48601234567",
    ]
    assert plan("+48601000000", "48422888199", source=TRUNK) == ["1 START deny 480"]
    for dialled in ("102", "601234567", "112", "+48226000000"):
        assert plan("102", dialled, source=TRUNK) == ["1 START deny 404"]
    assert plan("102", "+48601234567", source=REDIRECT) == ["1 START trunk +48601234567"]


def test_a_group_rings_its_phone_in_the_other_building_alone(here: Node) -> None:
    change("201", has_voicemail=True, forward_always="101")

    assert plan("101", "201", node="B", source=PEER, alone=True) == ["1 START user 201"]


def test_unknown_and_blocked_phones_call_nobody(here: Node) -> None:
    change("101", is_blocked=True)

    assert plan("101", "102") == ["1 START deny 403"]
    assert plan("666", "102") == ["1 START deny 403"]


def test_a_number_is_a_phone_or_a_group(here: Node) -> None:
    with pytest.raises(DatabaseError, match="rings something else"), transaction.atomic():
        Extension.objects.create(
            number=Number.objects.create(number="700", kind=Number.Kind.GROUP, node=here), label="x"
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        testing.make_phone("101", here)


def test_the_application_cannot_read_what_a_phone_signs_in_with(here: Node) -> None:
    Credential.objects.create(extension_id="101", ha1="0" * 32, set_at=NOW, set_by="o.bak")

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        list(Credential.objects.all())
    assert list(Credential.objects.values_list("extension_id")) == [("101",)]


class TheDatabaseAndPeopleMeanTheSameNumber(TestCase):
    """Whatever is typed without filling, both come to the same number or to none."""

    @settings(max_examples=150, deadline=None)
    @given(st.from_regex(r"\A[+0-9]{1,17}\Z"))
    def test_outside(self, typed: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT telephony_outside(%s)", [typed])
            [found] = cursor.fetchone()
        try:
            expected = outside(typed)
        except NotANumber:
            expected = None
        if expected is not None or not typed.startswith("48"):
            assert found == expected
