"""Secrets that must be read again, encrypted for the database by keys made of SECRET_KEY, one a purpose."""

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


def _keys(purpose: str) -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_key(secret, purpose) for secret in secrets])


def _key(secret: str | bytes, purpose: str) -> Fernet:
    info = f"starostwo.{purpose}".encode()
    derived = HKDF(SHA256(), 32, salt=None, info=info).derive(force_bytes(secret))
    return Fernet(base64.urlsafe_b64encode(derived))
