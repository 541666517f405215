"""Pages and news: what was written stays, version by version; one of them at most is shown."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

OF_THE_ARTICLE = """
    IF NEW.published_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM portal_version WHERE id = NEW.published_id AND article_id = NEW.id
    ) THEN RAISE EXCEPTION 'version % is of another article', NEW.published_id
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class Article(models.Model):
    """Strona albo aktualność: its address never changes, its text is that of the published version."""

    class Kind(models.TextChoices):
        NEWS = "NEWS", "aktualność"
        PAGE = "PAGE", "strona"

    site = models.ForeignKey(
        "portal.UnitSite", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="jednostka"
    )
    kind = models.CharField("rodzaj", max_length=10, choices=Kind.choices)
    slug = models.SlugField("adres", max_length=90)
    created_at = models.DateTimeField("utworzono")
    published = models.ForeignKey(
        "portal.Version",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="opublikowana wersja",
    )
    published_at = models.DateTimeField("pierwsza publikacja", null=True)
    changed_at = models.DateTimeField("ostatnia publikacja", null=True)

    class Meta:
        verbose_name = "strona albo aktualność"
        constraints = [
            models.UniqueConstraint(
                name="portal_article_has_its_address", fields=["site", "kind", "slug"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="portal_published_has_its_moments",
                condition=Q(published=None)
                | Q(published_at__isnull=False, changed_at__gte=F("published_at")),
            ),
        ]
        indexes = [
            models.Index(
                name="portal_article_shown",
                fields=["site", "kind", "-published_at", "-id"],
                condition=~Q(published=None),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="published_version_is_its_own",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=OF_THE_ARTICLE,
            ),
            pgtrigger.Protect(
                name="articles_keep_their_site",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("site"),
            ),
            pgtrigger.Protect(name="articles_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.slug


class Version(models.Model):
    """Wersja: a text as it was saved; it never changes, the next save makes the next one."""

    article = models.ForeignKey("portal.Article", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("numer")
    title = models.CharField("tytuł", max_length=150)
    summary = models.CharField("zajawka", max_length=400)
    easy = models.TextField("w prostych słowach", max_length=2000, blank=True)
    blocks = models.JSONField("bloki")
    note = models.CharField("co zmieniono", max_length=200, blank=True)
    saved_at = models.DateTimeField("zapisano")
    saved_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="zapisał(a)"
    )

    class Meta:
        verbose_name = "wersja"
        constraints = [
            models.UniqueConstraint(name="portal_versions_are_numbered", fields=["article", "number"]),
            models.CheckConstraint(
                name="portal_version_has_a_title", condition=~Q(title="") & ~Q(summary="")
            ),
        ]
        triggers = [pgtrigger.Protect(name="versions_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class VersionImage(models.Model):
    """Which images a version shows: they are public once it is published, and may not be thrown away."""

    version = models.ForeignKey("portal.Version", on_delete=models.PROTECT, related_name="+")
    image = models.ForeignKey("portal.Image", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "obraz wersji"
        constraints = [
            models.UniqueConstraint(name="portal_image_once_in_a_version", fields=["version", "image"])
        ]
        triggers = [
            pgtrigger.Protect(name="images_of_versions_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.image_id}"
