"""The catalogues of translations: what must stand in them, and what is wrong with them.

`make words` adds the Polish texts that are not in a catalogue yet, without a translation, and takes out those
that nothing says any more. Polish is the source, so it has no catalogue.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "starostwo"
LANGUAGES = ("en", "uk")
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "uk": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
        "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    ),
}
CALLS = {"gettext", "gettext_lazy", "gettext_noop", "_"}
IN_TEMPLATE = re.compile(r"""\b(?:gettext|_)\((u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")\)""")
PLURAL_TAG = re.compile(r"""\{%\s*plural\s+\S+\s+"([^"]*)"\s+"([^"]*)"\s+"([^"]*)\"""")
PLACES = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
TAGS = re.compile(r"</?[a-z][^>]*>")


@dataclass(frozen=True)
class Message:
    """A Polish text that a resident may read, and the file that says it."""

    text: str
    package: str
    file: str


def messages() -> dict[str, Message]:
    """Every text to be translated; one that several packages say belongs to the lowest of them."""
    found: dict[str, Message] = {}
    for package in _in_order():
        for message in [*_from_code(package), *_from_templates(package), *_from_data(package)]:
            found.setdefault(message.text, message)
    return found


def catalogue(language: str) -> dict[str, polib.POEntry]:
    """All entries of a language by their Polish text."""
    return {
        entry.msgid: entry
        for package in _in_order()
        for entry in _read(package, language)
        if not entry.obsolete
    }


def faults(language: str) -> list[str]:
    """What is missing in a language, unsure, or says something else than the Polish text."""
    known = catalogue(language)
    wanted = messages()
    told = [f"{m.file}: no translation of {m.text!r}" for m in wanted.values() if _is_missing(known, m.text)]
    told += [f"nothing says {text!r} any more" for text in known if text not in wanted]
    for text, entry in known.items():
        if entry.fuzzy:
            told.append(f"unsure: {text!r}")
        if entry.msgstr and (fault := difference(text, entry.msgstr)):
            told.append(f"{fault}: {text!r} and {entry.msgstr!r}")
    return told


def difference(text: str, translation: str) -> str:
    """How a translation does not fit its text: other places, other tags, other number of forms."""
    if sorted(PLACES.findall(text)) != sorted(PLACES.findall(translation)):
        return "other places"
    if sorted(TAGS.findall(text)) != sorted(TAGS.findall(translation)):
        return "other tags"
    if text.count("|") != translation.count("|"):
        return "another number of forms"
    if (text[:1].isspace(), text[-1:].isspace()) != (translation[:1].isspace(), translation[-1:].isspace()):
        return "other spaces at an end"
    return ""


def renew() -> None:
    """Bring the catalogues in step with what the program says."""
    wanted = messages()
    for language in LANGUAGES:
        known = catalogue(language)
        for package in _in_order():
            _renew(package, language, wanted, known)


def _renew(
    package: str, language: str, wanted: Mapping[str, Message], known: Mapping[str, polib.POEntry]
) -> None:
    file = _file(package, language)
    own = {text: message for text, message in wanted.items() if message.package == package}
    if not own:
        file.unlink(missing_ok=True)
        return
    made = polib.POFile(wrapwidth=0)
    made.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for text, message in sorted(own.items()):
        before = known.get(text)
        entry = polib.POEntry(msgid=text, msgstr=before.msgstr if before else "")
        entry.occurrences = [(message.file, "")]
        made.append(entry)
    file.parent.mkdir(parents=True, exist_ok=True)
    made.save(str(file))


def _is_missing(known: Mapping[str, polib.POEntry], text: str) -> bool:
    return text not in known or not known[text].msgstr


def _in_order() -> list[str]:
    """The packages, the lowest first, as the settings name them; the site says a little too."""
    lines = (PACKAGES / "site" / "settings.py").read_text(encoding="utf-8")
    return [*re.findall(r'^    "starostwo\.(\w+)",$', lines, re.M), "site"]


def _file(package: str, language: str) -> Path:
    return PACKAGES / package / "locale" / language / "LC_MESSAGES" / "django.po"


def _read(package: str, language: str) -> list[polib.POEntry]:
    file = _file(package, language)
    return list(polib.pofile(str(file))) if file.exists() else []


def _from_code(package: str) -> Iterator[Message]:
    for file in sorted((PACKAGES / package).rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if "gettext" in source:
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Call) and (text := _said_by(node)):
                    yield Message(text, package, str(file.relative_to(PACKAGES)))


def _said_by(call: ast.Call) -> str:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name in CALLS and call.args and isinstance(call.args[0], ast.Constant):
        return str(call.args[0].value)
    return ""


def _from_templates(package: str) -> Iterator[Message]:
    from django.utils.translation.template import templatize  # noqa: PLC0415  the settings are read by then

    for file in sorted((PACKAGES / package).rglob("templates/**/*.html")):
        source = file.read_text(encoding="utf-8")
        place = str(file.relative_to(PACKAGES))
        for found in IN_TEMPLATE.findall(templatize(source)):
            yield Message(ast.literal_eval(found.removeprefix("u")), package, place)
        for forms in PLURAL_TAG.findall(source):
            if 'extends "screens/staff.html"' not in source:
                yield Message("|".join(forms), package, place)


def _from_data(package: str) -> Iterator[Message]:
    from checks.told_data import told_data  # noqa: PLC0415  it imports what needs the settings

    for text, place in told_data().get(package, []):
        if text:
            yield Message(text, package, place)


if __name__ == "__main__":
    import django

    django.setup()
    renew()
    for language in LANGUAGES:
        for line in faults(language):
            print(f"{language}: {line}")
