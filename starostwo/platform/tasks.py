"""The worker's own jobs: its sign of life and taking up what a killed worker left."""

from django.utils import timezone
from procrastinate.contrib.django import app

from starostwo.platform import jobs


@app.periodic(cron="* * * * * */20")
@app.task(name="platform.beat", queueing_lock="platform.beat")
def beat(timestamp: int) -> None:
    """Say every 20 seconds that the worker lives."""
    jobs.beat(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="platform.take_up_stalled", queueing_lock="platform.take_up_stalled")
async def take_up_stalled(timestamp: int) -> None:
    """Queue again, each minute, what a killed worker left undone."""
    await jobs.take_up_stalled()
