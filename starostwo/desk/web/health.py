"""The state of the installation for its administrator: what works, what is off, what failed."""

import shutil
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from starostwo.audit import api as audit
from starostwo.channels import api as channels
from starostwo.files import api as files
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform import jobs
from starostwo.platform.money import zloty

LITTLE_SPACE = 5 * 1024**3  # bytes


@dataclass(frozen=True)
class Line:
    """One part of the installation: its name, how it is (good, warn, bad), and what to do."""

    name: str
    kind: str
    state: str
    advice: str = ""


@staff(Right.ADMIN)
@require_safe
def page(request: ActorRequest) -> HttpResponse:
    """One line a part."""
    lines = [_worker(), _scanner(), _stamps(), _mail(), _texts(), _history(), _disk()]
    context = {"lines": lines, "unsent": channels.unsent_mail(), "texts": channels.unsent_texts()}
    return render(request, "desk/health.html", context)


@staff(Right.ADMIN)
@require_POST
def mail_again(request: ActorRequest, mail_id: int) -> HttpResponse:
    """Try once more to send a notice that failed."""
    try:
        channels.send_again(mail_id)
    except channels.CannotSendAgain:
        messages.error(request, "Tej wiadomości nie można wysłać ponownie: wyszła już albo jej nie ma.")
    else:
        messages.success(request, "Wiadomość czeka na ponowne wysłanie.")
    return redirect("desk:health")


@staff(Right.ADMIN)
@require_POST
def text_again(request: ActorRequest, text_id: int) -> HttpResponse:
    """Try once more to send an SMS that failed or was held back."""
    try:
        channels.send_text_again(text_id)
    except channels.CannotSendAgain:
        messages.error(request, "Tego SMS-a nie można wysłać ponownie: wyszedł już albo go nie ma.")
    else:
        messages.success(request, "SMS czeka na ponowne wysłanie.")
    return redirect("desk:health")


def _worker() -> Line:
    if jobs.worker_lives(now()):
        return Line("Proces roboczy", "good", "działa")
    return Line("Proces roboczy", "bad", "nie daje znaku życia", "Uruchom ponownie: starostwo run.")


def _scanner() -> Line:
    state = files.scanner_state()
    if not state.is_configured:
        return Line(
            "Program antywirusowy", "warn", "nie ustawiono; pliki mają znak „nie sprawdzono”", "Ustaw CLAMD."
        )
    if state.version:
        return Line("Program antywirusowy", "good", state.version)
    return Line("Program antywirusowy", "bad", f"nie odpowiada: {state.fault}", "Sprawdź usługę clamd.")


def _stamps() -> Line:
    if settings.TSA_URL:
        return Line("Znacznik czasu", "good", settings.TSA_URL)
    return Line("Znacznik czasu", "warn", "nie ustawiono; podpisy są bez znacznika", "Ustaw TSA_URL.")


def _mail() -> Line:
    state = channels.mail_state()
    if not state.is_configured:
        return Line(
            "Powiadomienia e-mail", "warn", "nie ustawiono; nic nie jest wysyłane", "Ustaw EMAIL_HOST."
        )
    if state.failed:
        return Line("Powiadomienia e-mail", "bad", f"nie wysłano: {state.failed}", "Sprawdź serwer poczty.")
    return Line("Powiadomienia e-mail", "good", f"czeka: {state.waiting}")


def _texts() -> Line:
    state = channels.text_state(now=now())
    if not state.is_configured:
        return Line("Powiadomienia SMS", "warn", "nie ustawiono; nic nie jest wysyłane", "Ustaw SMS_URL.")
    used = f"dziś {state.used} z {state.limit}, koszt {zloty(state.cost)}"
    if state.over:
        return Line(
            "Powiadomienia SMS", "bad", f"{used}; wstrzymane: {state.over}", "Sprawdź, co zużyło limit dnia."
        )
    if state.failed:
        return Line("Powiadomienia SMS", "bad", f"{used}; nie wysłano: {state.failed}", "Sprawdź bramkę.")
    return Line("Powiadomienia SMS", "good", f"{used}; czeka: {state.waiting}")


def _history() -> Line:
    last = audit.last_anchor()
    if last is None:
        return Line("Historia zmian", "warn", "jeszcze bez znacznika", "Znacznik powstaje raz na dobę.")
    return Line("Historia zmian", "good", f"ostatni znacznik {last:%d.%m.%Y %H:%M}")


def _disk() -> Line:
    free = shutil.disk_usage(settings.DATA_DIR).free
    text = f"wolne {free / 1024**3:.1f} GB"
    if free < LITTLE_SPACE:
        return Line("Miejsce na dysku", "bad", text, "Zwolnij miejsce albo dołóż dysk.")
    return Line("Miejsce na dysku", "good", text)
