"""sipp as it is used here: so many registrations or calls, at most so many at once, and what it counted."""

import csv
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SCENARIOS = Path(__file__).with_name("telephony_anchor")
PROGRAM = shutil.which("sipp") or "/usr/bin/sipp"
HERE = "127.0.0.1"
DIRECT, RELAYED = "6[0-9]{3}", "2[0-9]{4}"  # ports of sound: of sipp itself, of rtpengine
RATE, LONGEST = 20_000, 120  # never the limit; seconds


@dataclass(frozen=True)
class Counted:
    """What one run came to."""

    done: int
    failed: int
    seconds: float
    mean_ms: float

    @property
    def per_second(self) -> float:
        """How many a second, those that failed not counted."""
        return self.done / self.seconds if self.seconds else 0.0


def run(
    scenario: str, server: int, rows: Sequence[Sequence[str]], *, count: int, at_once: int, port: int,
    contact: int | None = None, ports: str = DIRECT,
) -> Counted:  # fmt: skip
    """Play the scenario so often, each time for the next of the rows.

    A call whose sound would not go to one of these ports counts as failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        users, found, played = (Path(folder) / name for name in ("users.csv", "found.csv", "scenario.xml"))
        text = (SCENARIOS / f"{scenario}.xml").read_text(encoding="utf-8")
        played.write_text(text.replace("@PORTS@", ports), encoding="utf-8")
        users.write_text("SEQUENTIAL\n" + "".join(f"{';'.join(row)}\n" for row in rows), encoding="ascii")
        subprocess.run(
            [
                *_command(played, port), f"{HERE}:{server}", "-inf", str(users), "-m", str(count),
                "-l", str(at_once), "-r", str(RATE), "-key", "contact_port", str(contact or port),
                "-trace_stat", "-stf", str(found), "-fd", "1", "-timeout", str(LONGEST),
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        return _read(found)


@contextmanager
def answering(port: int) -> Iterator[None]:
    """A phone that answers every call at once, until the block ends."""
    process = subprocess.Popen(
        _command(SCENARIOS / "answer.xml", port), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _command(file: Path, port: int) -> list[str]:
    return [PROGRAM, "-sf", str(file), "-i", HERE, "-p", str(port), "-nostdin"]


def _read(file: Path) -> Counted:
    with file.open(encoding="ascii", newline="") as lines:
        last = list(csv.DictReader(lines, delimiter=";"))[-1]
    began, ended = (float(last[name].rpartition("\t")[2]) for name in ("StartTime", "CurrentTime"))
    return Counted(
        int(last["SuccessfulCall(C)"]), int(last["FailedCall(C)"]), ended - began,
        _milliseconds(last["ResponseTime1(C)"]),
    )  # fmt: skip


def _milliseconds(told: str) -> float:
    """00:00:02:123000 is 2123; the last part are millionths."""
    hours, minutes, seconds, micro = (int(part) for part in told.split(":"))
    return 1000 * (3600 * hours + 60 * minutes + seconds) + micro / 1000
