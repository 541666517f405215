"""When the same PESEL at two providers is one person with one account, and when it is not."""

import pytest
from django.conf import LazySettings

from starostwo.office.models import Account
from starostwo.office.services.residents import account_of
from starostwo.office.vouched import Person

pytestmark = pytest.mark.django_db
PESEL = "75051256786"
NODE, OIDC = "login.gov.pl", "https://idp.example"


def _person(issuer: str, subject: str, *, pesel: str | None = PESEL, email: str = "") -> Person:
    return Person(issuer, subject, "Maria", "Zych", email=email, pesel=pesel)


def test_a_provider_that_does_not_prove_it_opens_nobodys_account(settings: LazySettings) -> None:
    """Who claims a PESEL at some provider gets neither into the account of its owner nor ahead of him."""
    settings.PESEL_PROVEN_BY = [NODE]

    early = account_of(_person(OIDC, "ktos"))
    owner = account_of(_person(NODE, PESEL))
    late = account_of(_person(OIDC, "inny-ktos"))

    assert len({early.pk, owner.pk, late.pk}) == 3


@pytest.mark.parametrize("first", [NODE, OIDC])
def test_where_both_prove_it_the_person_has_one_account(settings: LazySettings, first: str) -> None:
    settings.PESEL_PROVEN_BY = [NODE, OIDC]
    ways = {NODE: _person(NODE, PESEL), OIDC: _person(OIDC, "maria", email="m@example.pl")}
    second = OIDC if first == NODE else NODE

    account = account_of(ways[first])

    assert account_of(ways[second]).pk == account.pk
    assert account_of(ways[first]).pk == account.pk
    account.refresh_from_db()
    assert account.external_issuer == first, "the key stays as it was opened"


def test_who_has_an_account_of_each_way_keeps_both(settings: LazySettings) -> None:
    settings.PESEL_PROVEN_BY = [NODE]
    one, other = account_of(_person(OIDC, "maria")), account_of(_person(NODE, PESEL))
    settings.PESEL_PROVEN_BY = [NODE, OIDC]

    assert account_of(_person(OIDC, "maria")).pk == one.pk
    assert account_of(_person(NODE, PESEL)).pk == other.pk


@pytest.mark.parametrize("pesel", [None, "", "75051256787", "DE/PL/1234567"])
def test_without_a_good_pesel_nothing_is_joined(settings: LazySettings, pesel: str | None) -> None:
    settings.PESEL_PROVEN_BY = [NODE, OIDC]

    account = account_of(_person(OIDC, "maria", pesel=pesel))

    assert account.pesel is None
    assert account_of(_person(NODE, "x", pesel=pesel)).pk != account.pk


def test_two_people_of_one_provider_are_never_joined(settings: LazySettings) -> None:
    settings.PESEL_PROVEN_BY = [NODE, OIDC]
    one, two = account_of(_person(OIDC, "maria")), account_of(_person(OIDC, "maria-2"))

    assert one.pk != two.pk
    assert account_of(_person(NODE, PESEL)).pk not in {one.pk, two.pk}, "which of them, nobody knows"
    assert Account.objects.count() == 3
