"""What we ask the node: a log-in, the message behind an artifact, the end of a session. Each is signed."""

import secrets
from datetime import UTC, datetime

from lxml import etree

from starostwo.office.saml.names import ARTIFACT, ATTRIBUTES, LEVEL, NS, UNSPECIFIED, URI_NAMES, q
from starostwo.office.saml.node import Node
from starostwo.office.saml.signing import sign

ENVELOPE = b'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>%s</soap:Body></soap:Envelope>'


def new_id() -> str:
    """A name for one message that nobody can guess; XML wants no digit in front."""
    return f"_{secrets.token_hex(20)}"


def authn_request(node: Node, *, request_id: str, back: str, seconds: int) -> bytes:
    """Ask for a fresh log-in of at least our level, with the answer as an artifact to `back`."""
    message = _message(node, "samlp:AuthnRequest", request_id, node.sign_on_url, seconds)
    message.attrib.update(
        {
            "AssertionConsumerServiceURL": back,
            "ForceAuthn": "true",
            "IsPassive": "false",
            "ProtocolBinding": ARTIFACT,
            "ProviderName": node.system_name,
        }
    )
    extensions = etree.SubElement(message, q("samlp:Extensions"), nsmap={"eidas": NS["eidas"]})
    etree.SubElement(extensions, q("eidas:SPType")).text = "public"
    wanted = etree.SubElement(extensions, q("eidas:RequestedAttributes"))
    for friendly, name in ATTRIBUTES.items():
        told = {"FriendlyName": friendly, "Name": name, "NameFormat": URI_NAMES, "isRequired": "true"}
        etree.SubElement(wanted, q("eidas:RequestedAttribute"), told)
    etree.SubElement(message, q("samlp:NameIDPolicy"), AllowCreate="true", Format=UNSPECIFIED)
    context = etree.SubElement(message, q("samlp:RequestedAuthnContext"), Comparison="minimum")
    etree.SubElement(context, q("saml:AuthnContextClassRef")).text = f"{LEVEL}{node.least_level}"
    return sign(message, key=node.key, certificate=node.certificate)


def artifact_resolve(node: Node, *, request_id: str, artifact: str, seconds: int) -> bytes:
    """Ask in an envelope for the message that the artifact stands for."""
    message = _message(node, "samlp:ArtifactResolve", request_id, node.artifact_url, seconds)
    etree.SubElement(message, q("samlp:Artifact")).text = artifact
    return ENVELOPE % sign(message, key=node.key, certificate=node.certificate)


def logout_request(node: Node, *, request_id: str, name_id: str, session_index: str, seconds: int) -> bytes:
    """Ask in an envelope to end the person's session at the node."""
    message = _message(node, "samlp:LogoutRequest", request_id, node.logout_url, seconds)
    etree.SubElement(message, q("saml:NameID"), Format=UNSPECIFIED).text = name_id
    etree.SubElement(message, q("samlp:SessionIndex")).text = session_index
    return ENVELOPE % sign(message, key=node.key, certificate=node.certificate)


def _message(node: Node, name: str, request_id: str, destination: str, seconds: int) -> etree._Element:
    told = {
        "ID": request_id,
        "Version": "2.0",
        "IssueInstant": datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Destination": destination,
    }
    message = etree.Element(q(name), told, nsmap={"samlp": NS["samlp"], "saml": NS["saml"]})
    etree.SubElement(message, q("saml:Issuer")).text = node.system
    return message
