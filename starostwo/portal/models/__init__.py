"""The tables of the county web site, split by noun."""

from starostwo.portal.models.article import Article, Version, VersionImage
from starostwo.portal.models.event import Alert, Event, Shortcut, UnitContact
from starostwo.portal.models.image import Image

__all__ = ["Alert", "Article", "Event", "Image", "Shortcut", "UnitContact", "Version", "VersionImage"]
