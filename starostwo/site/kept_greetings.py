"""Greetings beside the voicemail box, so that it has them also while the database is away.

The folder `greetings` has a file a box: the person's own greeting out of the store, or the usual one said
by espeak-ng; the folder `words` what is said to the person who calls his own box. `made.json` says from
what each was made, so that only what changed is made anew.
"""

import hashlib
import json
import shutil
from pathlib import Path

from starostwo.files import api as files
from starostwo.telephony.agent import wav
from starostwo.telephony.exchange import speech
from starostwo.telephony.queries.greetings import Box

MADE = "made.json"
MOST_AT_ONCE = 2  # of a folder in one turn: each takes a part of a second, and what died is to be started too


def keep(folder: Path, boxes: list[Box], user: str | None) -> None:
    """Bring a folder up to date; what cannot be had now is tried again at the next turn."""
    made, wanted = _read(folder / MADE), {one.number: _key(one) for one in boxes}
    before = dict(made)
    for number in set(made) - set(wanted):
        (folder / f"{number}.wav").unlink(missing_ok=True)
        del made[number]
    stale = [one for one in boxes if made.get(one.number) != wanted[one.number]]
    can_speak = speech.program() is not None
    for one in sorted(stale, key=lambda one: not one.sha256)[:MOST_AT_ONCE]:
        sound = _sound(one, can_speak)
        if sound is not None:
            put(folder / f"{one.number}.wav", sound, user)
            made[one.number] = wanted[one.number]
        elif made.pop(one.number, None):  # a greeting that was taken back is not played on
            (folder / f"{one.number}.wav").unlink(missing_ok=True)
    if made != before:
        put(folder / MADE, json.dumps(made).encode(), user)


def _sound(box: Box, can_speak: bool) -> bytes | None:
    if box.sha256:
        try:
            with files.open_blob(box.sha256) as file:
                return file.read()
        except (files.Missing, OSError):
            return None
    said = speech.say(box.words) if can_speak else None
    return None if said is None else wav.written(said)


def _key(box: Box) -> str:
    return box.sha256 or f"words:{hashlib.sha256(box.words.encode()).hexdigest()}"


def _read(file: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def put(file: Path, content: bytes, user: str | None) -> None:
    """Write a file of the box, whole or not at all; nobody else reads it."""
    new = file.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_bytes(content)
    if user:
        shutil.chown(new, user)
    new.replace(file)
