"""Names of XML Signature and XAdES, and the algorithms that a signature may use."""

from cryptography.hazmat.primitives import hashes

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
ASIC = "http://uri.etsi.org/02918/v1.2.1#"
NS = {"ds": DS, "xades": XADES}

SIGNED_PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties"
COUNTERSIGNED_TYPE = "http://uri.etsi.org/01903#CountersignedSignature"
MANIFEST_TYPE = DS + "Manifest"

ENVELOPED = DS + "enveloped-signature"
BASE64 = DS + "base64"
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
XPATH_FILTER2 = "http://www.w3.org/2002/06/xmldsig-filter2"

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_MORE07 = "http://www.w3.org/2007/05/xmldsig-more#"
_ENC = "http://www.w3.org/2001/04/xmlenc#"

DIGESTS: dict[str, hashes.HashAlgorithm] = {
    DS + "sha1": hashes.SHA1(),  # noqa: S303 -- read to name an old signature as weak, never trusted
    _ENC + "sha256": hashes.SHA256(),
    _MORE + "sha384": hashes.SHA384(),
    _ENC + "sha512": hashes.SHA512(),
}
RSA = {
    DS + "rsa-sha1": hashes.SHA1(),  # noqa: S303 -- as above
    _MORE + "rsa-sha256": hashes.SHA256(),
    _MORE + "rsa-sha384": hashes.SHA384(),
    _MORE + "rsa-sha512": hashes.SHA512(),
}
RSA_PSS = {
    _MORE07 + "sha256-rsa-MGF1": hashes.SHA256(),
    _MORE07 + "sha384-rsa-MGF1": hashes.SHA384(),
    _MORE07 + "sha512-rsa-MGF1": hashes.SHA512(),
}
ECDSA = {
    _MORE + "ecdsa-sha256": hashes.SHA256(),
    _MORE + "ecdsa-sha384": hashes.SHA384(),
    _MORE + "ecdsa-sha512": hashes.SHA512(),
}


def ds(name: str) -> str:
    """The qualified name of an element of XML Signature."""
    return f"{{{DS}}}{name}"


def xades(name: str) -> str:
    """The qualified name of an element of XAdES 1.3.2."""
    return f"{{{XADES}}}{name}"
