"""A drawing (SVG) of which only shapes and colours are left: no program, style sheet, text, picture, address.

What carries no drawing (comments, data of the drawing program) is left out without a word. What would be
drawn but is not allowed is refused, so that nobody publishes half of a mark.
"""

import re
from typing import Any

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
SHAPES = frozenset("svg g path rect circle ellipse line polyline polygon title desc defs clipPath".split())
GRADIENTS = frozenset(("linearGradient", "radialGradient", "stop"))
COLOURS = frozenset(
    "fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-opacity stroke-dasharray opacity clip-path clip-rule stop-color stop-opacity".split()
)
PLACES = frozenset(
    "id d x y x1 x2 y1 y2 cx cy r rx ry fx fy points width height viewBox transform preserveAspectRatio "
    "version offset gradientUnits gradientTransform spreadMethod clipPathUnits".split()
)
WITHOUT_DRAWING = frozenset(("metadata", "namedview"))
VALUE = re.compile(
    r"(?:[^()<>&;:@\\]|(?:matrix|translate|scale|rotate|skewX|skewY|rgb)\([^()]*\)|url\(#[\w-]+\))*"
)
WITHOUT_PREFIX: dict[Any, str] = {None: SVG}


class NotPlain(Exception):
    """The drawing has more than shapes and colours; the text says what."""


def plain(root: etree._Element) -> bytes:
    """The drawing as we write it ourselves."""
    if root.tag != f"{{{SVG}}}svg":
        raise NotPlain("Plik XML nie jest rysunkiem SVG.")
    drawn = _copied(root)
    if "viewBox" not in drawn.attrib:
        if not {"width", "height"} <= set(drawn.attrib):
            raise NotPlain("Rysunek nie mówi, jak jest duży: brak viewBox albo szerokości i wysokości.")
        width, height = (_length(str(drawn.get(name))) for name in ("width", "height"))
        drawn.set("viewBox", f"0 0 {width} {height}")
    return etree.tostring(drawn, encoding="utf-8", xml_declaration=False)


def proportions(content: bytes) -> tuple[float, float]:
    """Width and height of a plain drawing, in its own units."""
    parts = re.split(r"[\s,]+", str(etree.fromstring(content).get("viewBox")).strip())
    try:
        width, height = float(parts[2]), float(parts[3])
    except (IndexError, ValueError):
        raise NotPlain("Rysunek ma nieprawidłowy viewBox.") from None
    if width <= 0 or height <= 0:
        raise NotPlain("Rysunek ma nieprawidłowy viewBox.")
    return width, height


def _copied(element: etree._Element) -> etree._Element:
    name = etree.QName(element).localname
    made = etree.Element(f"{{{SVG}}}{name}", nsmap=WITHOUT_PREFIX)
    for key, value in element.attrib.items():
        _put(made, name, str(key), str(value))
    if name in ("title", "desc"):
        made.text = element.text
        return made
    for child in element.iterchildren(etree.Element):
        if _is_drawn(child):
            made.append(_copied(child))
    return made


def _is_drawn(child: etree._Element) -> bool:
    name = etree.QName(child)
    if name.localname in WITHOUT_DRAWING:
        return False
    if name.namespace != SVG or name.localname not in SHAPES | GRADIENTS:
        raise NotPlain(
            f"Rysunek zawiera element „{name.localname}”. Zapisz go jako zwykły SVG z samymi kształtami "
            "(bez arkusza stylów, pisma i obrazów) albo jako PNG."
        )
    return True


def _put(made: etree._Element, element: str, key: str, value: str) -> None:
    if key.startswith("{") or key in ("class", "role") or key.startswith(("aria-", "data-")):
        return
    if key == "style":
        for declaration in filter(None, map(str.strip, value.split(";"))):
            name, _, said = declaration.partition(":")
            if name.strip() in COLOURS:
                _put(made, element, name.strip(), said.strip())
        return
    if key not in COLOURS | PLACES or not VALUE.fullmatch(value):
        raise NotPlain(f"Element „{element}” ma niedozwoloną cechę „{key}”.")
    made.set(key, value)


def _length(text: str) -> str:
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*", text)
    if not found:
        raise NotPlain("Rysunek bez viewBox musi mieć szerokość i wysokość w pikselach.")
    return found[1]
