"""Opening images: decoded as a whole, within a limit of points."""

import warnings
from typing import BinaryIO

from PIL import Image, ImageSequence

from starostwo.files.rules import kinds
from starostwo.files.rules.problems import Problem

MOST_POINTS = 200_000_000
DECODED_PAGES = 20
MOST_PAGES = 2_000
FORMAT_OF = {kinds.PNG: "PNG", kinds.JPEG: "JPEG", kinds.TIFF: "TIFF"}


def inspect_image(file: BinaryIO, media_type: str) -> set[Problem]:
    """Return what speaks against the image: it must decode, and not into more points than the limit."""
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=[FORMAT_OF[media_type]]) as image:
                _decode(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {Problem.EXPLODES}
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError):
        return {Problem.DAMAGED}
    return set()


def _decode(image: Image.Image) -> None:
    if getattr(image, "n_frames", 1) > MOST_PAGES:
        raise Image.DecompressionBombError(f"ponad {MOST_PAGES} stron")
    for number, page in enumerate(ImageSequence.Iterator(image)):
        if number == DECODED_PAGES:
            return
        page.load()
