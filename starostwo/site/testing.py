"""For tests and measurements: Debian's nginx on a configuration as `starostwo nginx` prints it."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

AROUND = """\
daemon off; worker_processes {workers}; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ worker_connections 256; }}
http {{ access_log off; include /etc/nginx/mime.types;
client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
{configuration} }}
"""


class DidNotStart(Exception):
    """nginx ended at once, or nobody answers at its port."""


def program() -> str | None:
    """Where nginx is; None when it is not installed."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def nginx(configuration: str, folder: Path, *, port: int, workers: int = 1) -> Iterator[str]:
    """Run nginx with its own files in the folder, until the caller is done; yields its address."""
    user = "user root;" if Path("/proc/self").owner() == "root" else ""
    file = folder / "nginx.conf"
    file.write_text(AROUND.format(folder=folder, configuration=configuration, user=user, workers=workers))
    server = subprocess.Popen([program() or "nginx", "-c", str(file), "-e", str(folder / "error.log")])
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    raise DidNotStart(port)
