"""Enveloped XAdES B-B by signxml, with a key in memory or in a token.

Inclusive C14N 1.0 only: with any other method signxml writes references that other programs refuse.
"""

import copy
from datetime import datetime
from typing import Any, NoReturn

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.xades.xades import XAdESDataObjectFormat, XAdESSigner

from starostwo.platform.canonical_xml import canonical
from starostwo.platform.safe_xml import parse
from starostwo.signatures.facts import ClaimedPerson
from starostwo.signatures.keys import SigningKey
from starostwo.signatures.xades.names import xades
from starostwo.signatures.xades.trusted_profile import PZ


def sign_enveloped(
    xml: bytes, *, key: SigningKey, at: datetime, person: ClaimedPerson | None = None
) -> bytes:
    """Return the document with the signature as the last child of its root; nothing else of it changes."""
    tree = parse(xml)
    is_rsa = isinstance(key.certificate.public_key(), rsa.RSAPublicKey)
    signer = _Signer(
        signature_algorithm=SignatureMethod.RSA_SHA256 if is_rsa else SignatureMethod.ECDSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0,
        data_object_format=XAdESDataObjectFormat(Description="Dokument elektroniczny", MimeType="text/xml"),
    )
    signer.claimed_at, signer.person = at, person
    adapter = _RsaAdapter(key) if is_rsa else _EcAdapter(key)
    signed = signer.sign(
        tree.getroot(), key=adapter, cert=[key.certificate, *_intermediates(key)], always_add_key_value=False
    )
    return etree.tostring(signed.getroottree(), xml_declaration=True, encoding="UTF-8")


def _intermediates(key: SigningKey) -> list[x509.Certificate]:
    return [each for each in key.chain if each.issuer != each.subject]


class _Signer(XAdESSigner):
    """signxml's signer with our clock, with a person if there is one, and keeping what precedes the root."""

    claimed_at: datetime
    person: ClaimedPerson | None = None

    def get_root(self, data: etree._Element) -> etree._Element:
        return copy.deepcopy(data.getroottree()).getroot()

    def _c14n(
        self, nodes: etree._Element, algorithm: CanonicalizationMethod, inclusive_ns_prefixes: object = None
    ) -> bytes:
        is_document = nodes.getparent() is None and not {"Id", "ID"} & set(nodes.attrib)
        return canonical(nodes, method=algorithm.value, whole_document=is_document)

    def add_signing_time(
        self, signed_signature_properties: etree._Element, sig_root: object, signing_settings: object
    ) -> None:
        element = etree.SubElement(signed_signature_properties, xades("SigningTime"))
        element.text = self.claimed_at.isoformat(timespec="seconds")

    def add_signer_role(
        self, signed_signature_properties: etree._Element, sig_root: object, signing_settings: object
    ) -> None:
        if self.person is None:
            return
        role = etree.SubElement(signed_signature_properties, xades("SignerRole"))
        claimed = etree.SubElement(etree.SubElement(role, xades("ClaimedRoles")), xades("ClaimedRole"))
        signature = etree.SubElement(claimed, f"{{{PZ}}}EPSignature", nsmap={"pz": PZ})
        natural = etree.SubElement(signature, f"{{{PZ}}}NaturalPerson")
        for name, value in (
            ("CurrentFamilyName", self.person.family_name),
            ("FirstName", self.person.given_name),
            ("PersonalIdentifier", self.person.pesel),
        ):
            etree.SubElement(natural, f"{{{PZ}}}{name}").text = value


class _KeptKey:
    """What both adapters share: the private part stays where the key lies."""

    def __init__(self, key: SigningKey) -> None:
        self._key = key

    @property
    def key_size(self) -> int:
        public = self._key.certificate.public_key()
        return public.key_size if isinstance(public, (ec.EllipticCurvePublicKey, rsa.RSAPublicKey)) else 0

    def public_key(self) -> Any:
        return self._key.certificate.public_key()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("klucz nie opuszcza swojego magazynu")

    private_numbers = private_bytes = decrypt = exchange = __copy__ = __deepcopy__ = _refuse


class _EcAdapter(_KeptKey, ec.EllipticCurvePrivateKey):
    @property
    def curve(self) -> ec.EllipticCurve:
        public = self._key.certificate.public_key()
        if not isinstance(public, ec.EllipticCurvePublicKey):
            raise TypeError("certyfikat nie ma klucza EC")
        return public.curve

    def sign(self, data: Any, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        return self._key.sign(data)


class _RsaAdapter(_KeptKey, rsa.RSAPrivateKey):
    def sign(self, data: Any, padding: object, algorithm: object) -> bytes:
        return self._key.sign(data)
