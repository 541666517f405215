"""Certificates that are not the demonstration's: foreign, expired, revoked, weak, made for other purposes."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from starostwo.signatures.keys import Pkcs12Key
from starostwo.signatures.trust import Trust

START = datetime(2025, 1, 1, tzinfo=UTC)
END = datetime(2029, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Authority:
    """A certification authority of one level."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def trusted(self, *, kind: str = "qualified", revoked: dict[int, datetime] | None = None) -> Trust:
        """Trust in this authority, with a revocation list of its own."""
        return Trust({kind: (self.certificate,)}, (self.crl(revoked or {}),))

    def crl(self, revoked: dict[int, datetime], *, until: datetime = END) -> bytes:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(START)
            .next_update(until)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
            .add_extension(x509.CRLNumber(1), critical=False)
        )
        for serial, moment in revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)


def authority(name: str = "Obcy wystawca") -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    builder = _builder(subject, subject, key, START, END).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    usage = replace_usage(key_cert_sign=True, crl_sign=True)
    return Authority(key, builder.add_extension(usage, critical=True).sign(key, hashes.SHA256()))


def key_from(
    issuer: Authority,
    *,
    name: str = "Jan Kos",
    start: datetime = START,
    end: datetime = END,
    signs: bool = True,
    rsa_bits: int = 0,
    stamps_time: bool = False,
    asks_at: str = "",
) -> Pkcs12Key:
    """A key with a certificate of this authority, good unless an argument makes it bad."""
    private = (
        rsa.generate_private_key(65537, rsa_bits) if rsa_bits else ec.generate_private_key(ec.SECP256R1())
    )
    usage = replace_usage(digital_signature=signs, content_commitment=signs, key_encipherment=not signs)
    builder = _builder(_name(name), issuer.certificate.subject, private, start, end)
    builder = builder.add_extension(usage, critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
    )
    if stamps_time:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    if asks_at:
        builder = _with_addresses(builder, asks_at)
    return Pkcs12Key(private, builder.sign(issuer.key, hashes.SHA256()), (issuer.certificate,))


def _with_addresses(builder: x509.CertificateBuilder, url: str) -> x509.CertificateBuilder:
    """Where the certificate tells its reader to ask: revocation list, OCSP, issuer's certificate."""
    address = x509.UniformResourceIdentifier(url)
    point = x509.DistributionPoint([address], None, None, None)
    methods = (x509.AuthorityInformationAccessOID.OCSP, x509.AuthorityInformationAccessOID.CA_ISSUERS)
    access = x509.AuthorityInformationAccess([x509.AccessDescription(each, address) for each in methods])
    return builder.add_extension(x509.CRLDistributionPoints([point]), critical=False).add_extension(
        access, critical=False
    )


def replace_usage(**wanted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**({name: False for name in names} | wanted))


def both(first: Trust, second: Trust) -> Trust:
    """Trust in the anchors of both."""
    kinds = {*first.anchors, *second.anchors}
    anchors = {kind: (*first.anchors.get(kind, ()), *second.anchors.get(kind, ())) for kind in kinds}
    return replace(first, anchors=anchors, crls=(*first.crls, *second.crls))


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "PL"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    start: datetime,
    end: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(max(end, start + timedelta(seconds=1)))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
