"""A socket on a floor plan is moved with the mouse and with the arrow keys; what is seen is what is kept."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from PIL import Image
from playwright.sync_api import Page, expect

from starostwo.infrastructure import testing as net
from starostwo.infrastructure.models import PlanSpot
from starostwo.infrastructure.services import plans
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.screens import testing

pytestmark = pytest.mark.journey
SESSION = plain_settings.SESSION_COOKIE_NAME


@pytest.fixture
def page(committed_database: str, settings: LazySettings) -> Iterator[Page]:
    """The plan of a floor with one socket in the middle, as the administrator of the network sees it."""
    office.make_office()
    actor = net.administrator()
    made = BytesIO()
    Image.new("RGB", (800, 600), "#ffffff").save(made, "PNG")
    plan = plans.draw_plan(office.make_place("SADOWA/1").pk, made.getvalue(), actor=actor, now=net.NOW)
    socket = net.make_panel("G-105", ports=1)
    plans.mark(plan.pk, socket.pk, 5000, 5000, actor=actor, now=net.NOW)
    with (
        testing.serving() as site,
        testing.chromium() as browser,
        testing.page_of(browser, site, width=1280) as (page, faults),
    ):
        settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = site, [site]
        value = office.client_of(Account.objects.get(pk=actor.account_id)).cookies[SESSION].value
        page.context.add_cookies([{"name": SESSION, "value": value, "url": site}])
        page.goto(f"/urzad/siec/rzuty/{plan.pk}/")
        yield page
        assert faults.all() == []


def test_a_socket_moves_by_mouse_and_by_arrow_keys(page: Page) -> None:
    drawing = page.locator("[data-plan-drawing]").bounding_box()
    assert drawing is not None
    x, y, width, height = (drawing[side] for side in ("x", "y", "width", "height"))
    page.mouse.move(x + width / 2, y + height / 2)
    page.mouse.down()
    page.mouse.move(x + width * 0.25, y + height * 0.2, steps=4)
    page.mouse.up()
    state = page.locator("[data-plan-state]")
    expect(state).to_have_text("G-105: zapisano położenie.")
    spot = PlanSpot.objects.get()
    assert (abs(spot.x - 2500) <= 20, abs(spot.y - 2000) <= 20) == (True, True)
    before = spot.x
    with page.expect_response("**/punkt/") as answered:
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Shift+ArrowDown")
    assert answered.value.ok
    spot.refresh_from_db()
    assert spot.x - before in range(40, 61)
    assert abs(spot.y - 2500) <= 20
