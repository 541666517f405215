"""How a port is written in one line, as in SW-1:ge3 or PP-1:7 tył."""

from starostwo.infrastructure.rules.kinds import REAR

BEHIND = " tył"


def written(device: str, port: str, kind: str) -> str:
    """A port in one line; that it is a rear port is said."""
    return f"{device}:{port}{BEHIND if kind == REAR else ''}"


def read(text: str) -> tuple[str, str, bool] | None:
    """Device, port and whether the rear one is meant; None when it is not written so."""
    device, colon, port = text.strip().rpartition(":")
    is_rear = port.endswith(BEHIND)
    port = port.removesuffix(BEHIND).strip()
    return (device.strip(), port, is_rear) if colon and device.strip() and port else None
