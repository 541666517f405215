"""Work that is done after the answer: queued in the same transaction, run by the worker.

A job is queued by `defer`, is seen by the worker after commit, and is retried when it fails. Jobs that a
killed worker left behind are taken up again.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

from starostwo.platform.models import WorkerBeat

BEAT_IS_FRESH = timedelta(minutes=1)
STALLED_AFTER_SECONDS = 60
RETRIES = RetryStrategy(max_attempts=8, exponential_wait=4)


def job(name: str, *, queue: str = "default") -> Callable[[Callable[..., Any]], Task[..., Any, Any]]:
    """Make a function a job with a lasting name, retried with growing pauses when it raises."""
    return app.task(name=name, queue=queue, retry=RETRIES)


def defer(task: Task[..., Any, Any], *, once: str | None = None, **arguments: str | int) -> None:
    """Queue the job in this transaction; with `once` only where none of the same mark waits already."""
    if once is None:
        task.defer(**arguments)
        return
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        task.configure(queueing_lock=once).defer(**arguments)


def beat(now: datetime) -> None:
    """Note that the worker lives."""
    WorkerBeat.objects.update_or_create(pk=1, defaults={"beat_at": now})


def last_beat() -> datetime | None:
    """Return when the worker was last seen."""
    found = WorkerBeat.objects.filter(pk=1).first()
    return found.beat_at if found else None


def worker_lives(now: datetime) -> bool:
    """Whether the worker was seen within the last minute."""
    seen = last_beat()
    return seen is not None and now - seen < BEAT_IS_FRESH


async def take_up_stalled() -> int:
    """Queue again the jobs whose worker died; return how many. Runs inside the worker."""
    manager = app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS))
    for lost in stalled:
        await manager.retry_job(lost, retry_at=timezone.now())
    return len(stalled)
