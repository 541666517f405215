"""The outside systems of the demonstration in one small process: the log-in of residents, SMS, time stamps.

A thread for each; when one of them breaks, the process ends and the supervisor starts all of them again. It
never runs in a real installation.
"""

import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starostwo.signatures import demo_pki, demo_tsa
from starostwo.site import demo_idp, settings


def main() -> None:
    """Answer on the loopback address until somebody ends the process."""
    if not settings.DEMO:
        sys.exit("Systemy zewnętrzne na niby działają tylko w instalacji demonstracyjnej.")
    demo_pki.build(settings.KEYS_DIR, [], now=datetime.now(UTC))
    port = urlsplit(settings.TSA_URL).port
    stamps = demo_tsa.serve(settings.KEYS_DIR, demo_tsa.USUAL_PORT if port is None else port)
    broken = threading.Event()
    for server in (demo_idp.listening(), stamps):
        threading.Thread(target=_run, args=(server.serve_forever, broken), daemon=True).start()
    broken.wait()
    os._exit(1)  # the other threads would hold the process


def _run(serve_forever: Callable[[], None], broken: threading.Event) -> None:
    try:
        serve_forever()
    finally:
        broken.set()


if __name__ == "__main__":
    main()
