"""Reading accounts: one's own sessions and tokens, the people to manage, the log of log-ins."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet

from starostwo.office import access
from starostwo.office.actor import Actor
from starostwo.office.models import (
    Account,
    ApiToken,
    Holding,
    Passkey,
    RecoveryCode,
    SecondFactor,
    SignIn,
    StandIn,
)
from starostwo.office.models.ranges import on_day
from starostwo.platform.polish import fold, pl_key


@dataclass(frozen=True)
class StaffRow:
    """One member of staff as the administrator's list shows him."""

    id: int
    name: str
    login: str
    posts: tuple[str, ...]
    is_active: bool
    has_second_factor: bool
    expires_on: date | None


def open_sessions(actor: Actor, *, now: datetime) -> list[SignIn]:
    """The actor's sessions that are still open, the newest first."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    mine = SignIn.objects.filter(account_id=actor.account_id, outcome=SignIn.Outcome.OK, ended_at=None)
    return list(mine.filter(Exists(live)).order_by("-at")[:50])


def own_tokens(actor: Actor) -> list[ApiToken]:
    """The actor's tokens that were not revoked, the newest first."""
    return list(ApiToken.objects.filter(account_id=actor.account_id, revoked_at=None).order_by("-created_at"))


def own_passkeys(actor: Actor) -> list[Passkey]:
    """The actor's passkeys in the order in which they were added."""
    return list(Passkey.objects.filter(account_id=actor.account_id).order_by("added_at"))


def unused_recovery_codes(actor: Actor) -> int:
    """How many recovery codes the actor has left."""
    return RecoveryCode.objects.filter(account_id=actor.account_id, used_at=None).count()


def staff_list(actor: Actor, *, on: date, typed: str = "") -> list[StaffRow]:
    """Accounts of staff for who manages them, in the order of names; with a text those that fit."""
    if not access.may_manage(actor):
        return []
    factor = SecondFactor.objects.filter(account=OuterRef("pk"))
    accounts = Account.objects.filter(kind=Account.Kind.STAFF).annotate(has_factor=Exists(factor))
    for word in fold(typed).split():
        accounts = accounts.filter(
            Q(folded__startswith=word) | Q(folded__contains=f" {word}") | Q(login=word)
        )
    posts: dict[int, list[str]] = {}
    for holding in _holdings(on):
        posts.setdefault(holding.account_id, []).append(f"{holding.post.unit.symbol}: {holding.post.title}")
    return [
        StaffRow(
            id=account.pk,
            name=account.name,
            login=account.login,
            posts=tuple(posts.get(account.pk, ())),
            is_active=account.is_active,
            has_second_factor=account.has_factor,
            expires_on=account.expires_on,
        )
        for account in sorted(accounts, key=_by_name)
    ]


def staff_account(actor: Actor, account_id: int) -> Account | None:
    """One account of staff for who manages it; None for others, as if it were not there."""
    if not access.may_manage(actor):
        return None
    return Account.objects.filter(pk=account_id, kind=Account.Kind.STAFF).first()


def holdings_of(actor: Actor, account_id: int) -> list[Holding]:
    """All posts that the person ever held, for who manages him."""
    if not access.may_manage(actor):
        return []
    held = Holding.objects.filter(account_id=account_id).select_related("post__unit")
    return list(held.order_by("-valid_from", "-id"))


def stand_ins_seen(actor: Actor, *, on: date) -> list[StandIn]:
    """Running and coming stand-ins of the actor, of his people, of everybody for an administrator."""
    coming = StandIn.objects.filter(valid_to__gt=on).select_related("absent", "deputy")
    if not access.may_manage(actor):
        held = Holding.objects.filter(on_day(on), post__unit__symbol__in=actor.heads)
        mine = Q(absent_id=actor.account_id) | Q(deputy_id=actor.account_id)
        coming = coming.filter(mine | Q(absent_id__in=held.values("account_id")))
    return list(coming.order_by("valid_from", "id"))


def people_to_stand_in_for(actor: Actor, *, on: date) -> list[tuple[int, str]]:
    """Whose absence the actor may set: himself first, then his people in the order of names."""
    people = _staff_with_posts(on)
    if not access.may_manage(actor):
        heads = frozenset[str]().union(actor.own.heads, *(mandate.heads for mandate in actor.absent))
        people = people.filter(Q(post__unit__symbol__in=heads) | Q(account_id=actor.account_id))
    rows = people.order_by("account__folded", "account_id").distinct()
    found = {pk: f"{family} {given}" for pk, family, given in rows.values_list(*_NAMED)}
    return sorted(found.items(), key=lambda row: row[0] != actor.account_id)


def possible_deputies(on: date) -> list[tuple[int, str]]:
    """Everybody of the staff with a post, in the order of names."""
    rows = _staff_with_posts(on).order_by("account__folded", "account_id").distinct()
    return [(pk, f"{family} {given}") for pk, family, given in rows.values_list(*_NAMED)]


def sign_in_log(actor: Actor, *, account_id: int | None = None) -> QuerySet[SignIn] | None:
    """The log of log-ins for the data protection officer; None for everybody else."""
    if not access.may_see_sign_ins(actor):
        return None
    lines = SignIn.objects.select_related("account")
    return lines if account_id is None else lines.filter(account_id=account_id)


def _by_name(account: Account) -> tuple[str, str, int]:
    return pl_key(account.family_name), pl_key(account.given_name), account.pk


_NAMED = ("account_id", "account__family_name", "account__given_name")


def _holdings(on: date) -> QuerySet[Holding]:
    held = Holding.objects.filter(on_day(on), on_day(on, "post__"), on_day(on, "post__unit__"))
    return held.select_related("post__unit").order_by("valid_from", "id")


def _staff_with_posts(on: date) -> QuerySet[Holding]:
    return _holdings(on).filter(account__is_active=True)
