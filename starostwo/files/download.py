"""Handing a stored file to a browser so that it cannot act there as a page of ours."""

from django.http import FileResponse

from starostwo.files import store
from starostwo.files.models import Blob
from starostwo.files.rules.kinds import PDF, SHOWN_IN_BROWSER, UNKNOWN
from starostwo.files.rules.names import safe_name

LOCKED = "default-src 'none'; sandbox"
PDF_VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


class NotForOpening(Exception):
    """A virus was found in the file; it is kept as evidence and handed to nobody."""


def download_response(blob: Blob, name: str, *, inline: bool = False) -> FileResponse:
    """Return the file as an attachment; `inline` shows PDF, images and text in the browser.

    The caller has checked the right to the file. The browser may neither guess another type nor run anything.
    """
    if blob.scan == Blob.Scan.INFECTED:
        raise NotForOpening(blob.sha256)
    is_shown = inline and blob.media_type in SHOWN_IN_BROWSER
    response = FileResponse(
        store.open_file(blob.sha256),
        as_attachment=not is_shown,
        filename=safe_name(name),
        content_type=_content_type(blob.media_type) if is_shown else blob.media_type or UNKNOWN,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_VIEWER if is_shown and blob.media_type == PDF else LOCKED
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    response["X-Frame-Options"] = "SAMEORIGIN" if is_shown else "DENY"
    return response


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
