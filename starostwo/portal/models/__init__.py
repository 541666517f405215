"""The tables of the county web site, split by noun."""

from starostwo.portal.models.article import Article, Version, VersionImage
from starostwo.portal.models.image import Image

__all__ = ["Article", "Image", "Version", "VersionImage"]
