"""The national node as this installation knows it, with the keys read from PEM files when needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from starostwo.office.saml.names import LEVELS
from starostwo.office.vouched import NotBelieved


@dataclass(frozen=True, repr=False)
class Node:
    """Who vouches, where it answers, how we sign to it, and which certificates it signs with."""

    issuer: str
    accounts: str
    system: str
    system_name: str
    sign_on_url: str
    artifact_url: str
    logout_url: str
    least_level: str
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    decryption_keys: tuple[ec.EllipticCurvePrivateKey, ...]
    pinned: tuple[x509.Certificate, ...]

    def __post_init__(self) -> None:
        if self.least_level not in LEVELS:
            raise NotBelieved("SAML_LEAST_LEVEL is none of low, substantial, high")
        if not self.pinned or not self.decryption_keys:
            raise NotBelieved("no certificate of the node or no key for decryption is set")


def read_key(file: Path) -> ec.EllipticCurvePrivateKey:
    """A private key on P-256 from a PEM file; nothing of it gets into a message."""
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        raise NotBelieved(f"{file.name}: no readable private key") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise NotBelieved(f"{file.name}: not a key on P-256")
    return key


def read_certificate(file: Path) -> x509.Certificate:
    """One certificate from a PEM file."""
    try:
        return x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError):
        raise NotBelieved(f"{file.name}: no readable certificate") from None


def files(named: str) -> Sequence[Path]:
    """The files of a setting that names several, separated by commas."""
    return [Path(name.strip()) for name in named.split(",") if name.strip()]
