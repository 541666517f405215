"""E-mails to those who apply together: a link and no word of the matter or of whose it is."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from starostwo.channels import api as channels
from starostwo.citizen.models import CoApplicant


def invite_to_sign(person: CoApplicant, token: str) -> None:
    """Send the link; it opens the document only to who signs in."""
    words = gettext(
        "Ktoś składa do urzędu wniosek razem z Tobą i prosi o podpis. Otwórz odnośnik, zaloguj się, "
        "przeczytaj dokument, a potem podpisz go albo odmów. Odnośnik działa 14 dni:"
    )
    address = f"{settings.PUBLIC_URL}{reverse('citizen:invitation', args=[token])}"
    _tell(person, gettext("Prośba o podpis pod wnioskiem do urzędu"), f"{words}\n{address}", is_secret=True)


def say_signature_cancelled(person: CoApplicant) -> None:
    """Say that the text has changed and nothing holds that was signed."""
    words = gettext(
        "Wniosek, o którego podpis prosiliśmy, został otwarty do zmian. Wcześniejsze zaproszenie i podpis "
        "nie są już ważne. Gdy dokument będzie gotowy, dostaniesz nowe zaproszenie."
    )
    _tell(person, gettext("Wniosek do urzędu się zmienia"), words)


def _tell(person: CoApplicant, subject: str, words: str, *, is_secret: bool = False) -> None:
    foot = gettext("Ten e-mail nie zawiera treści sprawy. Nie odpowiadaj na niego.")
    try:
        channels.send(to=person.email, subject=subject, body=f"{words}\n\n{foot}", is_secret=is_secret)
    except channels.NotAnAddress:
        return
