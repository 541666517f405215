"""What everybody's bulletin asks of records; a part of the door."""

from starostwo.records.queries.information import InformationCounts, information_counts
from starostwo.records.queries.publishable import (
    NamedPerson,
    PublishableCase,
    Source,
    people_named_in,
    publishable_case,
    text_of_source,
)
from starostwo.records.queries.settling import Settling, settling_by_unit
from starostwo.records.services.publication import note_proposal, note_publication

__all__ = [
    "InformationCounts",
    "NamedPerson",
    "PublishableCase",
    "Settling",
    "Source",
    "information_counts",
    "note_proposal",
    "note_publication",
    "people_named_in",
    "publishable_case",
    "settling_by_unit",
    "text_of_source",
]
