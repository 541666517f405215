"""E-mails and SMS about visits: a link and no word of the matter, the place or the time.

They are in the language in which the visit was booked; the worker and the office, who cause some,
speak Polish.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, override

from starostwo.channels import api as channels
from starostwo.screens.api import languages
from starostwo.visits.models import Visit

FOOT = gettext_lazy("Ten e-mail nie zawiera treści Twojej sprawy. Nie odpowiadaj na niego.")


def link_of(name: str, token: str) -> str:
    """The whole address of a link, as it stands in an e-mail, in the language that is spoken."""
    path = reverse(name, args=[token])
    return f"{settings.PUBLIC_URL}{languages.address_in(languages.current(), path)}"


def ask_to_confirm(visit: Visit, token: str) -> None:
    """Ask whoever booked to press the link in time."""
    with override(visit.language):
        minutes = languages.counted(visit.place.confirm_minutes, gettext("minuty|minut|minut"))
        words = gettext("Potwierdź wizytę w ciągu %(minutes)s, inaczej termin wróci do puli:")
        words %= {"minutes": minutes}
        _tell(visit, gettext("Potwierdź wizytę w urzędzie"), words, link_of("visits:confirmation", token))


def say_confirmed(visit: Visit, token: str) -> None:
    """Send the link under which the visit is seen and called off."""
    with override(visit.language):
        words = gettext(
            "Wizyta jest potwierdzona. Termin, miejsce i kod do biletomatu są tutaj. Tu też odwołasz wizytę:"
        )
        _tell(visit, gettext("Wizyta w urzędzie potwierdzona"), words, link_of("visits:visit", token))


def say_cancelled(visit: Visit, *, by_office: bool) -> None:
    """Say that the visit does not take place, and where to choose another time."""
    with override(visit.language):
        who = (
            gettext("Urząd odwołał Twoją wizytę. Przepraszamy.")
            if by_office
            else gettext("Twoja wizyta jest odwołana.")
        )
        words = f"{who} {gettext('Nowy termin wybierzesz tutaj:')}"
        address = languages.address_in(visit.language, reverse("visits:matters"))
        _tell(visit, gettext("Wizyta w urzędzie odwołana"), words, f"{settings.PUBLIC_URL}{address}")


def remind(visit: Visit, token: str) -> None:
    """Remind of a visit of the next day by the way that was chosen at booking."""
    by_text = visit.remind_by == Visit.Reminder.TEXT
    with override(visit.language):
        address = link_of("visits:visit", token)
        words = gettext(
            "Jutro masz wizytę w urzędzie. Godzinę i miejsce zobaczysz tutaj. Tu też odwołasz wizytę:"
        )
        short = gettext("Jutro masz wizytę w urzędzie. Szczegóły i odwołanie:")
        notice = channels.Notice(
            gettext("Jutro wizyta w urzędzie"), f"{words}\n{address}\n\n{FOOT}", f"{short} {address}"
        )
    channels.tell(
        notice, email="" if by_text else visit.email, phone=visit.phone if by_text else "", is_secret=True
    )


def _tell(visit: Visit, subject: str, words: str, address: str) -> None:
    if not visit.email:
        return
    try:
        channels.send(to=visit.email, subject=subject, body=f"{words}\n{address}\n\n{FOOT}", is_secret=True)
    except channels.NotAnAddress:
        return
