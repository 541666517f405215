"""Secrets that must be read again, encrypted for the database by keys made of SECRET_KEY, one a purpose.

Secrets that another program of the office shares with us are made of it in the same way and are kept nowhere.
"""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


def seal(secret: bytes, purpose: str) -> bytes:
    """Encrypt for the database; what is sealed for one purpose does not open for another."""
    return _keys(purpose).encrypt(secret)


def unseal(sealed: bytes | memoryview, purpose: str) -> bytes:
    """Decrypt; secrets sealed with a former SECRET_KEY open by SECRET_KEY_FALLBACKS."""
    return _keys(purpose).decrypt(bytes(sealed))


def shared(purpose: str) -> list[str]:
    """What we share with a program for a purpose: first what is used now, then that of former SECRET_KEYs."""
    return [_derived(secret, f"shared.{purpose}").hex() for secret in _secrets()]


def _keys(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(secret, purpose))) for secret in _secrets()])


def _secrets() -> tuple[str | bytes, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def _derived(secret: str | bytes, purpose: str) -> bytes:
    info = f"starostwo.{purpose}".encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(force_bytes(secret))
