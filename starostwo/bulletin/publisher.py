"""Who publishes a bulletin, as its pages say it: the county's office, or a unit.

Law: ustawa o dostępie do informacji publicznej art. 8 ust. 6 pkt 1.
"""

from dataclasses import dataclass

from django.conf import settings

from starostwo.bulletin.models import Body
from starostwo.office import api as office


@dataclass(frozen=True)
class Publisher:
    """Podmiot udostępniający; `site` is the address before `/bip/`."""

    name: str
    address: str
    phone: str
    email: str
    site: str
    esp_address: str = ""


def publisher_of(body: Body | None) -> Publisher:
    """The body; the office of the county where none is named."""
    if body is not None:
        return Publisher(body.name, body.address, body.phone, body.email, body.home.removesuffix("/"))
    county = office.office()
    if county is None:
        return Publisher("", "", "", "", settings.PUBLIC_URL)
    where = f"{county.street} {county.building}, {county.postcode} {county.town}"
    return Publisher(
        county.name, where, county.phone, county.email, settings.PUBLIC_URL, esp_address=county.esp_address
    )
