"""Giving a ticket, the same at the machine and at the information desk; each refusal says what to do."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext, gettext_lazy

from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.visits.models import Place, Ticket
from starostwo.visits.services.queue import (
    CannotGiveTicket,
    IsClosed,
    NoTicketsLeft,
    arrive_by_code,
    give_ticket,
)
from starostwo.visits.typeset import Slip, typeset_ticket
from starostwo.visits.web.desk_forms import TicketForm
from starostwo.visits.web.wording import clock

CODES_A_MINUTE = 20
NO_SUCH_CODE = gettext_lazy(
    "Nie ma dziś w tym miejscu potwierdzonej wizyty z tym kodem. "
    "Sprawdź kod, dzień i miejsce w potwierdzeniu."
)


def given(form: TicketForm, place: Place, *, actor: Actor | None) -> Ticket | None:
    """Give the ticket that the form asks for; None with the reason beside the field."""
    code = form.cleaned_data["kod"]
    try:
        if not code:
            return give_ticket(place, form.cleaned_data["sprawa"], actor=actor, now=now())
        if office.allow(f"visit-codes:{place.pk}", limit=CODES_A_MINUTE, per_seconds=60):
            form.add_error("kod", gettext("Zbyt wiele prób. Odczekaj minutę albo podejdź do informacji."))
            return None
        return arrive_by_code(place, code, actor=actor, now=now())
    except NoTicketsLeft:
        form.add_error(
            "sprawa",
            gettext(
                "Bilety bez rezerwacji na dziś się skończyły. Umów wizytę przez Internet albo telefonicznie."
            ),
        )
    except IsClosed:
        form.add_error("sprawa", gettext("Okienka, które załatwiają tę sprawę, są już dziś zamknięte."))
    except CannotGiveTicket:
        form.add_error("kod", NO_SUCH_CODE)
    return None


def printed(ticket: Ticket) -> HttpResponse:
    """The ticket as PDF."""
    found, visit = office.office(), ticket.visit
    slip = Slip(
        office=found.name if found else "",
        place=ticket.place.name,
        number=ticket.label,
        matter=ticket.matter.name if ticket.matter else "",
        hour=clock(visit.starts_at) if visit else "",
        issued=_issued(ticket.issued_at),
    )
    answer = HttpResponse(typeset_ticket(slip, at=ticket.issued_at), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="bilet-{ticket.label}.pdf"'
    return answer


def _issued(moment: datetime) -> str:
    return f"Wydano {localtime(moment):%d.%m.%Y}, godz. {clock(moment)}"
