"""How a certificate of the demonstration is told from a real one: a certificate policy of our own."""

from cryptography import x509

# An identifier under 2.25 (a random UUID) needs no registration.
DEMONSTRATION_POLICY = x509.ObjectIdentifier("2.25.258310223361262192932833892230662012400")


def is_demonstration(certificate: x509.Certificate) -> bool:
    """Whether the certificate was made by a demonstration's authority."""
    try:
        policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return any(policy.policy_identifier == DEMONSTRATION_POLICY for policy in policies)
