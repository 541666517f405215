"""Pages and news: every save is a version that stays, one version at most is shown."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import InternalError, transaction
from django.db.utils import DatabaseError, IntegrityError

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.portal import access
from starostwo.portal.models import Article, Version, VersionImage
from starostwo.portal.services import articles
from starostwo.portal.testing import editing, editor, make_article, make_image, paragraph, text_of

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
pytestmark = pytest.mark.django_db


def test_a_draft_is_a_version_that_nobody_sees() -> None:
    article = make_article(now=NOW, is_shown=False)

    assert list(Version.objects.values_list("number", "title")) == [(1, "Nabór wniosków")]
    assert list(access.shown(Article.Kind.NEWS)) == []
    assert [entry.verb for entry in audit.history(articles.thing_of(article.pk))] == ["save"]


def test_publishing_shows_one_version_and_a_later_one_takes_its_place() -> None:
    article = make_article(now=NOW)
    articles.save(article.pk, actor=editing(), text=text_of("Nabór przedłużony"), based_on=1, now=LATER)

    assert [access.text_of(a).title for a in access.shown(Article.Kind.NEWS)] == ["Nabór wniosków"]
    articles.publish(article.pk, actor=editing(), number=2, now=LATER)

    shown = access.shown(Article.Kind.NEWS).get()
    assert (access.text_of(shown).title, shown.slug) == ("Nabór przedłużony", "nabor-wnioskow")
    assert (shown.published_at, shown.changed_at) == (NOW, LATER)
    verbs = [entry.verb for entry in audit.history(articles.thing_of(article.pk))]
    assert sorted(verbs) == ["publish", "publish", "save", "save"]


def test_an_older_version_can_be_shown_again_but_not_twice() -> None:
    article = make_article(now=NOW)

    with pytest.raises(articles.NothingToPublish):
        articles.publish(article.pk, actor=editing(), number=1, now=LATER)
    with pytest.raises(articles.NothingToPublish):
        articles.publish(article.pk, actor=editing(), number=9, now=LATER)


def test_what_is_withdrawn_is_kept() -> None:
    article = make_article(now=NOW)
    articles.withdraw(article.pk, actor=editing(), now=LATER)

    assert access.shown(Article.Kind.NEWS).count() == 0
    assert Version.objects.count() == 1
    with pytest.raises(articles.NothingToPublish):
        articles.withdraw(article.pk, actor=editing(), now=LATER)


def test_a_text_that_shuts_readers_out_is_not_saved() -> None:
    with pytest.raises(articles.NotAccessible) as refused:
        make_article(now=NOW, blocks=[{"kind": "paragraph", "text": "[tutaj](/a/)"}])

    assert [(fault.block, fault.field) for fault in refused.value.faults] == [(0, "text")]
    assert Article.objects.count() == 0


@pytest.mark.parametrize("image", ["999", "x", "9" * 30])
def test_an_image_that_is_not_in_the_library_is_refused(image: str) -> None:
    shown = {"kind": "image", "image": image, "alt": "Most", "decorative": "", "caption": ""}

    with pytest.raises(articles.NotAccessible):
        make_article(now=NOW, blocks=[shown])
    assert Version.objects.count() == 0


def test_a_version_names_the_images_that_it_shows() -> None:
    image = make_image(now=NOW)
    shown = {"kind": "image", "image": str(image.pk), "alt": "Most", "decorative": "", "caption": ""}

    make_article(now=NOW, blocks=[shown, paragraph(), shown])

    assert list(VersionImage.objects.values_list("image_id", flat=True)) == [image.pk]


def test_who_writes_on_an_older_version_is_told_of_the_newer() -> None:
    article = make_article(now=NOW)
    articles.save(article.pk, actor=editing(), text=text_of("Druga"), based_on=1, now=NOW)

    with pytest.raises(articles.SavedMeanwhile) as refused:
        articles.save(article.pk, actor=editing(), text=text_of("Trzecia"), based_on=1, now=LATER)

    assert refused.value.last.title == "Druga"
    assert Version.objects.count() == 2


def test_history_says_in_whose_place_an_editor_acts() -> None:
    nadia, jan, today = editor(), office.jan(), NOW.date()
    office.make_stand_in(nadia, jan, since=today, until=today + timedelta(days=5))
    acting = office.actor(jan, today=today)

    article = articles.begin(actor=acting, kind=Article.Kind.NEWS, text=text_of(), now=NOW)

    (entry,) = audit.history(articles.thing_of(article.pk))
    assert (entry.actor, entry.in_place_of) == (f"account:{jan.pk}", f"account:{nadia.pk}")


def test_equal_titles_get_addresses_of_their_own() -> None:
    slugs = [make_article(now=NOW).slug for _ in range(3)]

    assert slugs == ["nabor-wnioskow", "nabor-wnioskow-2", "nabor-wnioskow-3"]


def test_only_editors_write_and_publish() -> None:
    article, anna = make_article(now=NOW), office.actor(office.anna())

    for refused in (
        lambda: articles.begin(actor=anna, kind=Article.Kind.NEWS, text=text_of(), now=NOW),
        lambda: articles.save(article.pk, actor=anna, text=text_of(), based_on=1, now=NOW),
        lambda: articles.publish(article.pk, actor=anna, number=1, now=NOW),
        lambda: articles.withdraw(article.pk, actor=anna, now=NOW),
    ):
        with pytest.raises(access.NotAnEditor):
            refused()
    assert (Version.objects.count(), access.shown(Article.Kind.NEWS).count()) == (1, 1)


def test_the_database_keeps_versions_as_they_were() -> None:
    first, second = make_article(now=NOW), make_article(now=NOW, title="Inna")
    version = Version.objects.get(article=first)

    for change in (
        lambda: Version.objects.filter(pk=version.pk).update(title="Zmieniony"),
        lambda: version.delete(),
        lambda: first.delete(),
        lambda: Article.objects.filter(pk=second.pk).update(published=version),
    ):
        with pytest.raises((InternalError, IntegrityError, DatabaseError)), transaction.atomic():
            change()
    assert Version.objects.get(pk=version.pk).title == "Nabór wniosków"
