"""Drawing an image anew within limits: the public is shown our own drawing, no stranger's file."""

import base64
import io
import warnings
from collections.abc import Callable
from typing import Any, BinaryIO

from PIL import Image, ImageOps

from starostwo.files.openers.image import FORMAT_OF, MOST_POINTS

QUALITY = 82
PAPER = "#ffffff"


def redraw(file: BinaryIO, longest_side: str) -> Any:
    """Return a JPEG no longer than the limit as [base64, width, height]; None for what is no image.

    The picture is turned as its camera held it; what else the camera wrote into the file is left out, and
    what is transparent becomes white paper.
    """
    return _drawn(file, int(longest_side), _on_paper, format="JPEG", quality=QUALITY, progressive=True)


def redraw_png(file: BinaryIO, longest_side: str) -> Any:
    """The same as a PNG, in which what is transparent stays so."""
    return _drawn(file, int(longest_side), _see_through, format="PNG")


def _drawn(
    file: BinaryIO, longest_side: int, prepared: Callable[[Image.Image], Image.Image], **saving: Any
) -> Any:
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=list(FORMAT_OF.values())) as image:
                image.draft("RGB", (longest_side * 2, longest_side * 2))
                drawn = prepared(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError):
        return None
    drawn.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    drawn.save(made, optimize=True, **saving)
    return [base64.b64encode(made.getvalue()).decode(), drawn.width, drawn.height]


def _see_through(image: Image.Image) -> Image.Image:
    return image.convert("RGBA")


def _on_paper(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, PAPER)
        ground.alpha_composite(image.convert("RGBA"))
        return ground.convert("RGB")
    return image.convert("RGB")
