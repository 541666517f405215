"""Small parts of the XML of a filled form."""

from lxml import etree


def child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """Add an element in the namespace of its parent."""
    made = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    made.text = text
    return made
