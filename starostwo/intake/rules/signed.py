"""Which kinds of files can hold a signature, so that the others need no validation."""

_HOLD_ONE = frozenset(
    {
        "application/pdf",
        "application/xml",
        "application/pkcs7-signature",
        "application/vnd.etsi.asic-e+zip",
        "application/vnd.etsi.asic-s+zip",
    }
)
_POINT_OUTSIDE = frozenset({"application/xml", "application/pkcs7-signature"})


def may_be_signed(media_type: str) -> bool:
    """Tell whether a file of this kind can hold a signature."""
    return media_type in _HOLD_ONE


def may_point_outside(media_type: str) -> bool:
    """Tell whether a signature of this kind can cover another file of the submission."""
    return media_type in _POINT_OUTSIDE
