"""What the form builder reads: the office's forms, one version, the history of a form."""

from dataclasses import dataclass

from starostwo.audit import api as audit
from starostwo.office import api as office
from starostwo.procedures.models import FormVersion
from starostwo.screens.api import TimelineEntry

VERBS = {
    "begin": "rozpoczęto wersję",
    "change": "zmieniono",
    "try": "wypróbowano do końca",
    "publish": "opublikowano",
    "discard": "usunięto wersję roboczą",
}
SHOWN = 30


@dataclass(frozen=True)
class FormRow:
    """A form of the list: its newest published version and its draft."""

    code: str
    title: str
    published: FormVersion | None
    draft: FormVersion | None


def forms_of_office() -> list[FormRow]:
    """Every form by its title; one query. An office has dozens, so the list has one page."""
    found: dict[str, list[FormVersion]] = {}
    for row in FormVersion.objects.order_by("code", "-version"):
        found.setdefault(row.code, []).append(row)
    rows = [
        FormRow(
            code,
            str(versions[0].definition.get("title", {}).get("pl", code)),
            next((each for each in versions if each.published_at), None),
            next((each for each in versions if not each.published_at), None),
        )
        for code, versions in found.items()
    ]
    return sorted(rows, key=lambda row: row.title)


def version_row(code: str, number: int) -> FormVersion | None:
    """One version of a form, published or not."""
    return FormVersion.objects.filter(code=code, version=number).first()


def history_of(code: str) -> list[TimelineEntry]:
    """What was done with the form, the newest first; changes one after another by one person are one line."""
    lines = audit.history(f"procedures.form:{code}")
    accounts = {int(line.actor.partition(":")[2]) for line in lines if line.actor.startswith("account:")}
    known = office.names(accounts)
    shown: list[TimelineEntry] = []
    last: tuple[str, str, object] | None = None
    for line in reversed(lines):
        key = (line.actor, line.verb, line.payload.get("version"))
        if key == last and line.verb in ("change", "try"):
            continue
        last = key
        number = line.actor.partition(":")[2]
        by = known.get(int(number), "") if number.isdecimal() else "program"
        title = f"{VERBS.get(line.verb, line.verb)}, wersja {line.payload.get('version')}"
        shown.append(TimelineEntry(title, line.at.date(), by))
    return shown[:SHOWN]
