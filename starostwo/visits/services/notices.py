"""E-mails about visits: a link and no word of the matter, the place or the time."""

from django.conf import settings
from django.urls import reverse

from starostwo.channels import api as channels
from starostwo.visits.models import Visit

FOOT = "Ten e-mail nie zawiera treści Twojej sprawy. Nie odpowiadaj na niego."


def link_of(name: str, token: str) -> str:
    """The whole address of a link, as it stands in an e-mail."""
    return f"{settings.PUBLIC_URL}{reverse(name, args=[token])}"


def ask_to_confirm(visit: Visit, token: str) -> None:
    """Ask whoever booked to press the link in time."""
    minutes = visit.place.confirm_minutes
    words = f"Potwierdź wizytę w ciągu {minutes} minut, inaczej termin wróci do puli:"
    _tell(visit, "Potwierdź wizytę w urzędzie", words, link_of("visits:confirmation", token))


def say_confirmed(visit: Visit, token: str) -> None:
    """Send the link under which the visit is seen and called off."""
    words = "Wizyta jest potwierdzona. Termin, miejsce i kod do biletomatu są tutaj. Tu też odwołasz wizytę:"
    _tell(visit, "Wizyta w urzędzie potwierdzona", words, link_of("visits:visit", token))


def say_cancelled(visit: Visit, *, by_office: bool) -> None:
    """Say that the visit does not take place, and where to choose another time."""
    who = "Urząd odwołał Twoją wizytę. Przepraszamy." if by_office else "Twoja wizyta jest odwołana."
    address = f"{settings.PUBLIC_URL}{reverse('visits:matters')}"
    _tell(visit, "Wizyta w urzędzie odwołana", f"{who} Nowy termin wybierzesz tutaj:", address)


def remind(visit: Visit, token: str) -> None:
    """Remind of a visit of the next day by the way that was chosen at booking."""
    address = link_of("visits:visit", token)
    words = "Jutro masz wizytę w urzędzie. Godzinę i miejsce zobaczysz tutaj. Tu też odwołasz wizytę:"
    notice = channels.Notice(
        "Jutro wizyta w urzędzie",
        f"{words}\n{address}\n\n{FOOT}",
        f"Jutro masz wizytę w urzędzie. Szczegóły i odwołanie: {address}",
    )
    by_text = visit.remind_by == Visit.Reminder.TEXT
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
