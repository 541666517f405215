"""The person who asks: his rights and units on a day, with those of the absent people he stands in for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from starostwo.office.models import Account, Holding, Right, StandIn
from starostwo.office.models.ranges import on_day
from starostwo.office.reach import Reach, reach_on


@dataclass(frozen=True)
class Mandate:
    """What one person may do by the posts that he holds on a day."""

    account_id: int
    name: str = ""
    posts: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    rights: frozenset[Right] = frozenset()
    units: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Actor:
    """Whoever acts, on a day: his own mandate and those of the absent people he stands in for."""

    account_id: int
    name: str
    kind: str
    login: str
    own: Mandate
    absent: tuple[Mandate, ...] = ()
    scope: frozenset[Right] | None = None

    @property
    def posts(self) -> tuple[int, ...]:
        """Posts held, his own first."""
        return tuple(post for mandate in self._mandates for post in mandate.posts)

    @property
    def post_title(self) -> str:
        """The title shown beside the name; empty for residents."""
        return ", ".join(self.own.titles)

    @property
    def rights(self) -> frozenset[Right]:
        """Rights of all posts, cut down to the scope of a program's token."""
        everything = frozenset[Right]().union(*(mandate.rights for mandate in self._mandates))
        return everything if self.scope is None else everything & self.scope

    @property
    def units(self) -> frozenset[str]:
        """Symbols of the units of which he is a member."""
        return frozenset[str]().union(*(mandate.units for mandate in self._mandates))

    @property
    def heads(self) -> frozenset[str]:
        """Symbols of the units that he heads, with all units below them."""
        return frozenset[str]().union(*(mandate.heads for mandate in self._mandates))

    @property
    def leads(self) -> frozenset[str]:
        """Symbols of the units whose head he is; a unit below without a head of its own counts too."""
        return frozenset[str]().union(*(mandate.leads for mandate in self._mandates))

    @property
    def in_place_of(self) -> tuple[int, ...]:
        """Accounts of the absent people for whom he acts today."""
        return tuple(mandate.account_id for mandate in self.absent)

    @property
    def tokens(self) -> frozenset[str]:
        """Audience tokens: what is shown to any of them is shown to him."""
        people = {f"person:{mandate.account_id}" for mandate in self._mandates}
        members = {f"unit:{symbol}" for symbol in self.units}
        heads = {f"head:{symbol}" for symbol in self.heads}
        roles = {f"role:{right.value}" for right in self.rights}
        return frozenset({"public"} | people | members | heads | roles)

    @property
    def is_staff(self) -> bool:
        """Whether he works in the office."""
        return self.kind == Account.Kind.STAFF

    @property
    def audit_name(self) -> str:
        """The name under which history records him."""
        return f"account:{self.account_id}" if self.account_id else "system"

    def may(self, right: Right) -> bool:
        """Tell whether one of the posts gives the right."""
        return right in self.rights

    def acting_for(self, account_id: int) -> str | None:
        """Audit name of the absent person whose thing this is; None when he acts for himself."""
        return f"account:{account_id}" if account_id in self.in_place_of else None

    def lends(self, right: Right, *, unit: str | None = None) -> str | None:
        """Audit name of the absent person from whom the right comes; None when it is his own.

        With a unit, the right must come from someone who is a member or the head of that unit.
        """
        if _gives(self.own, right, unit):
            return None
        return next((f"account:{m.account_id}" for m in self.absent if _gives(m, right, unit)), None)

    @property
    def _mandates(self) -> tuple[Mandate, ...]:
        return (self.own, *self.absent)


def system() -> Actor:
    """Whoever sets the installation up from the command line, before there are people."""
    return Actor(0, "System", "SYSTEM", "", own=Mandate(0, rights=frozenset({Right.ADMIN})))


def _gives(mandate: Mandate, right: Right, unit: str | None) -> bool:
    return right in mandate.rights and (unit is None or unit in mandate.units | mandate.heads)


def actor_for(account: Account, *, today: date, scope: frozenset[Right] | None = None) -> Actor:
    """Return who the account is today: three short queries for staff at most, none for residents."""
    mandates = [Mandate(account.pk, account.name)]
    if account.kind == Account.Kind.STAFF:
        away = StandIn.objects.filter(on_day(today), deputy=account, absent__is_active=True)
        absent = [row.absent for row in away.select_related("absent").order_by("absent_id")]
        mandates = _mandates_of([account, *absent], today)
    return Actor(
        account_id=account.pk,
        name=account.name,
        kind=account.kind,
        login=account.login,
        own=mandates[0],
        absent=tuple(mandates[1:]),
        scope=scope,
    )


def _mandates_of(people: list[Account], today: date) -> list[Mandate]:
    """One mandate for each of the people, in their order."""
    held = Holding.objects.filter(
        on_day(today), on_day(today, "post__"), on_day(today, "post__unit__"), account__in=people
    ).select_related("post__unit")
    by_person: dict[int, list[Holding]] = defaultdict(list)
    for holding in held.order_by("valid_from", "id"):
        by_person[holding.account_id].append(holding)
    has_heads = any(holding.post.is_head for each in by_person.values() for holding in each)
    reach = reach_on(today) if has_heads else Reach()
    return [_mandate(person, by_person[person.pk], reach) for person in people]


def _mandate(person: Account, held: Iterable[Holding], reach: Reach) -> Mandate:
    posts = [holding.post for holding in held]
    headed = {post.unit.symbol for post in posts if post.is_head}
    return Mandate(
        account_id=person.pk,
        name=person.name,
        posts=tuple(post.pk for post in posts),
        titles=tuple(dict.fromkeys(post.title for post in posts)),
        rights=frozenset(Right(right) for post in posts for right in post.rights),
        units=frozenset(post.unit.symbol for post in posts),
        heads=reach.below(headed),
        leads=reach.led_from(headed),
    )
