"""Two browsers, one code: the lock on the factor's row lets exactly one of them in."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from starostwo.office import demonstration, testing
from starostwo.office.models import Account
from starostwo.office.rules import totp
from starostwo.office.services import second_factor


def _code_of_now(account: Account) -> str:
    return totp.code_of(totp.read(demonstration.SECRET), totp.step_at(time.time()))


def _recovery_code(account: Account) -> str:
    return second_factor.renew_recovery_codes(account)[0]


@pytest.mark.parametrize("code_for", [_code_of_now, _recovery_code])
def test_of_many_at_the_same_time_exactly_one_gets_in(
    committed_database: str, code_for: Callable[[Account], str]
) -> None:
    testing.make_office()
    anna = testing.anna()
    demonstration.let_everybody_in([anna], now=timezone.now())
    code = code_for(anna)

    def one_try(_: int) -> bool:
        try:
            second_factor.use_code(anna, code=code, now=timezone.now())
        except second_factor.WrongCode:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one_try, range(16))) == 1
