"""The periodic jobs of the file store."""

from procrastinate.contrib.django import app

from starostwo.files.scanning import scan_again


@app.periodic(cron="*/10 * * * *")
@app.task(name="files.scan_again", queueing_lock="files.scan_again")
def scan_files_again(timestamp: int) -> None:
    """Every ten minutes scan what came while the scanner was down."""
    scan_again()
