"""Words that a resident's template says without asking the catalogues of translations."""

import re
from functools import cache
from pathlib import Path

PACKAGES = Path(__file__).resolve().parents[1] / "starostwo"
STAFF = "screens/staff.html"
USES = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
BLOCKS = re.compile(
    r"\{%\s*(blocktranslate|comment)\b.*?\{%\s*end\1\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<(style|script)\b.*?</\2>",
    re.S,
)
SAID_BY_TAG = re.compile(r'(?:aria-label|alt|title|placeholder)="([^"]*)"')
HTML = re.compile(r"<[^>]*>", re.S)
WORD = re.compile(r"[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż]{2,}")
# Drawn by a tag of `screens` and not by name; what staff alone see of `screens`; the same in every language.
BY_TAGS = {f"screens/{name}.html" for name in "field form_errors pager timeline tabs steps summary".split()}
# The bulletin is the official register, staff sign in and try forms in Polish.
POLISH_ALONE = ("bulletin/", "office/sign_in", "office/recovery_codes", "procedures/try_step")
IN_OTHER_LANGUAGES = ("bulletin/abroad.html", "bulletin/page.html")
SAME_EVERYWHERE = set(
    "UPO XML PDF CSV JSON Atom RSS BIP bip gov pl doctype html Starostwo Polski English".split()
)


@cache
def _templates() -> dict[str, str]:
    files = sorted(PACKAGES.glob("*/templates/**/*.html"))
    return {str(f).split("/templates/")[1]: f.read_text(encoding="utf-8") for f in files}


@cache
def residents_templates() -> tuple[str, ...]:
    """The templates that residents and strangers see: whole pages, and the parts that those use."""
    pages = {name for name, text in _templates().items() if "{% extends" in text and not _is_staffs(name)}
    shown, waiting = set(BY_TAGS), pages | BY_TAGS
    while waiting:
        name = waiting.pop()
        shown.add(name)
        waiting |= {used for used in USES.findall(_templates().get(name, "")) if used not in shown}
    return tuple(sorted(name for name in shown if not _is_polish_alone(name) and not _is_staffs(name)))


def literal_words(name: str) -> list[str]:
    """What the template says literally, in its text and in attributes that are read aloud."""
    text = BLOCKS.sub(lambda found: "" if "\n" not in found[0] else "\n", _templates()[name])
    said = [HTML.sub(" ", text), *SAID_BY_TAG.findall(text)]
    words = [word for part in said for word in WORD.findall(part) if word not in SAME_EVERYWHERE]
    return [f"{name}: {word}" for word in words]


def _is_staffs(name: str) -> bool:
    text = _templates().get(name, "")
    return name == STAFF or any(_is_staffs(above) for above in re.findall(r'extends "([^"]+)"', text))


def _is_polish_alone(name: str) -> bool:
    return name.startswith(POLISH_ALONE) and name not in IN_OTHER_LANGUAGES
