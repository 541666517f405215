"""Voicemail of the demonstration: tones instead of voices, taken in as a box hands them over."""

import tempfile
from array import array
from datetime import datetime, timedelta
from pathlib import Path

from starostwo.office.api import Actor
from starostwo.telephony.agent.tones import silence, tone
from starostwo.telephony.agent.voicemail import Message
from starostwo.telephony.agent.wav import Recording
from starostwo.telephony.models import Greeting
from starostwo.telephony.services import greetings, voicemail

LEFT = (  # box, caller, his name, hours ago, seconds of sound
    ("{clerk}", "+48601234567", "", 3, 7),
    ("{clerk}", "{head}", "", 26, 4),
    ("820", "+48422880011", "", 1, 11),
    ("820", "+48512000111", "", 50, 16),
)


def leave_messages(clerk: str, head: str, *, now: datetime) -> None:
    """Two messages for a clerk, two for a group."""
    with tempfile.TemporaryDirectory() as folder:
        for nth, (box, caller, name, hours, seconds) in enumerate(LEFT):
            path = Path(folder) / f"demo-{nth}.wav"
            recording = Recording(path)
            recording.write(_melody(seconds, 350 + 60 * nth))
            message = Message(
                path.stem, box.format(clerk=clerk), caller.format(head=head), name, f"{path.stem}@demo",
                now - timedelta(hours=hours), path, recording.finish(),
            )  # fmt: skip
            voicemail.take(message, now=now)


def greet(number: str, *, actor: Actor, now: datetime) -> None:
    """A greeting of one's own for one person; others have the usual one."""
    greetings.set_own(number, _melody(3, 440), Greeting.Origin.FILE, actor=actor, now=now)


def _melody(seconds: int, hz: int) -> "array[int]":
    made: array[int] = array("h")
    for step in range(seconds * 2):
        made += tone(hz + 40 * (step % 5), 0.4) + silence(0.1)
    return made
