"""The running county of the journeys."""

from tests.journeys.conftest import county

__all__ = ["county"]
