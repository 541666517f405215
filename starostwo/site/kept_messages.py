"""New voice messages beside the box, so that a person hears his own by telephone.

A folder a person's phone, a file a new message; what was heard, deleted or erased goes from there too.
"""

import shutil
from pathlib import Path

from starostwo.files import api as files
from starostwo.site.kept_greetings import put
from starostwo.telephony.agent.own_box import OWN

Messages = dict[str, list[tuple[int, str]]]  # number: ids with the digests of their sounds


def keep(box: Path, messages: Messages, user: str | None) -> None:
    """Bring the folders of a box up to date; a sound that cannot be read now is brought later."""
    for place in (box / OWN).iterdir():
        if place.name not in messages:
            shutil.rmtree(place)
    for number, found in messages.items():
        place = box / OWN / number
        place.mkdir(exist_ok=True, mode=0o700)
        if user:
            shutil.chown(place, user)
        wanted = {f"{pk}.wav": sha256 for pk, sha256 in found}
        for file in place.iterdir():
            if file.name not in wanted:
                file.unlink()
        for name in sorted(set(wanted) - {file.name for file in place.iterdir()}):
            _bring(place / name, wanted[name], user)


def _bring(file: Path, sha256: str, user: str | None) -> None:
    try:
        with files.open_blob(sha256) as sound:
            put(file, sound.read(), user)
    except (files.Missing, OSError):
        return
