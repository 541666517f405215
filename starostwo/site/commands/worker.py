"""`starostwo worker`: carries out what was queued, until it is stopped."""

from argparse import Namespace

from django.utils import timezone
from procrastinate.contrib.django import app

from starostwo.platform import jobs

JOBS_AT_ONCE = 4


def carry_out(options: Namespace) -> None:
    """Give a sign of life at once, then work."""
    jobs.beat(timezone.now())
    with_worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    with_worker.run_worker(concurrency=JOBS_AT_ONCE, install_signal_handlers=True, delete_jobs="successful")
