"""What the office keeps of a resident, given out to him as one ZIP: JSON beside the files themselves.

Law: RODO art. 15 ust. 3, art. 20 ust. 1
"""

import json
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.timezone import localdate

from starostwo.citizen import access
from starostwo.citizen.models import CoApplicant, Power
from starostwo.files import api as files
from starostwo.intake import api as intake
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.records import api as records
from starostwo.treasury import api as treasury
from starostwo.visits import api as visits

CHUNK = 1024 * 1024


def write_own_data(actor: Actor, target: IO[bytes], *, now: datetime) -> None:
    """Write the ZIP of everything that is this resident's."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        _write(archive, "konto.json", _account(actor))
        _write(archive, "wnioski-w-przygotowaniu.json", _drafts(actor, archive))
        _write(archive, "zlozone.json", _sent(actor, archive))
        _write(archive, "podpisane-z-innymi.json", [_signature(each) for each in _signatures(actor)])
        _write(archive, "sprawy.json", _cases(actor, archive))
        _write(archive, "oplaty.json", intake.payments.own_dues_in_words(actor))
        _write(archive, "naleznosci.json", _claims(actor, now))
        _write(archive, "wizyty.json", [_visit(visit) for visit in visits.all_my_visits(actor, now=now)])
        archive.writestr("czytaj.txt", f"Dane z konta w e-urzędzie, stan na {now:%d.%m.%Y %H:%M} (UTC).\n")


def _claims(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """What he owes or owed by the books; only a proven PESEL makes a claim his."""
    return treasury.resident_claims.all_in_words(office.residents.proven_pesel(actor), localdate(now))


def _account(actor: Actor) -> dict[str, Any]:
    own = office.residents.own_account(actor)
    return {
        "dane": dict(own.profile),
        "konto założone": own.opened_at,
        "logowania": [
            {"kiedy": row.at, "wynik": row.outcome, "sposób": row.way, "adres": row.address,
             "przeglądarka": row.browser}
            for row in own.sign_ins
        ],
    }  # fmt: skip


def _signatures(actor: Actor) -> list[CoApplicant]:
    return list(access.own_signatures(actor).select_related("draft"))


def _signature(person: CoApplicant) -> dict[str, Any]:
    """What the resident has signed or refused beside somebody else."""
    return {
        "wniosek": person.draft.title,
        "wpisano mnie jako": person.name,
        "adres e-mail": person.email,
        "stan": person.get_state_display(),
        "sposób": person.get_way_display(),
        "kiedy": person.decided_at,
        "powód odmowy": person.reason,
    }


def _other(person: CoApplicant) -> dict[str, Any]:
    """Somebody whom the resident has named in a draft."""
    return {
        "osoba": person.name,
        "PESEL": person.pesel,
        "adres e-mail": person.email,
        "stan": person.get_state_display(),
    }


def _power(power: Power | None) -> dict[str, Any] | None:
    """Whom the resident represents in the draft; the document is among its files."""
    if power is None:
        return None
    return {
        "kogo": power.name,
        "numer": power.number,
        "adres": f"{power.street}, {power.postcode} {power.town}",
        "podstawa": power.basis,
        "zakres": power.get_scope_display(),
        "wypowiedziane": power.revoked_at,
    }


def _drafts(actor: Actor, archive: ZipFile) -> list[dict[str, Any]]:
    others = list(access.own_co_applicants(actor))
    powers = {power.draft_id: power for power in access.visible_powers(actor)}
    return [
        {
            "tytuł": draft.title,
            "stan": draft.get_state_display(),
            "rozpoczęty": draft.started_at,
            "zapisany": draft.saved_at,
            "odpowiedzi": draft.answers,
            "w czyim imieniu": _power(powers.get(draft.pk)),
            "kto jeszcze": [_other(each) for each in others if each.draft_id == draft.pk],
            "pliki": [
                _add(archive, f"wnioski/{draft.pk}", file.name, file.blob)
                for file in access.visible_draft_files(actor, draft.pk).select_related("blob")
            ],
        }
        for draft in access.visible_drafts(actor).order_by("started_at")
    ]


def _sent(actor: Actor, archive: ZipFile) -> list[dict[str, Any]]:
    told = []
    for row in intake.all_of_resident(actor.account_id):
        folder = f"zlozone/{row.pk}"
        upo = getattr(row, "upo", None)
        if upo:
            archive.writestr(f"{folder}/UPO.xml", bytes(upo.xml))
        told.append(
            {
                "złożono": row.received_at,
                "stan": row.get_state_display(),
                "numer w rejestrze": row.letter.identifier if row.letter else "",
                "UPO": upo.identifier if upo else "",
                "osoby": row.people,
                "należne opłaty": row.fees,
                "pliki": [
                    _add(archive, folder, f"{file.position}-{file.name}", file.blob)
                    for file in row.files.all()
                ],
            }
        )
    return told


def _cases(actor: Actor, archive: ZipFile) -> list[dict[str, Any]]:
    return [
        {
            "znak": case.mark,
            "tytuł": case.title,
            "załatwia": case.unit,
            "w imieniu": case.acts_for,
            "gdzie jest": case.step.label,
            "zamknięta": case.is_closed,
            "pisma z urzędu": [_letter(actor, letter, archive) for letter in case.letters],
            "pisma do urzędu": [
                {"numer": one.number, "tytuł": one.title, "otrzymane": one.received_on} for one in case.sent
            ],
            "wiadomości": [
                {"kiedy": one.sent_at, "autor": one.author, "treść": one.text} for one in case.messages
            ],
        }
        for case in records.residents.resident_cases(actor.account_id)
    ]


def _letter(actor: Actor, letter: records.residents.ResidentLetter, archive: ZipFile) -> dict[str, Any]:
    """A letter that was not opened is not served by a download: it is only named."""
    told: dict[str, Any] = {"wysłane": letter.sent_on, "odebrane": letter.served_on, "pliki": []}
    if letter.is_opened:
        told |= {"rodzaj": letter.kind, "tytuł": letter.title}
        for part in ("pismo", "poswiadczenie"):
            found = records.residents.resident_file(actor.account_id, letter.dispatch_id, part=part)
            blob = files.blob_of(found.sha256) if found else None
            if found and blob:
                told["pliki"].append(_add(archive, f"pisma/{letter.dispatch_id}", found.name, blob))
    return told


def _visit(visit: visits.OwnVisit) -> dict[str, Any]:
    return {"miejsce": visit.place, "kiedy": visit.starts_at, "sprawy": visit.matters, "stan": visit.state}


def _add(archive: ZipFile, folder: str, name: str, blob: files.Blob) -> dict[str, str]:
    """Put a stored file in; one in which a virus was found is named and left out."""
    path = f"{folder}/{files.safe_name(name)}"
    if blob.scan == files.Blob.Scan.INFECTED:
        return {"nazwa": name, "pominięty": "wykryto wirusa"}
    with files.open_blob(blob.sha256) as source, archive.open(path, "w", force_zip64=True) as target:
        while part := source.read(CHUNK):
            target.write(part)
    return {"nazwa": name, "plik": path, "SHA-256": blob.sha256}


def _write(archive: ZipFile, name: str, value: Any) -> None:
    archive.writestr(name, json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
