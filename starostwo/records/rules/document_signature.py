"""What stands under a letter: the organ, or 'z up.' and the employee whom the organ authorized.

Law: k.p.a. art. 268a (employees settle matters by the organ's authority), art. 107 par. 1 pkt 8 (name
and post of the person who signs), art. 39(3) par. 2 (what a printout of an electronic letter says).
"""

from dataclasses import dataclass
from datetime import date

ORGAN = "Starosta"
ON_BEHALF = "z up. Starosty"
MONTHS = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
    "października", "listopada", "grudnia",
)  # fmt: skip


@dataclass(frozen=True)
class Signer:
    """Who signs, as he is named on the paper."""

    name: str
    post: str

    @property
    def is_organ(self) -> bool:
        return self.post.casefold() == ORGAN.casefold()

    @property
    def authority(self) -> str:
        """By what right he signs; empty for the organ itself."""
        return "" if self.is_organ else ON_BEHALF

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the signature block."""
        if self.is_organ:
            return (ORGAN, self.name)
        return tuple(line for line in (self.authority, self.name, self.post) if line)


def written_day(day: date) -> str:
    """Write a day as letters do: '23 listopada 2026 r.'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} r."


def printout_note(signer: Signer, *, signed_on: date, identifier: str, sha256: str) -> tuple[str, ...]:
    """The note that makes a printout a lawful copy of a letter issued electronically."""
    who = f"{signer.name}, {signer.post}" if signer.post else signer.name
    return (
        "Wydruk pisma wydanego w postaci elektronicznej (art. 39³ Kodeksu postępowania administracyjnego).",
        f"Pismo podpisał(a) kwalifikowanym podpisem elektronicznym: {who}, dnia {written_day(signed_on)}",
        f"Identyfikator pisma: {identifier}",
        f"Skrót SHA-256 podpisanego pliku: {sha256}",
    )
