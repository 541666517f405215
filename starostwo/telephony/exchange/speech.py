"""Words said aloud in Polish by espeak-ng, a program of its own that is started for each text.

It is under GPL-3: it runs beside, as a process; nothing of it is linked or shipped. Without it tones play.
"""

import shutil
import subprocess
import tempfile
from array import array
from pathlib import Path

from starostwo.telephony.agent.fitting import NotASound, TooLong, TooShort, fit

PROGRAM = PACKAGE = "espeak-ng"
VOICE, PACE = "pl", "150"  # words a minute
LONGEST = 60.0  # seconds of speech
PATIENCE = 10.0  # seconds
MOST_LETTERS = 500


def program() -> str | None:
    """Where it lies; None where it is not installed."""
    return shutil.which(PROGRAM)


def say(text: str) -> "array[int] | None":
    """The words as sound; None where nobody can say them."""
    found = program()
    if found is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        command = [found, "-v", VOICE, "-s", PACE, "-b", "1", "-w", str(file), "--stdin"]
        try:
            subprocess.run(
                command, input=text[:MOST_LETTERS].encode(), timeout=PATIENCE, check=True, capture_output=True
            )
            return fit(file.read_bytes(), shortest=0.1, longest=LONGEST)
        except (OSError, subprocess.SubprocessError, NotASound, TooLong, TooShort):
            return None
