"""Taking an uploaded file in as an attachment of a draft."""

from collections.abc import Mapping
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile

from starostwo.bulletin.services.drafts import CannotAttach, NewFile
from starostwo.files import api as files

LIMIT = 100 * 1024 * 1024


def store_upload(upload: "UploadedFile[bytes]", said: Mapping[str, Any]) -> NewFile:
    """Look at the file, keep it, have it scanned; refuse what the public should not get."""
    name = files.safe_name(upload.name or "plik").replace(" ", "-")
    content = cast(BinaryIO, upload.file)
    inspection = files.inspect(content, name)
    if against := [*inspection.refusals, *inspection.quarantine]:
        raise CannotAttach(f"{name}: {against[0].text}")
    blob = files.put(content, name=name, limit=LIMIT, inspection=inspection)
    if files.scan(blob) is files.Problem.VIRUS:
        raise CannotAttach(f"{name}: {files.Problem.VIRUS.text}")
    return NewFile(blob=blob, name=name, label=said["label"], text_version=said["text_version"])
