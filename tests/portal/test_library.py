"""The media library: every picture is drawn anew, has its words, and is shown only where it is published."""

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image as Pillow

from starostwo.files import api as files
from starostwo.files.testing import huge_image, pdf
from starostwo.office import testing as office
from starostwo.portal.access import NotAnEditor
from starostwo.portal.models import Image
from starostwo.portal.services import articles, images
from starostwo.portal.testing import editing, editor, make_article, make_image, picture, text_of

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
WORDS = {"title": "Most", "alt": "Most nad Bzurą", "is_decorative": False, "author": "Starostwo"}
pytestmark = pytest.mark.django_db


def test_a_picture_is_drawn_anew_within_the_limit_without_what_the_camera_wrote() -> None:
    sent = io.BytesIO()
    exif = Pillow.Exif()
    exif[0x0110], exif[0x0112] = "Aparat Anny", 6  # the model, and turned by 90 degrees
    Pillow.new("RGB", (4000, 1000), "#c08a2d").save(sent, "JPEG", exif=exif)

    image = images.add(sent.getvalue(), actor=editing(), now=NOW, **WORDS)

    assert (image.width, image.height) == (400, 1600)
    with files.open_blob(image.blob.sha256) as file:
        content = file.read()
    assert b"Aparat Anny" not in content
    assert Pillow.open(io.BytesIO(content)).size == (400, 1600)


def test_a_list_of_news_lets_a_phone_take_the_small_drawing() -> None:
    image, small = images.add(picture(1500, 1000), actor=editing(), now=NOW, **WORDS), make_image(now=NOW)
    block = {"kind": "image", "image": str(image.pk), "alt": "Most", "decorative": "", "caption": ""}
    make_article(now=NOW, blocks=[block])

    shown = Client().get("/aktualnosci/").content.decode()
    drawn = Client().get(f"/obrazy/{image.pk}/mniejszy/")

    assert f'srcset="/obrazy/{image.pk}/mniejszy/ 800w, /obrazy/{image.pk}/ 1500w"' in shown
    assert Pillow.open(io.BytesIO(b"".join(drawn.streaming_content))).size == (800, 533)  # type: ignore[attr-defined]
    assert small.small is None
    assert office.client_of(editor()).get(f"/obrazy/{small.pk}/mniejszy/").status_code == 404


def test_what_is_transparent_becomes_paper() -> None:
    sent = io.BytesIO()
    Pillow.new("RGBA", (4, 4), (0, 0, 0, 0)).save(sent, "PNG")

    drawn = files.redraw(sent.getvalue(), longest_side=100)

    assert drawn is not None
    assert Pillow.open(io.BytesIO(drawn.content)).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", pdf(), huge_image()]
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(images.NotAnImage):
        images.add(content, actor=editing(), now=NOW, **WORDS)
    assert Image.objects.count() == 0


@pytest.mark.parametrize(("alt", "is_decorative"), [("", False), ("  ", False), ("Most", True)])
def test_a_picture_has_a_text_or_is_decorative(alt: str, is_decorative: bool) -> None:
    said = WORDS | {"alt": alt, "is_decorative": is_decorative}
    image = make_image(now=NOW)

    with pytest.raises(images.WithoutText):
        images.add(picture(), actor=editing(), now=NOW, **said)
    with pytest.raises(images.WithoutText):
        images.describe(image.pk, actor=editing(), now=NOW, **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=image.pk).update(alt="", is_decorative=False)
    assert Image.objects.get().alt == "Most nad Bzurą"


def test_only_editors_fill_the_library() -> None:
    anna = office.actor(office.anna())

    with pytest.raises(NotAnEditor):
        images.add(picture(), actor=anna, now=NOW, **WORDS)
    assert office.client_of(office.anna()).get("/urzad/portal/obrazy/").status_code == 404


def test_the_screen_adds_a_picture_and_asks_for_its_words() -> None:
    client = office.client_of(editor())

    refused = client.post("/urzad/portal/obrazy/", {"title": "Most", "author": "A", "file": _file()})
    accepted = client.post(
        "/urzad/portal/obrazy/", {"title": "Most", "author": "A", "alt": "Most", "file": _file()}
    )

    assert (refused.status_code, accepted.status_code) == (422, 302)
    assert "Napisz tekst alternatywny" in refused.content.decode()
    image = Image.objects.get()
    changed = {"title": "Most", "author": "B", "is_decorative": "on"}
    assert client.post(f"/urzad/portal/obrazy/{image.pk}/", changed).status_code == 302
    assert (Image.objects.get().alt, Image.objects.get().is_decorative) == ("", True)


def test_an_image_is_public_once_a_page_that_shows_it_is_published() -> None:
    image, reader = make_image(now=NOW), Client()
    address = f"/obrazy/{image.pk}/"
    block = {"kind": "image", "image": str(image.pk), "alt": "Most", "decorative": "", "caption": ""}
    article = make_article(now=NOW, blocks=[block], is_shown=False)

    assert (reader.get(address).status_code, office.client_of(editor()).get(address).status_code) == (
        404,
        200,
    )
    articles.publish(article.pk, actor=editing(), number=1, now=NOW)

    shown = reader.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert 'alt="Most"' in reader.get(f"/aktualnosci/{article.slug}/").content.decode()
    articles.save(article.pk, actor=editing(), text=text_of(), based_on=1, now=NOW)
    articles.publish(article.pk, actor=editing(), number=2, now=NOW)
    assert reader.get(address).status_code == 404


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("most.png", picture(), "image/png")
