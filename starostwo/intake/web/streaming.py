"""Receiving a multipart request: files go to temporary files and the stream is cut off at the limit."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest

from starostwo.intake.rules.limits import STANDARD, Limits, OverLimit, check_limits

FORM_OVERHEAD = 1 << 20


class LimitedUpload(TemporaryFileUploadHandler):
    """Writes each file to the disk as it comes and stops when the submission grows over its limits."""

    def __init__(self, request: HttpRequest | None = None, limits: Limits = STANDARD) -> None:
        super().__init__(request)
        self.limits = limits
        self.sizes: list[int] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; one too many is refused before its first byte."""
        super().new_file(*args, **kwargs)
        self.sizes.append(0)
        check_limits(self.sizes, self.limits)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a part of the file unless it grows over the limits."""
        self.sizes[-1] += len(raw_data)
        check_limits(self.sizes, self.limits)
        super().receive_data_chunk(raw_data, start)


def limit_upload(request: HttpRequest, limits: Limits = STANDARD) -> None:
    """Make the request stream its files to the disk within the limits.

    Raises `OverLimit` at once when the announced length is too much; reading the files raises it later.
    """
    announced = int(request.META.get("CONTENT_LENGTH") or 0)
    if announced > limits.total_bytes + FORM_OVERHEAD:
        raise OverLimit(f"Wszystkie pliki razem mogą mieć najwyżej {limits.total_bytes >> 20} MB.")
    request.upload_handlers = [LimitedUpload(request, limits)]
