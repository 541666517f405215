"""Signatures of every shape, made from templates by the program `xmlsec1`, which we did not write."""

import subprocess
import tempfile
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from starostwo.signatures.keys import Pkcs12Key

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
ECDSA = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"

ENVELOPED = f'<ds:Transform Algorithm="{DS}enveloped-signature"/>'
CANONICAL = f'<ds:Transform Algorithm="{C14N}"/>'
EXCLUSIVE_CANONICAL = f'<ds:Transform Algorithm="{EXCLUSIVE}"/>'


def xpath(expression: str, namespace: str = DS, prefix: str = "ds") -> str:
    return (
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">'
        f'<ds:XPath xmlns:{prefix}="{namespace}">{expression}</ds:XPath></ds:Transform>'
    )


def filter2(expression: str, kind: str = "subtract") -> str:
    uri = "http://www.w3.org/2002/06/xmldsig-filter2"
    return (
        f'<ds:Transform Algorithm="{uri}"><x:XPath xmlns:x="{uri}" xmlns:ds="{DS}" Filter="{kind}">'
        f"{expression}</x:XPath></ds:Transform>"
    )


def reference(uri: str, transforms: str = "", kind: str = "", digest: str = SHA256) -> str:
    steps = f"<ds:Transforms>{transforms}</ds:Transforms>" if transforms else ""
    type_attribute = f' Type="{kind}"' if kind else ""
    return (
        f'<ds:Reference URI="{uri}"{type_attribute}>{steps}'
        f'<ds:DigestMethod Algorithm="{digest}"/><ds:DigestValue/></ds:Reference>'
    )


PROPERTIES = reference("#P1", CANONICAL, "http://uri.etsi.org/01903#SignedProperties")


def template(
    key: Pkcs12Key,
    references: str,
    *,
    objects: str = "",
    named: Pkcs12Key | None = None,
    target: str = "#S1",
    properties: bool = True,
    at: str = "2026-11-20T10:00:00+01:00",
    c14n: str = C14N,
    method: str = ECDSA,
) -> str:
    """A signature with empty digests and value; `named` puts another certificate's digest into it."""
    der = key.certificate.public_bytes(Encoding.DER)
    digest = b64encode(sha256((named or key).certificate.public_bytes(Encoding.DER)).digest()).decode()
    qualifying = (
        f'<ds:Object><xades:QualifyingProperties xmlns:xades="{XADES}" Target="{target}">'
        '<xades:SignedProperties Id="P1"><xades:SignedSignatureProperties>'
        f"<xades:SigningTime>{at}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert>"
        f'<xades:CertDigest><ds:DigestMethod Algorithm="{SHA256}"/><ds:DigestValue>{digest}</ds:DigestValue>'
        "</xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties>"
        "</xades:SignedProperties></xades:QualifyingProperties></ds:Object>"
    )
    return (
        f'<ds:Signature xmlns:ds="{DS}" Id="S1"><ds:SignedInfo>'
        f'<ds:CanonicalizationMethod Algorithm="{c14n}"/><ds:SignatureMethod Algorithm="{method}"/>'
        f"{references}</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate>"
        f"{b64encode(der).decode()}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        f"{objects}{qualifying if properties else ''}</ds:Signature>"
    )


def renamed(signature: str) -> str:
    """The same signature or template under other identifiers, for a second one in a document."""
    for name in ("S", "P"):
        signature = signature.replace(f'"{name}1"', f'"{name}2"').replace(f'"#{name}1"', f'"#{name}2"')
    return signature


def sign(xml: str, key: Pkcs12Key, *, beside: dict[str, bytes] | None = None, node: str = "") -> bytes:
    """Let xmlsec1 fill in the digests and the value of the template in the document."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pem = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "key.pem").write_bytes(pem)
        (folder / "template.xml").write_text(xml)
        for file, content in (beside or {}).items():
            (folder / file).write_bytes(content)
        command = ["xmlsec1", "--sign", *IDS, "--privkey-pem", "key.pem", "--output", "signed.xml"]
        chosen = ["--node-id", node] if node else []
        subprocess.run([*command, *chosen, "template.xml"], cwd=folder, check=True, capture_output=True)
        return (folder / "signed.xml").read_bytes()


def xmlsec_accepts(xml: bytes, *, beside: dict[str, bytes] | None = None, anchor: bytes = b"") -> bool:
    """What xmlsec1 says of the mathematics of a signature."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "signed.xml").write_bytes(xml)
        (folder / "anchor.pem").write_bytes(anchor)
        for file, content in (beside or {}).items():
            (folder / file).write_bytes(content)
        trusted = ["--trusted-pem", "anchor.pem"] if anchor else ["--insecure"]
        done = subprocess.run(
            ["xmlsec1", "--verify", *IDS, *trusted, "signed.xml"],
            cwd=folder,
            check=False,
            capture_output=True,
        )
        return done.returncode == 0


IDS = [
    part
    for name in (
        f"{XADES}:SignedProperties",
        f"{DS}:Object",
        f"{DS}:KeyInfo",
        f"{DS}:Manifest",
        f"{DS}:SignatureValue",
        f"{DS}:Signature",
        "tresc",
        "pismo",
    )
    for part in ("--id-attr:Id", name)
]
