"""What stands in the addresses of the sites of the demonstration's units."""

UNIT_PAGES: dict[str, dict[str, str]] = {
    **{f"portal:site_{name}": {"site": "zs1"} for name in ("front", "news", "contact", "declaration")},
    "portal:site_news_item": {"site": "zs1", "slug": "nasz-robot-sortuje-nakretki-w-pol-minuty"},
    "portal:site_page": {"site": "zs1", "slug": "rekrutacja"},
    **{f"portal:site_{name}": {"slug": "zs1"} for name in ("data", "library", "declaring")},
    "portal:site_texts": {"slug": "zs1", "section": "aktualnosci"},
    "portal:new_site_text": {"slug": "zs1", "section": "strony"},
}
