"""Wagtail in an environment of its own beside ours: the same database server, web server and content."""

import contextlib
import http.client
import json
import secrets
import subprocess
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg

from bench.environments import environment_of
from bench.ground import ROOT, Ground, free_port
from starostwo.site import cluster as postgres

DATABASE = "anchor"
ANSWERS_WITHIN = 60.0
SERVER = "--interface wsgi --no-ws --workers 2 --blocking-threads 4 --backlog 1024 --no-access-log"


@contextlib.contextmanager
def running(ground: Ground, slug: str) -> Iterator[str]:
    """Yield the address of the page; the database is on the ground's server and goes with it."""
    python = environment_of("anchor") / "bin" / "python"
    postgres.create_database(ground.cluster, DATABASE)
    environment = ground.environment | {
        "DJANGO_SETTINGS_MODULE": "bench.anchor.settings",
        "PYTHONPATH": f"{ROOT}:{ground.folder}",
        "ANCHOR_SECRET": secrets.token_urlsafe(50),
        "ANCHOR_DATABASE": DATABASE,
        "ANCHOR_USER": postgres.OWNER_ROLE,
        "ANCHOR_HOST": str(ground.cluster.socket_folder),
    }
    content = ground.folder / "anchor.json"
    (ground.folder / "anchor_migrations").mkdir()
    (ground.folder / "anchor_migrations" / "__init__.py").touch()
    content.write_text(json.dumps(_content_of(ground, slug)), encoding="utf-8")
    subprocess.run([python, "-m", "bench.anchor.fill", content], cwd=ROOT, env=environment, check=True)
    port = free_port()
    command = [python, "-m", "granian", *SERVER.split(), "--port", str(port), "bench.anchor.wsgi:application"]
    with (ground.folder / "anchor.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}/aktualnosci/mierzona/"
        wait(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Until the page answers."""
    parts = urlsplit(address)
    ends = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < ends and server.poll() is None:
        client = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException):
            client.request("GET", parts.path)
            if client.getresponse().status == 200:
                return
        client.close()
        time.sleep(0.2)
    raise RuntimeError(f"{address} does not answer")


def _content_of(ground: Ground, slug: str) -> object:
    """Title, lead, author and blocks of our news, as Wagtail's blocks."""
    with psycopg.connect(ground.cluster.url()) as connection:
        row = connection.execute(
            "SELECT v.title, v.summary, v.blocks FROM portal_article a"
            " JOIN portal_version v ON v.id = a.published_id WHERE a.slug = %s",
            [slug],
        ).fetchone()
    assert row is not None, slug
    return {"title": row[0], "lead": row[1], "by": "Nadia Widok", "body": list(_blocks(row[2]))}


def _blocks(blocks: list[dict[str, str]]) -> Iterator[tuple[str, object]]:
    for block in blocks:
        if block["kind"] == "list":
            yield "list", block["items"].splitlines()
        elif block["kind"] == "heading":
            yield "heading", block["text"]
        elif "text" in block:
            yield "paragraph", f"<p>{block['text']}</p>"
