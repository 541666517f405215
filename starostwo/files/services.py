"""Taking files in, looking at them, having them scanned."""

import base64
import io
import tempfile
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction

from starostwo.files import sandbox, store
from starostwo.files.holding import hold, want_again
from starostwo.files.models import Blob
from starostwo.files.rules import kinds
from starostwo.files.rules.problems import Inspection, Problem


def put(source: BinaryIO | bytes, *, name: str, limit: int, inspection: Inspection | None = None) -> Blob:
    """Keep the content and return its row; equal content is kept once.

    The bytes are on the disk, synced, before the row is written, so that a row never lacks its file. Call it
    before the transaction that refers to the row; a row that nobody refers to is collected after a week.
    """
    opened = io.BytesIO(source) if isinstance(source, bytes) else source
    with store.incoming(opened, limit=limit) as received, transaction.atomic():
        stored = received.stored
        hold(stored.sha256)
        received.place()
        media_type = inspection.media_type if inspection else kinds.likely_type(stored.head, name)
        blob, is_new = Blob.objects.get_or_create(
            sha256=stored.sha256, defaults={"size": stored.size, "media_type": media_type}
        )
        if not is_new:
            want_again(blob)
    return blob


def inspect(content: Blob | BinaryIO | bytes, name: str) -> Inspection:
    """Say what the file is by its content and what speaks against it; opened in a child with limits."""
    with _file_of(content) as file:
        try:
            media_type, problems = sandbox.ask("look", file, name)
        except sandbox.CouldNotOpen:
            return Inspection(kinds.UNKNOWN, (Problem.TOO_COSTLY,))
    return Inspection(media_type, tuple(Problem[found] for found in problems))


def extract_text(blob: Blob) -> str:
    """Return the text of a stored file for the search index; taken out once, then kept in the row."""
    if not blob.text and blob.scan not in (Blob.Scan.INFECTED, Blob.Scan.ENCRYPTED, Blob.Scan.SCANNER_DOWN):
        with store.open_file(blob.sha256) as file:
            try:
                blob.text = sandbox.ask("text", file, blob.media_type)
            except sandbox.CouldNotOpen:
                return ""
        blob.save(update_fields=["text"])
    return blob.text


@dataclass(frozen=True)
class Redrawn:
    """An image as we drew it anew."""

    content: bytes
    width: int
    height: int


def redraw(content: bytes, *, longest_side: int, keep_transparent: bool = False) -> Redrawn | None:
    """Draw an image anew within limits, and nothing else of its file; None when it is none.

    As a JPEG, or as a PNG where what is transparent has to stay so.
    """
    with _file_of(content) as file:
        file.seek(0)
        try:
            made = sandbox.ask("redraw_png" if keep_transparent else "redraw", file, str(longest_side))
        except sandbox.CouldNotOpen:
            return None
    return Redrawn(base64.b64decode(made[0]), made[1], made[2]) if made else None


def _file_of(content: Blob | BinaryIO | bytes) -> BinaryIO:
    """The content as an open file of the system, which another process can be given."""
    if isinstance(content, Blob):
        return store.open_file(content.sha256)
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the caller closes it
    if isinstance(content, bytes):
        file.write(content)
    else:
        while chunk := content.read(store.CHUNK):
            file.write(chunk)
        content.seek(0)
    file.flush()
    return file
