"""/healthz: 200 only while the database answers, migrations are applied and a worker lives."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from starostwo.platform import jobs

pytestmark = pytest.mark.django_db


def test_healthy(client: Client) -> None:
    jobs.beat(timezone.now())

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "problems": []})


@pytest.mark.parametrize("silent_for", [None, timedelta(seconds=61)])
def test_a_silent_worker_is_named(client: Client, silent_for: timedelta | None) -> None:
    if silent_for is not None:
        jobs.beat(timezone.now() - silent_for)

    answer = client.get("/healthz")

    problem = "proces roboczy nie dał znaku życia od minuty"
    assert (answer.status_code, answer.json()) == (503, {"status": "error", "problems": [problem]})


def test_a_missing_migration_is_named(client: Client) -> None:
    jobs.beat(timezone.now())
    last = MigrationRecorder(connection).migration_qs.filter(app="platform").order_by("-name").first()
    assert last is not None
    last.delete()

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["problems"] == ["brak migracji: starostwo migrate"]


def test_other_methods_are_not_answered(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
