"""Keys of the demonstration's national node and of the office towards it; each says TEST in its name."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

YEARS = 5
OWNERS = {
    "office": "TEST urząd, podpis żądań",
    "decryption": "TEST urząd, szyfrowanie",
    "node": "TEST węzeł krajowy",
}


def make_keys(folder: Path) -> None:
    """Fill the folder with a key and a certificate for each owner, once; all or nothing."""
    if folder.exists():
        return
    begun = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    begun.mkdir(parents=True, mode=0o700)
    for name, owner in OWNERS.items():
        key = ec.generate_private_key(ec.SECP256R1())
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with os.fdopen(os.open(begun / f"{name}.key", os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(secret)
        (begun / f"{name}.pem").write_bytes(certificate(key, owner).public_bytes(Encoding.PEM))
    begun.rename(folder)


def certificate(key: ec.EllipticCurvePrivateKey, owner: str, *, days: int = 365 * YEARS) -> x509.Certificate:
    """A certificate that the key gives itself: the other side pins it, no authority stands behind."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, owner)])
    ends = datetime.now(UTC) + timedelta(days=days)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(min(ends, datetime.now(UTC)) - timedelta(days=1))
        .not_valid_after(ends)
        .sign(key, SHA256())
    )
