"""The code with which a sender without an account asks about a submission; only its hash is kept."""

from hashlib import sha256
from hmac import compare_digest

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
GROUP = 5


def code_from(randomness: bytes) -> str:
    """Return a code of 20 signs (98 bits) in groups of five from 32 random bytes."""
    number = int.from_bytes(sha256(randomness).digest(), "big")
    signs = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    whole = "".join(signs)
    return "-".join(whole[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def hash_of(code: str) -> str:
    """Return what is kept of the code; small letters, spaces and dashes do not matter."""
    plain = "".join(sign for sign in code.upper() if sign in ALPHABET)
    return sha256(plain.encode()).hexdigest()


def is_one_of(code: str, hashes: list[str]) -> bool:
    """Tell whether the code is one of those given out; the time does not tell how near it was."""
    asked = hash_of(code)
    return any([compare_digest(asked, known) for known in hashes])
