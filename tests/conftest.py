"""What every test may use, and the detectors that watch the whole suite."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from starostwo.site import cluster as postgres
from tests.harness import CLUSTER, WORKER


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> None:
    """Give each worker its own copy of the migrated database."""
    postgres.create_database(CLUSTER, f"test_{WORKER}", template=postgres.DATABASE)


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database of its own for a test that commits, in threads or in other processes; yields its address.

    The connections of this process are led there; other processes take the address as DATABASE_URL.
    """
    name = f"committed_{WORKER}"
    usual = connection.settings_dict["NAME"]
    postgres.create_database(CLUSTER, name, template=postgres.DATABASE)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
        try:
            yield CLUSTER.url(name)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = usual
            with psycopg.connect(CLUSTER.url("postgres", "postgres"), autocommit=True) as server:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
