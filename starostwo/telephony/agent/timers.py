"""How long SIP waits, in seconds (RFC 3261 section 17.1.1.1 and table 4)."""

from dataclasses import dataclass

T1 = 0.5  # the estimated way there and back
T2 = 4.0  # the longest pause between two retransmissions
T4 = 5.0  # how long a message may be on its way


@dataclass(frozen=True)
class Timers:
    """The values of the RFC; tests wait less."""

    t1: float = T1
    t2: float = T2
    t4: float = T4

    @property
    def limit(self) -> float:
        """After this nobody will answer any more: timers B, F, H and J, and timer D over UDP."""
        return 64 * self.t1
