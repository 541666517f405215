"""`starostwo worker`: carries out what was queued, until it is stopped."""

import asyncio
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.utils import timezone
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from starostwo.platform import jobs

JOBS_AT_ONCE = 4
QUEUE_CONNECTIONS = 2  # for taking and ending jobs; each job has one of its own for its work


def carry_out(options: Namespace) -> None:
    """Give a sign of life at once, then work."""
    jobs.beat(timezone.now())
    connection.close()
    asyncio.run(_work())


async def _work() -> None:
    """As many threads as jobs: each keeps a connection, which costs the database memory."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(JOBS_AT_ONCE))
    pool = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=QUEUE_CONNECTIONS)
    async with app.with_connector(pool).open_async() as queue:
        await queue.run_worker_async(
            concurrency=JOBS_AT_ONCE, install_signal_handlers=True, delete_jobs="successful"
        )
