"""What the worker does for the office each night: windows of tries and sessions that are over are deleted."""

from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from starostwo.office.tries import forget_old_windows


@app.periodic(cron="17 3 * * *")
@app.task(name="office.forget_what_is_over", queueing_lock="office.forget_what_is_over")
def forget_what_is_over(timestamp: int) -> None:
    """Delete what nobody asks for any more; the log of log-ins stays."""
    now = timezone.now()
    forget_old_windows(now)
    Session.objects.filter(expire_date__lt=now).delete()
