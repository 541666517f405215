"""`python -m bench.anchor.fill FILE`: makes the tables and the page from the content of ours, as JSON."""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402  models are there only after setup
from wagtail.models import Page, Site  # noqa: E402

from bench.anchor.models import NewsPage  # noqa: E402

SECTIONS = ("Powiat", "Aktualnosci", "Wydarzenia", "Kontakt", "Rada")
OTHERS = 40


def main() -> None:
    """Fill an empty database."""
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    call_command("makemigrations", "anchor", verbosity=0)
    call_command("migrate", verbosity=0)
    home = Page.objects.get(depth=2)
    Site.objects.update(site_name="Powiat", root_page=home)
    parents = [
        home.add_child(instance=Page(title=name, slug=name.lower(), show_in_menus=True)) for name in SECTIONS
    ]
    for number in range(OTHERS):
        parents[1].add_child(instance=_page(told, f"inna-{number}"))
    parents[1].add_child(instance=_page(told, "mierzona"))


def _page(told: dict[str, object], slug: str) -> NewsPage:
    page = NewsPage(title=told["title"], slug=slug, lead=told["lead"], published_by=told["by"])
    page.body = [(kind, value) for kind, value in told["body"]]
    return page


if __name__ == "__main__":
    main()
