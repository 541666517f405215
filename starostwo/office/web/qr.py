"""A QR code as an SVG picture inside the page, for the authenticator app."""

import zxingcpp
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """Draw the text as a QR code; the picture holds shapes alone, nothing of the text."""
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_svg(add_quiet_zones=True)
    shapes = drawn[drawn.index("<rect") : drawn.rindex("</g>")]
    size = drawn.split('width="', 1)[1].split('"', 1)[0]
    return format_html(
        '<svg role="img" aria-label="Kod QR dla aplikacji" width="240" viewBox="0 0 {0} {0}">{1}</svg>',
        size,
        mark_safe(shapes),  # noqa: S308  drawn by the library from shapes alone
    )
