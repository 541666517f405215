"""The demonstration's own authority: seal, time stamps, staff, residents and a 'podpis zaufany', all TEST.

Every certificate bears our demonstration policy and the word TEST; an installation that is not a
demonstration neither trusts nor uses any of them.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12, serialize_key_and_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from starostwo.signatures import demo_hsm, qualified
from starostwo.signatures.keys import KeyRef
from starostwo.signatures.marking import DEMONSTRATION_POLICY

YEARS = 10
YEARS_BACK = 3  # the demonstration county has letters from before it was built
ORGANIZATION = "TEST Instalacja demonstracyjna Starostwo"
SEAL_NAME = "TEST Pieczęć Starostwa Powiatowego"
TSA_NAME = "TEST Znacznik czasu"
TRUSTED_PROFILE_NAME = "TEST Pieczęć podpisu zaufanego"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who gets a test certificate. The title is shown in it for staff, the PESEL for residents."""

    account_id: int
    given_name: str
    family_name: str
    title: str = ""
    pesel: str = ""


@dataclass(frozen=True)
class DemoPki:
    """Where the demonstration's keys lie."""

    seal: KeyRef
    tsa: KeyRef
    trusted_profile: KeyRef
    people: dict[int, KeyRef]


@dataclass(frozen=True)
class _Authority:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


def build(folder: Path, people: Iterable[DemoPerson], *, now: datetime, in_token: bool = False) -> DemoPki:
    """Make what is missing in the folder of keys, keep what stands, and return the references.

    With `in_token` the people's keys go into a SoftHSM token where that is installed.
    """
    demo = folder / "demo"
    demo.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (demo / "passphrase").exists():
        _write_private(demo / "passphrase", secrets.token_urlsafe(24).encode())
    issuer = _issuer(folder, now)
    seal = _office_key(demo / "seal.p12", SEAL_NAME, issuer, now, qualified.FOR_SEALS)
    _write_private(folder / "seal.json", seal.kept_in(folder).as_json().encode())
    profile = _office_key(
        demo / "trusted-profile.p12", TRUSTED_PROFILE_NAME, issuer, now, qualified.FOR_SEALS
    )
    _publish(folder / "trust/trusted_profile/test.pem", _load(demo / "trusted-profile.p12").certificate)
    tsa = _tsa(demo / "tsa.p12", issuer, now)
    keys = {person.account_id: _person_key(demo, person, issuer, now) for person in people}
    return DemoPki(seal, tsa, profile, demo_hsm.keep_in_token(demo / "hsm", keys) if in_token else keys)


def issue(folder: Path, person: DemoPerson, *, now: datetime) -> KeyRef:
    """Make one person's test certificate in a standing demonstration, or return the present one."""
    return _person_key(folder / "demo", person, _issuer(folder, now), now)


def _issuer(folder: Path, now: datetime) -> _Authority:
    """The issuing authority below the root; the first time both are made, with CRLs and as anchors."""
    path = folder / "demo/issuer.p12"
    if path.exists():
        return _load(path)
    root = _root(now)
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name("TEST Wystawca certyfikatów"), root.certificate.subject, key, now)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    certificate = _signed(_ca_usage(builder), root.key)
    issuer = _Authority(key, certificate, (root.certificate,))
    _store(path, issuer)
    for kind in ("qualified", "tsa"):
        _publish(folder / f"trust/{kind}/test-root.pem", root.certificate)
    _publish_crl(folder / "trust/crl/test-root.crl", root, now)
    _publish_crl(folder / "trust/crl/test-issuer.crl", issuer, now)
    return issuer


def _root(now: datetime) -> _Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("TEST Główny urząd certyfikacji")
    builder = _builder(name, name, key, now)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
    return _Authority(key, _signed(_ca_usage(builder), key), ())


def _office_key(path: Path, name: str, issuer: _Authority, now: datetime, kind: str) -> KeyRef:
    if not path.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_name(name), issuer.certificate.subject, key, now)
        builder = builder.add_extension(qualified.extension(kind=kind), critical=False)
        _store(path, _Authority(key, _signed(_signing_usage(builder), issuer.key), _chain_of(issuer)))
    return KeyRef("pkcs12", str(path), name)


def _tsa(path: Path, issuer: _Authority, now: datetime) -> KeyRef:
    if not path.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_name(TSA_NAME), issuer.certificate.subject, key, now)
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = _signing_usage(builder.add_extension(purpose, critical=True))
        _store(path, _Authority(key, _signed(builder, issuer.key), _chain_of(issuer)))
    return KeyRef("pkcs12", str(path), TSA_NAME)


def _person_key(demo: Path, person: DemoPerson, issuer: _Authority, now: datetime) -> KeyRef:
    path = demo / f"person-{person.account_id}.p12"
    full_name = f"{person.given_name} {person.family_name}"
    if not path.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_person_name(person), issuer.certificate.subject, key, now)
        builder = builder.add_extension(qualified.extension(kind=qualified.FOR_SIGNATURES), critical=False)
        _store(path, _Authority(key, _signed(_signing_usage(builder), issuer.key), _chain_of(issuer)))
    return KeyRef("pkcs12", str(path), f"TEST {full_name}")


def _person_name(person: DemoPerson) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "PL"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANIZATION),
        x509.NameAttribute(NameOID.GIVEN_NAME, person.given_name),
        x509.NameAttribute(NameOID.SURNAME, person.family_name),
        x509.NameAttribute(NameOID.COMMON_NAME, f"TEST {person.given_name} {person.family_name}"[:64]),
    ]
    if person.title:
        parts.append(x509.NameAttribute(NameOID.TITLE, person.title[:64]))
    if person.pesel:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, f"PNOPL-{person.pesel}"))
    return x509.Name(parts)


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "PL"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANIZATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    policy = x509.CertificatePolicies([x509.PolicyInformation(DEMONSTRATION_POLICY, None)])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=365 * YEARS_BACK))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(policy, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _ca_usage(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    return builder.add_extension(_usage(ca=True), critical=True)


def _signing_usage(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    basic = x509.BasicConstraints(ca=False, path_length=None)
    return builder.add_extension(basic, critical=True).add_extension(_usage(ca=False), critical=True)


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _signed(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    return builder.add_extension(identifier, critical=False).sign(key, hashes.SHA256())


def _publish_crl(path: Path, authority: _Authority, now: datetime) -> None:
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(now - timedelta(days=365 * YEARS_BACK))
        .next_update(now + timedelta(days=365 * YEARS))
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False
        )
        .add_extension(x509.CRLNumber(1), critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(crl.public_bytes(Encoding.DER))


def _publish(path: Path, certificate: x509.Certificate) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(certificate.public_bytes(Encoding.PEM))


def _chain_of(issuer: _Authority) -> tuple[x509.Certificate, ...]:
    return (issuer.certificate, *issuer.chain)


def _store(path: Path, authority: _Authority) -> None:
    passphrase = (path.parent / "passphrase").read_bytes().strip()
    stored = serialize_key_and_certificates(
        b"TEST", authority.key, authority.certificate, authority.chain, BestAvailableEncryption(passphrase)
    )
    _write_private(path, stored)


def _load(path: Path) -> _Authority:
    store = load_pkcs12(path.read_bytes(), (path.parent / "passphrase").read_bytes().strip())
    if not isinstance(store.key, ec.EllipticCurvePrivateKey) or store.cert is None:
        raise ValueError(f"{path.name}: niepełny plik klucza")
    chain = tuple(each.certificate for each in store.additional_certs)
    return _Authority(store.key, store.cert.certificate, chain)


def _write_private(path: Path, content: bytes) -> None:
    """Write whole or not at all; nobody but the owner may read it."""
    draft = path.with_name(path.name + ".part")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.replace(path)
