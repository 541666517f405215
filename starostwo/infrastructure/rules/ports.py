"""Ports written in short: 'ge1-24' stands for twenty-four of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from starostwo.infrastructure.rules.kinds import FRONT, INTERFACE, POWER_IN, POWER_OUT, REAR

RANGE = re.compile(r"^(?P<before>.*?)(?P<first>\d+)-(?P<last>\d+)(?P<after>\D*)$")
NOT_HEX = re.compile(r"[^0-9a-f]")
MOST, MOST_VLAN = 600, 4094


@dataclass(frozen=True)
class NewPort:
    """A port to be made; a front port names the rear port that it leads to."""

    kind: str
    name: str
    speed: int = 0
    rear: str = ""
    rear_position: int = 1


class WrongPorts(ValueError):
    """The list of ports cannot be read; the text says why in Polish."""


def names(text: str) -> list[str]:
    """The names that a list means: 'ge1-24, sfp1-4' are twenty-eight."""
    found: list[str] = []
    for part in (one.strip() for one in text.split(",")):
        if not part:
            continue
        match = RANGE.match(part)
        if match is None:
            found.append(part)
            continue
        first, last = int(match["first"]), int(match["last"])
        if last < first or last - first >= MOST:
            raise WrongPorts(f"Zakres „{part}” jest pusty albo za długi.")
        width = len(match["first"]) if match["first"].startswith("0") else 0
        found += [f"{match['before']}{number:0{width}d}{match['after']}" for number in range(first, last + 1)]
    if len(found) != len(set(found)) or len(found) > MOST or any(len(name) > 60 for name in found):
        raise WrongPorts("Nazwy portów powtarzają się, jest ich za dużo albo są za długie.")
    return found


def vlan_numbers(text: str) -> list[int]:
    """The numbers of VLANs that a list means: '10, 20, 30-32' are five."""
    found: set[int] = set()
    for part in (one.strip() for one in text.split(",")):
        if not part:
            continue
        first, dash, last = part.partition("-")
        if not first.strip().isdecimal() or (dash and not last.strip().isdecimal()) or len(part) > 11:
            raise WrongPorts(f"„{part}” nie jest numerem VLAN-u ani zakresem.")
        lowest, highest = int(first), int(last or first)
        if not 1 <= lowest <= highest <= MOST_VLAN:
            raise WrongPorts(f"„{part}”: numery VLAN-ów są od 1 do {MOST_VLAN}.")
        found.update(range(lowest, highest + 1))
    return sorted(found)


def in_short(numbers: Iterable[int]) -> str:
    """Numbers as they are typed: 10, 20, 30-32."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join("-".join(str(one) for one in part) for part in parts)


def of_interfaces(text: str, speed: int = 1000) -> list[NewPort]:
    """Interfaces by their names."""
    return [NewPort(INTERFACE, name, speed) for name in names(text)]


def of_power(inlets: str = "", outlets: str = "") -> list[NewPort]:
    """Inlets and outlets by their names."""
    return [NewPort(POWER_IN, name) for name in names(inlets)] + [
        NewPort(POWER_OUT, name) for name in names(outlets)
    ]


def of_panel(text: str, *, per_trunk: int = 1) -> list[NewPort]:
    """Front ports with rear ports behind them: one each, or one trunk for several of them."""
    fronts = names(text)
    if per_trunk < 1:
        raise WrongPorts("Na jeden port tylny przypada co najmniej jeden przedni.")
    if per_trunk == 1:
        rears = [NewPort(REAR, name) for name in fronts]
        return rears + [NewPort(FRONT, name, rear=name) for name in fronts]
    trunks = [f"T{number}" for number in range(1, -(-len(fronts) // per_trunk) + 1)]
    return [NewPort(REAR, trunk) for trunk in trunks] + [
        NewPort(FRONT, name, rear=trunks[at // per_trunk], rear_position=at % per_trunk + 1)
        for at, name in enumerate(fronts)
    ]


def plain_mac(text: str) -> str:
    """A MAC as it is kept, in small letters with colons; what is none stays as it was typed."""
    digits = NOT_HEX.sub("", text.lower())
    if len(digits) != 12:
        return text.strip().lower()
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))
