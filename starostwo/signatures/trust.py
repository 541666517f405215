"""Whom we trust: anchors and revocation lists from a folder that the office's administrator keeps.

`qualified/` roots and authorities of qualified certificates, `trusted_profile/` the ministry's seals,
`personal/` the authorities of e-ID cards, `tsa/` those of time stamps, `crl/` revocation lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from starostwo.signatures.marking import is_demonstration

KINDS = ("qualified", "trusted_profile", "personal", "tsa")


@dataclass(frozen=True)
class Trust:
    """The anchors by kind, the revocation lists (DER), and whether demonstration keys count."""

    anchors: Mapping[str, tuple[x509.Certificate, ...]] = field(default_factory=dict)
    crls: tuple[bytes, ...] = ()
    accepts_demo: bool = False


def trust_from_folder(folder: Path, *, accepts_demo: bool) -> Trust:
    """Read the folder; a demonstration's anchor is left out of an installation that is none."""
    anchors = {kind: _anchors(folder / kind, accepts_demo=accepts_demo) for kind in KINDS}
    return Trust(anchors, tuple(_der_crl(path) for path in sorted(folder.glob("crl/*.crl"))), accepts_demo)


def _anchors(folder: Path, *, accepts_demo: bool) -> tuple[x509.Certificate, ...]:
    found = [each for path in sorted(folder.glob("*.pem")) for each in _certificates(path)]
    return tuple(each for each in found if accepts_demo or not is_demonstration(each))


def _certificates(path: Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(path.read_bytes())


def _der_crl(path: Path) -> bytes:
    """Revocation lists come as DER, or as PEM from some publishers."""
    content = path.read_bytes()
    if not content.startswith(b"-----BEGIN"):
        return content
    return x509.load_pem_x509_crl(content).public_bytes(Encoding.DER)
