"""Reads of how long calls are kept."""

from starostwo.telephony.models import CallKeeping
from starostwo.telephony.rules.keeping import Keeping


def decisions() -> list[Keeping]:
    """What was decided, the newest first."""
    names = ("since", "masked_after", "deleted_after", "reason")
    return [Keeping(*row) for row in CallKeeping.objects.order_by("-since").values_list(*names)]
