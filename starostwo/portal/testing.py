"""Makers for tests: an editor of the portal, and texts as one would write them."""

import io
from datetime import datetime
from typing import Any

from PIL import Image as Pillow

from starostwo.office import testing as office
from starostwo.office.api import Actor, Right
from starostwo.portal.models import Article, Image
from starostwo.portal.services import articles, images


def editor() -> office.Account:
    """Nadia Widok, editor of the portal."""
    office.make_unit("PK", name="Wydział Promocji", parent="ST")
    return office.make_staff("n.widok", "Nadia Widok", unit="PK", rights=(Right.EDIT_PORTAL,))


def editing() -> Actor:
    """The editor as whoever acts."""
    return office.actor(editor())


def paragraph(text: str = "Nabór trwa do końca miesiąca.") -> dict[str, str]:
    """A block that may be saved."""
    return {"kind": "paragraph", "text": text}


def text_of(title: str = "Nabór wniosków", **told: Any) -> articles.Text:
    """A text that may be saved."""
    return articles.Text(title=title, summary="Krótko o naborze.", **{"blocks": [paragraph()], **told})


def make_article(
    title: str = "Nabór wniosków",
    *,
    kind: Article.Kind = Article.Kind.NEWS,
    now: datetime,
    is_shown: bool = True,
    language: str = "pl",
    original: Article | None = None,
    **told: Any,
) -> Article:
    """A page or news item, shown to the public when wanted; in another language when one is named."""
    text = text_of(title, **told)
    article = articles.begin(
        actor=editing(), kind=kind, text=text, now=now, language=language, original=original
    )
    if is_shown:
        article = articles.publish(article.pk, actor=editing(), number=1, now=now)
    return article


def picture(width: int = 40, height: int = 30, *, kind: str = "PNG", colour: str = "#14505c") -> bytes:
    """The bytes of a picture of one colour."""
    made = io.BytesIO()
    Pillow.new("RGB", (width, height), colour).save(made, kind)
    return made.getvalue()


def make_image(*, now: datetime, title: str = "Most") -> Image:
    """A picture of the library."""
    return images.add(
        picture(),
        actor=editing(),
        title=title,
        alt="Most nad Bzurą",
        is_decorative=False,
        author="Starostwo",
        now=now,
    )
