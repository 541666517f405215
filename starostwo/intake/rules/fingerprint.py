"""When two submissions are the same, and whose key of repetition it is."""

from collections.abc import Sequence
from hashlib import sha256

LONGEST_KEY = 200


class BadKey(ValueError):
    """The key of repetition is empty, too long or has signs outside visible ASCII."""


def check_key(key: str) -> str:
    """Return the key of repetition as it is kept."""
    plain = key.strip()
    if not 1 <= len(plain) <= LONGEST_KEY or not all(" " <= sign <= "~" for sign in plain):
        raise BadKey(f"klucz ma od 1 do {LONGEST_KEY} znaków ASCII")
    return plain


def scope_of(*, account_id: int | None, address: str) -> str:
    """Return within what a key means the same submission: one account, else one access address."""
    return f"account:{account_id}" if account_id is not None else f"address:{address}"


def bytes_fingerprint(sha256s: Sequence[str]) -> str:
    """Return the mark of the files alone: the document, then the attachments in any order."""
    document, *attachments = sha256s
    return _digest([document, *sorted(attachments)])


def request_fingerprint(files: Sequence[tuple[str, str]], *sender: str) -> str:
    """Return the mark of the whole request: files' names and hashes in their order, the sender's lines."""
    return _digest([*(part for file in files for part in file), *sender])


def _digest(parts: Sequence[str]) -> str:
    whole = sha256()
    for part in parts:
        data = part.encode()
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()
