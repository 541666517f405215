"""Who publishes a bulletin, as its pages say it: the county's office, or a unit.

Law: ustawa o dostępie do informacji publicznej art. 8 ust. 6 pkt 1.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings

from starostwo.bulletin.models import Body, OfficialSign
from starostwo.office import api as office


@dataclass(frozen=True)
class Sign:
    """The official sign in the header: a file of the bulletin and its size on the screen."""

    address: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True)
class Publisher:
    """Podmiot udostępniający; `site` is the address before `/bip/`."""

    name: str
    address: str
    phone: str
    email: str
    site: str
    esp_address: str = ""
    delivery_address: str = ""
    sign: Sign | None = None


def publisher_of(body: Body | None) -> Publisher:
    """The body; the office of the county where none is named."""
    if body is not None:
        site = body.home.removesuffix("/")
        return Publisher(body.name, body.address, body.phone, body.email, site, sign=current_sign())
    county = office.office()
    if county is None:
        return Publisher("", "", "", "", settings.PUBLIC_URL)
    where = f"{county.street} {county.building}, {county.postcode} {county.town}"
    return Publisher(
        county.name,
        where,
        county.phone,
        county.email,
        settings.PUBLIC_URL,
        esp_address=county.esp_address,
        delivery_address=county.delivery_address,
        sign=current_sign(),
    )


def current_sign() -> Sign | None:
    """The sign that the office put in; None where the words stand."""
    newest = OfficialSign.objects.order_by("-id").first()
    if newest is None or not newest.kind:
        return None
    content = bytes(newest.content)
    mark = hashlib.sha256(content).hexdigest()[:8]
    return Sign(f"znak-{mark}.{newest.kind}", newest.width, newest.height, content)
