"""The periodic jobs of the file store."""

from django.utils.timezone import now
from procrastinate.contrib.django import app

from starostwo.files.collecting import collect
from starostwo.files.scanning import scan_again


@app.periodic(cron="*/10 * * * *")
@app.task(name="files.scan_again", queueing_lock="files.scan_again")
def scan_files_again(timestamp: int) -> None:
    """Every ten minutes scan what came while the scanner was down."""
    scan_again()


@app.periodic(cron="40 2 * * *")
@app.task(name="files.collect", queueing_lock="files.collect")
def collect_files(timestamp: int) -> None:
    """Every night delete what nothing refers to any more."""
    collect(now=now())
