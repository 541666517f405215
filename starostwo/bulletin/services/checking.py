"""The daily check: files and versions compared with the chained history, which nobody can rewrite.

Law: rozp. MSWiA 18.01.2007 (the journal of the bulletin is looked at each working day; from memory).
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.bulletin import store
from starostwo.bulletin.models import Body, Check, Page, Version
from starostwo.bulletin.services.drafts import digest
from starostwo.bulletin.services.publishing import hash_of, root, thing_of

AT_ONCE = 200


@transaction.atomic
def check(body: Body | None = None, *, now: datetime) -> Check:
    """Compare everything that a body published and keep what was found for the editors."""
    expected = _pages_by_history(body)
    published = Version.objects.filter(state=Version.State.PUBLISHED, item__section__body=body)
    versions = published.select_related("item")
    faults = [*_faults_of_pages(expected, body), *_foreign_files(expected, body)]
    count = 0
    for batch in _batches(list(versions.order_by("id"))):
        faults += _faults_of_versions(batch)
        count += len(batch)
    made = Check.objects.create(body=body, made_at=now, pages=len(expected), versions=count, faults=faults)
    said = {"pages": len(expected), "versions": count, "faults": faults}
    audit.record(actor="system", verb="check", thing=str(made), payload=said, at=now)
    return made


def _pages_by_history(body: Body | None) -> dict[str, str]:
    """Each page with the hash that the history gives it last; what was taken away is not there."""
    expected: dict[str, str] = {}
    for entry in audit.history(thing_of(body)):
        expected |= entry.payload.get("pages", {})
    return {address: sha256 for address, sha256 in expected.items() if sha256}


def _faults_of_pages(expected: dict[str, str], body: Body | None) -> Iterator[str]:
    noted = dict(Page.objects.filter(body=body).exclude(sha256="").values_list("address", "sha256"))
    for address, sha256 in sorted(expected.items()):
        found = hash_of(address, body)
        if not found:
            yield f"Brakuje strony /bip/{address}."
        elif found != sha256:
            yield f"Strona /bip/{address} ma inną treść niż opublikowana."
        if noted.get(address) != sha256:
            yield f"Wpis strony /bip/{address} w bazie różni się od historii."


def _foreign_files(expected: dict[str, str], body: Body | None) -> Iterator[str]:
    pages = root(body) / store.PAGES
    for file in sorted(pages.rglob("*")) if pages.exists() else []:
        address = str(file.relative_to(pages))
        if file.is_file() and address not in expected:
            yield f"Pliku /bip/{address} nikt nie opublikował."


def _batches(versions: list[Version]) -> Iterator[list[Version]]:
    for start in range(0, len(versions), AT_ONCE):
        yield versions[start : start + AT_ONCE]


def _faults_of_versions(versions: list[Version]) -> Iterator[str]:
    things = {str(version.item) for version in versions}
    published = {
        (entry.thing, entry.payload["number"]): entry.payload["sha256"]
        for entry in audit.history_of(things)
        if entry.verb == "publish"
    }
    for version in versions:
        if published.get((str(version.item), version.number)) != digest(version):
            yield f"Wersja {version.number} informacji {version.item_id} różni się od opublikowanej."
