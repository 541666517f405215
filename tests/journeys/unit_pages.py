"""What stands in the addresses of pages of the portal and of the sites of the demonstration's units."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

YEAR = (localdate() - timedelta(days=2)).year  # of the newest news of the school
UNIT_PAGES: dict[str, dict[str, Any]] = {
    **{f"portal:site_{name}": {"site": "zs1"} for name in ("front", "news", "contact", "declaration")},
    "portal:site_news_item": {"site": "zs1", "slug": "nasz-robot-sortuje-nakretki-w-pol-minuty"},
    "portal:site_news_year": {"site": "zs1", "year": YEAR},
    "bulletin:body_front": {"site": "zs1"},
    "bulletin:body_page": {"site": "zs1", "address": "dzial/zarzadzenia/"},
    "bulletin:body_search": {"site": "zs1"},
    **{
        f"bulletin:body_{name}": {"body": "zs1"}
        for name in ("editing", "new_item", "waiting", "sections", "publications")
    },
    "portal:site_page": {"site": "zs1", "slug": "rekrutacja"},
    **{f"portal:site_{name}": {"slug": "zs1"} for name in ("data", "library", "declaring")},
    "portal:site_texts": {"slug": "zs1", "section": "aktualnosci"},
    "portal:new_site_text": {"slug": "zs1", "section": "strony"},
    "portal:event": {"slug": "dzien-otwarty-archiwum"},
    "portal:consultation": {"slug": "program-ochrony-srodowiska-na-lata-2027-2030"},
    "portal:opinion_said": {"slug": "program-ochrony-srodowiska-na-lata-2027-2030"},
    "portal:session": {"slug": "xxiii-sesja-rady-powiatu"},
    "portal:things": {"section": "komunikaty"},
    "portal:new_thing": {"section": "wydarzenia"},
}
