"""The verbs of pages and news: save a version, publish it, take it away from the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from starostwo.office.api import Actor
from starostwo.portal import access
from starostwo.portal.models import Article, Image, UnitSite, Version, VersionImage
from starostwo.portal.rules.blocks import KINDS, LONGEST, MOST_BLOCKS, Block, Fault, faults
from starostwo.portal.services import site_files
from starostwo.portal.services.addresses import free_slug
from starostwo.portal.services.noting import note
from starostwo.screens.api import languages


@dataclass(frozen=True)
class Text:
    """What an editor hands over to be saved."""

    title: str
    summary: str
    blocks: Sequence[Block]
    easy: str = ""
    note: str = ""


class NotAccessible(Exception):
    """The text would shut somebody out; each fault names its block."""

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__(found[0].text)
        self.faults = list(found)


class SavedMeanwhile(Exception):
    """Somebody else saved a version while this one was written."""

    def __init__(self, last: Version) -> None:
        super().__init__(f"W międzyczasie zapisano wersję {last.number}.")
        self.last = last


class NothingToPublish(Exception):
    """There is no such version, or it is shown already."""


class AlreadyTranslated(Exception):
    """The text has a version in this language."""


@transaction.atomic
def begin(
    *,
    actor: Actor,
    kind: Article.Kind,
    text: Text,
    now: datetime,
    site: UnitSite | None = None,
    language: str = languages.SOURCE,
    original: Article | None = None,
) -> Article:
    """Begin a page or a news item of a site with its first version; its address comes from the title.

    A text in another language is a translation of `original`, or stands for itself.
    """
    access.demand_editor(actor, site)
    _demand_accessible(text, site)
    beside = Article.objects.filter(kind=kind, site=site)
    if original is not None and Article.objects.filter(original=original, language=language).exists():
        raise AlreadyTranslated("Ten tekst ma już wersję w tym języku. Zmień ją zamiast pisać drugą.")
    article = Article.objects.create(
        site=site,
        kind=kind,
        slug=free_slug(beside, text.title),
        language=language,
        original=original,
        created_at=now,
    )
    _write(article, 1, text, actor=actor, now=now)
    return article


@transaction.atomic
def save(article_id: int, *, actor: Actor, text: Text, based_on: int, now: datetime) -> Version:
    """Save the next version of what was begun; refused when somebody saved since `based_on`."""
    article = Article.objects.select_for_update(of=("self",)).select_related("site__body").get(pk=article_id)
    access.demand_editor(actor, article.site)
    last = Version.objects.filter(article=article).latest("number")
    if last.number != based_on:
        raise SavedMeanwhile(last)
    _demand_accessible(text, article.site)
    return _write(article, last.number + 1, text, actor=actor, now=now)


def publish(article_id: int, *, actor: Actor, number: int, now: datetime) -> Article:
    """Show a version to the public from now on."""
    article = _publish(article_id, actor=actor, number=number, now=now)
    if article.site is not None:
        is_new = article.kind == Article.Kind.NEWS and article.published_at == article.changed_at
        site_files.write(article.site, article if is_new else None)
    return article


@transaction.atomic
def _publish(article_id: int, *, actor: Actor, number: int, now: datetime) -> Article:
    article = Article.objects.select_for_update(of=("self",)).select_related("site__body").get(pk=article_id)
    access.demand_editor(actor, article.site)
    version = Version.objects.filter(article=article, number=number).first()
    if version is None or version.pk == article.published_id:
        raise NothingToPublish("Ta wersja jest już opublikowana albo jej nie ma.")
    article.published = version
    article.published_at = article.published_at or now
    article.changed_at = now
    article.save(update_fields=["published", "published_at", "changed_at"])
    _note("publish", article, actor=actor, now=now, version=number)
    return article


def withdraw(article_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a page away from the public; its versions stay."""
    site = _withdraw(article_id, actor=actor, now=now).site
    if site is not None:
        site_files.write(site)


@transaction.atomic
def _withdraw(article_id: int, *, actor: Actor, now: datetime) -> Article:
    article = Article.objects.select_for_update(of=("self",)).select_related("site__body").get(pk=article_id)
    access.demand_editor(actor, article.site)
    if article.published_id is None:
        raise NothingToPublish("Ta strona nie jest opublikowana.")
    article.published = None
    article.save(update_fields=["published"])
    _note("withdraw", article, actor=actor, now=now)
    return article


def thing_of(article_id: int) -> str:
    """The name of an article in the history."""
    return f"portal.article:{article_id}"


def _demand_accessible(text: Text, site: UnitSite | None) -> None:
    if len(text.blocks) > MOST_BLOCKS or any(
        len(value) > LONGEST for b in text.blocks for value in b.values()
    ):
        raise NotAccessible(
            [Fault(0, "text", f"Strona ma najwyżej {MOST_BLOCKS} bloków. Podziel ją na dwie.")]
        )
    found = faults(text.blocks)
    known = set(Image.objects.filter(pk__in=_images(text), site=site).values_list("pk", flat=True))
    found += [
        Fault(number, "image", "Tego obrazu nie ma w bibliotece. Wybierz inny.")
        for number, block in enumerate(text.blocks)
        if block["kind"] == "image" and block["image"] and not _is_known(block["image"], known)
    ]
    if found:
        raise NotAccessible(found)


def _is_known(image: str, known: set[int]) -> bool:
    return image.isdecimal() and int(image) in known


def _images(text: Text) -> set[int]:
    chosen = (block["image"] for block in text.blocks if block["kind"] == "image")
    return {int(image) for image in chosen if image.isdecimal() and len(image) < 12}


def _write(article: Article, number: int, text: Text, *, actor: Actor, now: datetime) -> Version:
    version = Version.objects.create(
        article=article,
        number=number,
        title=text.title,
        summary=text.summary,
        easy=text.easy,
        blocks=[
            {key: block[key] for key in sorted(block)} for block in text.blocks if block["kind"] in KINDS
        ],
        note=text.note,
        saved_at=now,
        saved_by_id=actor.account_id or None,
    )
    VersionImage.objects.bulk_create(
        VersionImage(version=version, image_id=image) for image in sorted(_images(text))
    )
    _note("save", article, actor=actor, now=now, version=number, note=text.note)
    return version


def _note(verb: str, article: Article, *, actor: Actor, now: datetime, **payload: object) -> None:
    note(verb, thing_of(article.pk), actor=actor, payload={"slug": article.slug, **payload}, now=now)
