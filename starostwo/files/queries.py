"""Reading stored files. Who may read one is decided by the package that the file belongs to."""

from typing import BinaryIO

from starostwo.files import store
from starostwo.files.models import Blob


def open_blob(sha256: str) -> BinaryIO:
    """Open the bytes of a stored file."""
    return store.open_file(sha256)


def blob_of(sha256: str) -> Blob | None:
    """The row of the content, None where it was never stored."""
    return Blob.objects.filter(sha256=sha256).first()
