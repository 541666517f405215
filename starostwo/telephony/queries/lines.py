"""Reads of exchanges, lines, public numbers and days off."""

from datetime import date

from starostwo.telephony.models import DayOff, HuntGroup, Node, NumberClass, PublicNumber, Tariff, Trunk

WEEK = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")


def nodes() -> list[Node]:
    """All exchanges."""
    return list(Node.objects.order_by("code"))


def nodes_with_hours() -> list[Node]:
    """Exchanges with their seats and hours."""
    return list(Node.objects.select_related("seat").prefetch_related("hours").order_by("code"))


def nodes_with_states() -> list[Node]:
    """Exchanges with their seats, each with what it said last as `shown_state`, None where it never ran."""
    found = list(Node.objects.select_related("seat", "state").order_by("code"))
    for node in found:
        node.shown_state = getattr(node, "state", None)  # type: ignore[attr-defined]
    return found


def hours_of(node: Node) -> list[str]:
    """The hours of a node as lines: `poniedziałek 7.30–15.30`."""
    rows = sorted(node.hours.all(), key=lambda row: (row.weekday, row.opens))
    return [f"{WEEK[row.weekday]} {row.opens:%-H.%M}–{row.closes:%-H.%M}" for row in rows]


def groups_without_night() -> list[HuntGroup]:
    """Groups that ring at night as by day, as nobody said where their calls go then."""
    nowhere = HuntGroup.objects.filter(at_night="", then="", has_voicemail=False)
    return list(nowhere.order_by("number"))


def trunks() -> list[Trunk]:
    """Lines of operators."""
    return list(Trunk.objects.select_related("node").order_by("node__code", "order", "name"))


def tariffs(trunk: Trunk, on: date) -> list[Tariff]:
    """The tariffs of a line that hold on a day or later."""
    rows = Tariff.objects.filter(trunk=trunk).exclude(until__lt=on)
    return list(rows.order_by("beginning", "-since"))


def public_numbers() -> list[PublicNumber]:
    """The numbers of the county in the public network."""
    return list(PublicNumber.objects.order_by("number"))


def days_off(since: date) -> list[DayOff]:
    """Days off from a day on."""
    return list(DayOff.objects.filter(day__gte=since).order_by("day")[:60])


def classes() -> list[NumberClass]:
    """Kinds of outside numbers."""
    return list(NumberClass.objects.order_by("beginning"))
