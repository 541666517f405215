"""Anchors: once a day the ends of all chains that moved are bound into one hash, stamped and kept outside.

The file of an anchor lies in the data folder beside the database; copies belong on another machine. Who
rewrites the database afterwards would have to rewrite the files and the stamps too.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from starostwo.audit.models import Anchor, AnchoredEnd
from starostwo.audit.rules.merkle import ChainEnd, manifest, root_of

Stamp = Callable[[bytes], bytes]

MOVED = """
SELECT stream, seq, hash FROM audit_head WHERE NOT EXISTS (
    SELECT FROM audit_anchoredend bound WHERE bound.stream = audit_head.stream AND bound.seq = audit_head.seq
)
"""


def folder() -> Path:
    """Where the files of the anchors lie."""
    return Path(settings.DATA_DIR) / "anchors"


@transaction.atomic
def anchor(*, stamp: Stamp | None, now: datetime) -> Anchor | None:
    """Bind the chains that moved since the last anchor; None when none did.

    `stamp` gets the SHA-256 root and returns a time stamp token; without it the anchor has no token.
    """
    ends = _moved()
    if not ends:
        return None
    last = Anchor.objects.order_by("-number").first()
    number, previous = (last.number + 1, bytes(last.root)) if last else (1, b"")
    text = manifest(number=number, at=now, previous_root=previous, ends=ends)
    root = root_of(text)
    token = stamp(root) if stamp else None
    made = Anchor.objects.create(number=number, at=now, previous_root=previous, root=root, token=token)
    AnchoredEnd.objects.bulk_create(
        (AnchoredEnd(anchor=made, stream=end.stream, seq=end.seq, hash=end.hash) for end in ends),
        batch_size=1_000,
    )
    _write(f"{number:08}.txt", text.encode())
    if token is not None:
        _write(f"{number:08}.tsr", token)
    return made


def text_of(made: Anchor) -> str:
    """Write the anchor out of its rows again."""
    ends = AnchoredEnd.objects.filter(anchor=made).values_list("stream", "seq", "hash")
    return manifest(
        number=made.number,
        at=made.at,
        previous_root=bytes(made.previous_root),
        ends=[ChainEnd(stream, seq, bytes(digest)) for stream, seq, digest in ends],
    )


def _moved() -> list[ChainEnd]:
    with connection.cursor() as cursor:
        cursor.execute(MOVED)
        return [ChainEnd(stream, seq, bytes(digest)) for stream, seq, digest in cursor.fetchall()]


def _write(name: str, content: bytes) -> None:
    """Write and sync; an anchor of a transaction that was rolled back afterwards is written over."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o750)
    path = folder() / name
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    descriptor = os.open(folder(), os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
