"""What every test may use, and the detectors that watch the whole suite."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.template import engines
from hypothesis import HealthCheck
from hypothesis import settings as properties

from starostwo.site import cluster as postgres
from tests.harness import CLUSTER, WORKER

# a property holds or it does not: a busy machine, which finds examples slowly, is no reason to fail
properties.register_profile("calm", properties(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("calm")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> None:
    """Give each worker its own copy of the migrated database."""
    postgres.create_database(CLUSTER, f"test_{WORKER}", template=postgres.DATABASE)


class UnknownVariable(str):
    """Stands where a template names what its view did not give, and fails the test that draws it."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, variable: object) -> str:
        raise AssertionError(f"a template names {variable}, which its view did not give")


@pytest.fixture(autouse=True, scope="session")
def every_template_variable_is_given() -> None:
    engines["django"].engine.string_if_invalid = UnknownVariable("?")  # type: ignore[attr-defined]


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database of its own for a test that commits, in threads or in other processes; yields its address.

    The connections of this process are led there; other processes take the address as DATABASE_URL.
    """
    with _committed(django_db_blocker) as address:
        yield address


@pytest.fixture(scope="module")
def committed_database_of_module(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[str]:
    """The same for all tests of a module, which then do not find it empty."""
    with _committed(django_db_blocker) as address:
        yield address


@contextmanager
def _committed(blocker: pytest.FixtureRequest) -> Iterator[str]:
    name = f"committed_{WORKER}"
    usual = connection.settings_dict["NAME"]
    postgres.create_database(CLUSTER, name, template=postgres.DATABASE)
    with blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
        try:
            yield CLUSTER.url(name)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = usual
            with psycopg.connect(CLUSTER.url("postgres", "postgres"), autocommit=True) as server:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
