"""Pages go out compressed, files as they are."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from starostwo.site.compression import CompressedPages

PAGE = b"<!doctype html><p>" + b"Starostwo " * 100


def answered(response: HttpResponseBase, accepts: str) -> HttpResponseBase:
    asked = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    answer = CompressedPages(lambda request: response)(asked)
    assert isinstance(answer, HttpResponseBase)
    return answer


def test_a_page_is_compressed_for_who_can_read_it() -> None:
    answer = answered(HttpResponse(PAGE), "gzip, br")
    assert isinstance(answer, HttpResponse)
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == PAGE
    assert len(answer.content) < len(PAGE) / 4


@pytest.mark.parametrize(
    ("response", "accepts"),
    [
        (HttpResponse(PAGE), "identity"),
        (HttpResponse(PAGE, content_type="application/pdf"), "gzip"),
        (FileResponse(iter([PAGE]), content_type="text/html"), "gzip"),
    ],
    ids=["nobody asked", "a file", "a stream"],
)
def test_everything_else_stays(response: HttpResponseBase, accepts: str) -> None:
    assert "Content-Encoding" not in answered(response, accepts).headers
