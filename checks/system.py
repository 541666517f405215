"""The Debian packages that the tests need; the product itself needs none of them.

Runs before anything is installed, so with the standard library alone. Root gets them installed, without
starting their services; anybody else gets one line within seconds.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# package -> a program or file by which it is known to be there, and what the tests use it for
NEEDED = {
    "chromium": "chromium",  # journeys, screenshots, accessibility
    "fonts-liberation": "/usr/share/fonts/truetype/liberation",  # Chromium's fallback
    "softhsm2": "softhsm2-util",  # signing through PKCS#11
    "opensc": "pkcs11-tool",  # looks into the token from outside
    "poppler-utils": "pdfsig",  # a second opinion on PAdES, text and pictures of PDF
    "xmlsec1": "xmlsec1",  # a second opinion on XAdES
    "openssl": "openssl",  # a second opinion on CAdES and time stamps
    "nginx": "nginx",  # the bulletin without the application
    "clamav-daemon": "clamd",  # a virus found
    "default-jre-headless": "java",  # the W3C's checker of HTML
    "wrk": "wrk",  # public pages in the bench
    "slapd": "slapd",  # staff whose password is in a directory
    "kamailio": "kamailio",  # the telephone exchange
    "kamailio-postgres-modules": "/usr/lib/x86_64-linux-gnu/kamailio/modules/db_postgres.so",
    "kamailio-websocket-modules": "/usr/lib/x86_64-linux-gnu/kamailio/modules/websocket.so",
    "kamailio-autheph-modules": "/usr/lib/x86_64-linux-gnu/kamailio/modules/auth_ephemeral.so",
    "rtpengine-daemon": "rtpengine",  # the sound of browsers' phones, and of calls in the bench
    "baresip-core": "baresip",  # a second opinion on the telephone agent
    "sip-tester": "sipp",  # registrations and calls in the bench
    "espeak-ng": "espeak-ng",  # says the usual greeting of a voicemail box
    "iproute2": "ip",  # networks of the tests, in namespaces of their own
    "snmpd": "snmpd",  # devices that answer over SNMP
    "lldpd": "lldpd",  # devices that tell their neighbours
}
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
POLICY = Path("/usr/sbin/policy-rc.d")


def main() -> int:
    """Install what is missing, or say in one line what to type."""
    missing = [package for package, sign in NEEDED.items() if not _is_there(sign)]
    if not missing:
        return 0
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"Testy wymagają pakietów Debiana 12: sudo {' '.join(command)}", file=sys.stderr)
        return 1
    print(f"Instaluję pakiety potrzebne testom: {' '.join(missing)}", flush=True)
    unattended = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with _services_stay_off():
        subprocess.run(["apt-get", "update", "-qq"], env=unattended, check=False)
        return subprocess.run(command, env=unattended, stdout=subprocess.DEVNULL, check=False).returncode


def _is_there(sign: str) -> bool:
    return Path(sign).exists() if sign.startswith("/") else shutil.which(sign, path=PLACES) is not None


@contextmanager
def _services_stay_off() -> Iterator[None]:
    """Debian asks this file before a package starts its service; 101 means no."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


if __name__ == "__main__":
    sys.exit(main())
