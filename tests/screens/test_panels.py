"""A page names a place, a higher package names its template for it, and neither knows the other."""

from django.test import RequestFactory

from starostwo.screens import panels
from starostwo.screens.api import add_panel

PLACE = "a place of this test"


def test_what_was_named_is_drawn_once_with_the_thing_and_nothing_elsewhere() -> None:
    request = RequestFactory().get("/")
    assert panels.panels(PLACE, request, "GN.6621.1.2026") == ""
    for _ in range(2):
        add_panel(place=PLACE, template="screens/wordmark.html")
    drawn = panels.panels(PLACE, request, "GN.6621.1.2026")
    assert drawn.count("<svg") == 1
    assert panels.panels("another place", request, "x") == ""
