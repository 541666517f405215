"""Which pages a unit's site has and what stands on each; rendering alone, nothing is written here.

A page leads on by itself ("../"), since it stands at the unit's own domain and in the portal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from starostwo.bulletin import api as bulletin
from starostwo.portal import access
from starostwo.portal.models import Article, UnitSite
from starostwo.portal.queries import articles as reads
from starostwo.screens.api import languages

INDEX, NOWHERE = "index.html", "404.html"
NEWS, LISTED, FED = 4, 12, 20
PLACES = {Article.Kind.NEWS: "aktualnosci", Article.Kind.PAGE: "strony"}


@dataclass(frozen=True)
class Made:
    """A page with its address."""

    address: str
    content: bytes


class SitePress:
    """Makes the pages of a site; what stands on all of them is asked for once."""

    def __init__(self, site: UnitSite) -> None:
        self.site, self.home = site, site.body.home
        self.menu = reads.shown_pages(site)

    def everything(self) -> Iterator[Made]:
        """All pages of the site."""
        yield from self.lists()
        for year in reads.years_of_news(self.site):
            yield self.year(year)
        for kind in PLACES:
            for article in reads.shown_texts(kind, self.site):
                yield self.article(article)
        yield self.page(f"kontakt/{INDEX}", "portal/site_contact.html")
        yield self.declaration()
        yield self.page(NOWHERE, "portal/site_gone.html", root="/")

    def of_news(self, article: Article) -> Iterator[Made]:
        """The pages on which a news item stands."""
        yield self.article(article)
        if article.published_at:
            yield self.year(reads.year_of(article.published_at))
        yield from self.lists()

    def lists(self) -> Iterator[Made]:
        """The first page, the newest news, and the feed."""
        newest = reads.newest(FED, self.site)
        yield self.page(INDEX, "portal/site_front.html", news=newest[:NEWS])
        years = reads.years_of_news(self.site)
        yield self.page(
            f"aktualnosci/{INDEX}", "portal/site_news.html", news=newest[:LISTED], years=years, year=None
        )
        yield Made("aktualnosci/kanal.atom", self.feed(newest))

    def year(self, year: int) -> Made:
        """The news of a year."""
        years = reads.years_of_news(self.site)
        news = reads.news_of_year(year, self.site)
        address = f"aktualnosci/rok/{year}/{INDEX}"
        return self.page(address, "portal/site_news.html", news=news, years=years, year=year)

    def article(self, article: Article) -> Made:
        """One page or news item."""
        version = access.text_of(article)
        images = reads.images_of([version])
        address = f"{PLACES[Article.Kind(article.kind)]}/{article.slug}/{INDEX}"
        own: dict[str, Any] = {"article": article, "version": version, "images": images}
        return self.page(address, "portal/site_article.html", **own)

    def declaration(self) -> Made:
        """The declaration of accessibility."""
        last = bulletin.last_declaration(self.site.body)
        return self.page(
            f"deklaracja-dostepnosci/{INDEX}",
            "portal/site_declaration.html",
            declaration=last,
            address=self.home,
        )

    def feed(self, newest: list[Article]) -> bytes:
        """The newest news for readers of feeds."""
        here = f"{self.home}aktualnosci/"
        made = Atom1Feed(
            title=_("Aktualności: %(name)s") % {"name": self.site.name},
            link=here,
            description=self.site.lead,
            language="pl",
            feed_url=f"{here}kanal.atom",
        )
        for article in newest:
            text, address = access.text_of(article), f"{here}{article.slug}/"
            made.add_item(
                title=text.title, link=address, description=text.summary, unique_id=address,
                pubdate=article.published_at, updateddate=article.changed_at,
            )  # fmt: skip
        return str(made.writeString("utf-8")).encode()

    def page(self, file: str, template: str, *, root: str = "", **own: Any) -> Made:
        """One page from its template."""
        root = root or "../" * file.count("/") or "./"
        context = {"site": self.site, "root": root, "menu": self.menu, "bip": self._bulletin(root), **own}
        with translation.override(languages.SOURCE):
            return Made(file, render_to_string(template, context).encode())

    def _bulletin(self, root: str) -> str:
        """Where the unit's bulletin is: beneath the site, unless it stands somewhere else."""
        return self.site.bip_url or f"{root}bip/"
