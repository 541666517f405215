"""What a post allows its holder to do in the office; rights belong to posts, never to people."""

from django.db.models import TextChoices


class Right(TextChoices):
    """One thing that a post allows. The roles are those of the instrukcja kancelaryjna."""

    REGISTER = "REGISTER", "rejestruje przesyłki (punkt kancelaryjny)"
    ASSIGN = "ASSIGN", "dekretuje"
    HANDLE = "HANDLE", "prowadzi sprawy"
    ACCEPT = "ACCEPT", "akceptuje pisma"
    SIGN = "SIGN", "podpisuje pisma"
    DISPATCH = "DISPATCH", "wysyła pisma"
    COORDINATE = "COORDINATE", "koordynuje czynności kancelaryjne"
    ARCHIVE = "ARCHIVE", "prowadzi archiwum zakładowe"
    ADMIN = "ADMIN", "zarządza systemem"
    PRIVACY = "PRIVACY", "inspektor ochrony danych"
    INSPECT = "INSPECT", "kontroluje (tylko do odczytu)"
    EDIT_BULLETIN = "EDIT_BULLETIN", "redaguje BIP"
    EDIT_PORTAL = "EDIT_PORTAL", "redaguje portal"
    EDIT_SITES = "EDIT_SITES", "redaguje strony jednostek, które mu powierzono"
    EDIT_PLAN = "EDIT_PLAN", "prowadzi wykaz akt"
    EDIT_FORMS = "EDIT_FORMS", "układa formularze"
    SETTLE = "SETTLE", "rozlicza opłaty"
    READ_BOOKS = "READ_BOOKS", "ogląda księgi"
    KEEP_BOOKS = "KEEP_BOOKS", "prowadzi księgi (księgowość)"
    CHIEF_ACCOUNTANT = "CHIEF_ACCOUNTANT", "główny księgowy"
    TREASURER = "TREASURER", "skarbnik powiatu"
    MANAGE_ASSETS = "MANAGE_ASSETS", "prowadzi ewidencję majątku"
    COUNT_ASSETS = "COUNT_ASSETS", "liczy majątek przy spisie z natury"
    MANAGE_NETWORK = "MANAGE_NETWORK", "prowadzi sieć i urządzenia"
    WORK_ORDERS = "WORK_ORDERS", "wykonuje zlecenia przy sieci i urządzeniach"
