"""The statements of a qualified certificate. Law: eIDAS annexes I and III; form: ETSI EN 319 412-5."""

from asn1crypto import core
from cryptography import x509

STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
COMPLIANCE = "0.4.0.1862.1.1"
SECURE_DEVICE = "0.4.0.1862.1.4"
TYPE = "0.4.0.1862.1.6"
FOR_SIGNATURES = "0.4.0.1862.1.6.1"
FOR_SEALS = "0.4.0.1862.1.6.2"


class _Types(core.SequenceOf):  # type: ignore[misc]
    _child_spec = core.ObjectIdentifier


class _Statement(core.Sequence):  # type: ignore[misc]
    _fields = [("id", core.ObjectIdentifier), ("info", core.Any, {"optional": True})]


class _Statements(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _Statement


def statements(certificate: x509.Certificate) -> frozenset[str]:
    """Return the identifiers of the statements, types included; none when the extension is broken."""
    try:
        extension = certificate.extensions.get_extension_for_oid(STATEMENTS).value
        if not isinstance(extension, x509.UnrecognizedExtension):
            return frozenset()
        found: set[str] = set()
        for statement in _Statements.load(extension.value):
            found.add(statement["id"].dotted)
            if statement["id"].dotted == TYPE:
                found |= {each.dotted for each in statement["info"].parse(_Types)}
        return frozenset(found)
    except (x509.ExtensionNotFound, ValueError, TypeError):
        return frozenset()


def extension(*, kind: str) -> x509.UnrecognizedExtension:
    """Return the extension of a qualified certificate on a secure device, for signatures or for seals."""
    types = _Statement({"id": TYPE, "info": core.Any(_Types([kind]))})
    plain = [_Statement({"id": each}) for each in (COMPLIANCE, SECURE_DEVICE)]
    return x509.UnrecognizedExtension(STATEMENTS, _Statements([*plain, types]).dump())
