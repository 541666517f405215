"""The address by which tries are limited: the proxy's word when one is trusted, never the sender's."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from starostwo.site.proxy import address_middleware


@pytest.mark.parametrize(
    ("trusted", "header", "address", "why"),
    [
        (False, "198.51.100.7", "127.0.0.1", "no proxy is trusted: anybody can write the header"),
        (True, "198.51.100.7", "198.51.100.7", "the proxy wrote down who came"),
        (True, "203.0.113.9, 198.51.100.7", "198.51.100.7", "what stands before came from the sender"),
        (True, "", "127.0.0.1", "a request on the machine itself"),
    ],
)
def test_the_address_of_a_request(
    settings: object, trusted: bool, header: str, address: str, why: str
) -> None:
    settings.BEHIND_PROXY = trusted  # type: ignore[attr-defined]

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.META["REMOTE_ADDR"])

    request = RequestFactory().get("/", headers={"X-Forwarded-For": header} if header else None)
    assert address_middleware(answer)(request).content.decode() == address, why
