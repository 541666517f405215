"""Compiles the catalogues of translations: .po, which people write, to .mo, which the program reads."""

from pathlib import Path

import polib

PACKAGES = Path(__file__).resolve().parents[1]


def compile_catalogues() -> int:
    """Compile what is newer than its result; return how many were made."""
    made = 0
    for source in sorted(PACKAGES.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            polib.pofile(str(source)).save_as_mofile(str(target))
            made += 1
    return made


if __name__ == "__main__":
    compile_catalogues()
