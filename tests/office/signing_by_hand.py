"""Enveloped XML signatures made by hand, so that a test can make them as weak or as false as it wants."""

from base64 import b64encode
from hashlib import sha1, sha256

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
DSIG = "http://www.w3.org/2000/09/xmldsig#"


def by_hand(
    text: str,
    *,
    key: ec.EllipticCurvePrivateKey,
    shown: x509.Certificate | None,
    weak: str = "",
    uri: str = "",
) -> str:
    """An enveloped signature made without any library for it: as weak, or over what, as the test wants."""
    root = etree.fromstring(text)
    place = root.find(f"{{{DSIG}}}Signature")
    assert place is not None
    parent = place.getparent()
    assert parent is not None
    parent.remove(place)
    digest = sha1 if weak == "digest" else sha256
    names = {"digest": f"{DSIG}sha1"}.get(weak, "http://www.w3.org/2001/04/xmlenc#sha256")
    method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-" + ("sha1" if weak == "value" else "sha256")
    value = b64encode(digest(etree.tostring(root, method="c14n", exclusive=True)).digest()).decode()
    info = etree.fromstring(
        f'<ds:SignedInfo xmlns:ds="{DSIG}"><ds:CanonicalizationMethod Algorithm="{C14N}"/>'
        f'<ds:SignatureMethod Algorithm="{method}"/><ds:Reference URI="{uri or "#" + str(root.get("ID"))}">'
        f'<ds:Transforms><ds:Transform Algorithm="{DSIG}enveloped-signature"/>'
        f'<ds:Transform Algorithm="{C14N}"/></ds:Transforms><ds:DigestMethod Algorithm="{names}"/>'
        f"<ds:DigestValue>{value}</ds:DigestValue>"
        f"</ds:Reference></ds:SignedInfo>"
    )
    hashed = SHA1() if weak == "value" else SHA256()
    r, s = decode_dss_signature(
        key.sign(etree.tostring(info, method="c14n", exclusive=True), ec.ECDSA(hashed))
    )
    signature = etree.Element(f"{{{DSIG}}}Signature", nsmap={"ds": DSIG})
    signature.append(info)
    etree.SubElement(signature, f"{{{DSIG}}}SignatureValue").text = b64encode(
        r.to_bytes(32) + s.to_bytes(32)
    ).decode()
    if shown is not None:
        data = etree.SubElement(etree.SubElement(signature, f"{{{DSIG}}}KeyInfo"), f"{{{DSIG}}}X509Data")
        told = b64encode(shown.public_bytes(Encoding.DER)).decode()
        etree.SubElement(data, f"{{{DSIG}}}X509Certificate").text = told
    root.insert(1, signature)
    return etree.tostring(root, encoding="unicode")
