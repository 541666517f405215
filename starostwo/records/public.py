"""What everybody's bulletin asks of records; a part of the door."""

from starostwo.records.queries.information import InformationCounts, information_counts
from starostwo.records.queries.settling import Settling, settling_by_unit

__all__ = ["InformationCounts", "Settling", "information_counts", "settling_by_unit"]
