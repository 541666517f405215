"""Personal tokens: shown once, kept as a hash, cut down to a scope, worthless when old or revoked."""

import json
from datetime import date, timedelta

import pytest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.test import RequestFactory
from django.utils import timezone

from starostwo.audit import api as audit
from starostwo.office import api, testing
from starostwo.office.models import Account, ApiToken, Right
from starostwo.office.services import tokens
from starostwo.office.services.refusal import NotAllowed

pytestmark = pytest.mark.django_db


@api.program(Right.HANDLE)
def view(request: api.ActorRequest) -> HttpResponse:
    """A view for programs that tells who came."""
    return JsonResponse({"name": request.actor.name, "rights": sorted(request.actor.rights)})


@api.program()
def empty_view(request: HttpRequest) -> HttpResponse:
    """A view for programs that finds nothing."""
    raise Http404


def _make(account: Account, *scope: Right, days: int = 30) -> tuple[ApiToken, str]:
    now = timezone.now()
    expires_on = timezone.localdate() + timedelta(days=days)
    return tokens.make_token(
        testing.actor(account), name="skrypt", scope=scope, expires_on=expires_on, now=now
    )


def _ask(header: str | None, *, of: object = view) -> HttpResponse:
    headers = {"Authorization": header} if header is not None else {}
    return of(RequestFactory().get("/api/x", headers=headers))  # type: ignore[operator, no-any-return]


def test_a_program_acts_as_the_owner_within_the_scope() -> None:
    token, secret = _make(testing.ewa(), Right.HANDLE)

    answer = _ask(f"Bearer {secret}")

    assert json.loads(answer.content) == {"name": "Ewa Lis", "rights": ["HANDLE"]}
    token.refresh_from_db()
    assert token.used_at is not None
    assert secret not in str(vars(token))
    assert [line.verb for line in audit.history(f"office.account:{testing.ewa().pk}")] == ["make_token"]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic {secret}", "Bearer {secret}x"])
def test_without_the_very_token_the_answer_is_401(header: str | None) -> None:
    _, secret = _make(testing.anna(), Right.HANDLE)

    answer = _ask(header.format(secret=secret) if header else header)

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("fate", ["expired", "revoked", "locked", "account over"])
def test_a_dead_token_opens_nothing(fate: str) -> None:
    anna, today = testing.anna(), timezone.localdate()
    token, secret = _make(anna, Right.HANDLE)
    if fate == "expired":
        ApiToken.objects.update(expires_on=today)
    elif fate == "revoked":
        tokens.revoke_token(testing.actor(anna), token_id=token.pk, now=timezone.now())
    elif fate == "locked":
        Account.objects.filter(pk=anna.pk).update(is_active=False)
    else:
        Account.objects.filter(pk=anna.pk).update(expires_on=today)

    assert _ask(f"Bearer {secret}").status_code == 401


def test_a_right_outside_the_scope_and_a_thing_not_there_look_the_same() -> None:
    _, narrow = _make(testing.ewa(), Right.SIGN)

    refused, missing = _ask(f"Bearer {narrow}"), _ask(f"Bearer {narrow}", of=empty_view)

    assert (refused.status_code, refused.content) == (404, missing.content)


@pytest.mark.parametrize(
    ("scope", "days", "why"),
    [
        ((Right.ADMIN,), 30, "uprawnienia"),
        ((), 30, "uprawnienia"),
        ((Right.HANDLE,), 0, "ważny"),
        ((Right.HANDLE,), 367, "ważny"),
    ],
)
def test_a_token_does_not_reach_further_than_its_owner(scope: tuple[Right, ...], days: int, why: str) -> None:
    with pytest.raises(tokens.CannotMakeToken, match=why):
        _make(testing.anna(), *scope, days=days)
    assert not ApiToken.objects.exists()


def test_a_deputy_makes_no_token_with_the_absent_ones_rights() -> None:
    today = timezone.localdate()
    testing.make_stand_in(testing.ewa(), testing.anna(), since=today, until=today + timedelta(days=1))

    with pytest.raises(tokens.CannotMakeToken):
        _make(testing.anna(), Right.SIGN)


def test_nobody_revokes_anothers_token_and_residents_have_none() -> None:
    token, _ = _make(testing.anna(), Right.HANDLE)

    with pytest.raises(NotAllowed):
        tokens.revoke_token(testing.actor(testing.jan()), token_id=token.pk, now=timezone.now())
    with pytest.raises(NotAllowed):
        _make(testing.piotr(), Right.HANDLE)
    token.refresh_from_db()
    assert token.revoked_at is None
    assert date.today() < token.expires_on  # noqa: DTZ011
