"""Voice messages on the screen: one's own and one's groups', their sound, what is done with them."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_POST, require_safe

from starostwo.files import api as files
from starostwo.office.api import ActorRequest, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import Tab
from starostwo.telephony.models import VoiceMessage
from starostwo.telephony.queries import greetings
from starostwo.telephony.queries import voicemail as queries
from starostwo.telephony.rules.numbers import shown
from starostwo.telephony.rules.voicemail import DELETED_STAYS_DAYS, KEPT_DAYS
from starostwo.telephony.services import voicemail
from starostwo.telephony.web.frame import tabs_of

PAGE = 20


@dataclass(frozen=True)
class Line:
    """A message and how its caller is shown."""

    message: VoiceMessage
    number: str
    who: str
    length: str


@staff(None)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The messages of one's own box and of one's groups."""
    state = request.GET.get("stan", queries.NEW)
    if state not in queries.STATES:
        raise Http404
    rows = queries.messages(request.actor, state)
    page = keyset_page(rows, key=queries.NEWEST_FIRST, cursor=request.GET.get("cursor"), size=PAGE)
    known = queries.callers(page.rows)
    base = reverse("telephony:voicemail")
    context = {
        "page": page, "state": state, "lines": [_line(one, known) for one in page.rows],
        "tabs": [Tab(words, f"{base}?stan={key}", key == state) for key, words in queries.STATES.items()],
        "sections": tabs_of(request.actor, "voicemail"),
        "phones": greetings.own_phones(request.actor),
        "kept_days": KEPT_DAYS.on(localdate()), "deleted_days": DELETED_STAYS_DAYS,
    }  # fmt: skip
    return render(request, "telephony/voicemail.html", context)


@staff(None)
@require_safe
def sound(request: ActorRequest, message_id: int) -> HttpResponseBase:
    """The recording, for the page's player and to be kept."""
    found = queries.message(request.actor, message_id)
    if found is None:
        raise Http404
    name = f"wiadomosc-{found.number}-{localtime(found.began_at):%Y%m%d-%H%M%S}.wav"
    return files.download_response(found.blob, name)


@staff(None)
@require_POST
def hearing(request: ActorRequest, message_id: int) -> HttpResponse:
    """Mark as heard."""
    _done(request, message_id, voicemail.mark_heard, "Oznaczono wiadomość jako odsłuchaną.")
    return redirect("telephony:voicemail")


@staff(None)
@require_POST
def deletion(request: ActorRequest, message_id: int) -> HttpResponse:
    """Put away, or bring back what was put away."""
    if "przywroc" in request.POST:
        _done(request, message_id, voicemail.bring_back, "Przywrócono wiadomość.")
    else:
        words = (
            f"Usunięto wiadomość. Przez {DELETED_STAYS_DAYS} dni możesz ją przywrócić w zakładce usunięte."
        )
        _done(request, message_id, voicemail.delete, words)
    return redirect("telephony:voicemail")


def _done(request: ActorRequest, message_id: int, act: voicemail.Act, words: str) -> None:
    try:
        act(message_id, actor=request.actor, now=now())
    except voicemail.NoSuchMessage as refused:
        raise Http404 from refused
    messages.success(request, words)


def _line(message: VoiceMessage, known: dict[str, str]) -> Line:
    minutes, seconds = divmod(message.seconds, 60)
    who = known.get(message.caller) or message.caller_name
    return Line(message, shown(message.caller), who, f"{minutes}:{seconds:02}")
