"""Secrets that must be read again, encrypted for the database with a key made of SECRET_KEY."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


def seal(secret: bytes) -> bytes:
    """Encrypt for the database."""
    return _keys().encrypt(secret)


def unseal(sealed: bytes | memoryview) -> bytes:
    """Decrypt; secrets sealed with a former SECRET_KEY open by SECRET_KEY_FALLBACKS."""
    return _keys().decrypt(bytes(sealed))


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"starostwo.office.second_factor").derive(
        force_bytes(secret)
    )
    return Fernet(base64.urlsafe_b64encode(derived))
