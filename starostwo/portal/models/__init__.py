"""The tables of the county web site, split by noun."""

from starostwo.portal.models.article import Article, Version, VersionImage
from starostwo.portal.models.council import (
    Ballot,
    Councillor,
    Interpellation,
    Place,
    Session,
    Vote,
)
from starostwo.portal.models.event import Alert, Event, Shortcut, UnitContact
from starostwo.portal.models.image import Image
from starostwo.portal.models.participation import Consultation, Issue, Opinion, Subscriber
from starostwo.portal.models.phrase import Phrase
from starostwo.portal.models.site import UnitSite

__all__ = [
    "Alert",
    "Article",
    "Ballot",
    "Consultation",
    "Councillor",
    "Event",
    "Image",
    "Interpellation",
    "Issue",
    "Opinion",
    "Phrase",
    "Place",
    "Session",
    "Shortcut",
    "Subscriber",
    "UnitContact",
    "UnitSite",
    "Version",
    "VersionImage",
    "Vote",
]
