"""What each verb of the history is called on the case sheet and in the history of a letter."""

LABELS = {
    "register": "zarejestrowanie przesyłki",
    "complete": "uzupełnienie metadanych",
    "add_file": "dodanie pliku",
    "assign": "dekretacja",
    "return": "zwrot dekretacji",
    "file": "włączenie pisma do sprawy",
    "file_without_case": "włączenie pisma do klasy (poza sprawą)",
    "open": "założenie sprawy",
    "attach": "dołączenie pisma",
    "close": "zakończenie sprawy",
    "reopen": "wznowienie sprawy zamkniętej omyłkowo",
    "hand_over": "zmiana prowadzącego",
    "change_title": "zmiana tytułu",
    "continued_by": "założenie sprawy będącej ciągiem dalszym",
    "open_subgroup": "założenie podgrupy",
    "exclude_time": "wyłączenie okresu z terminu",
    "end_excluded_time": "koniec okresu wyłączonego z terminu",
    "extend_term": "wyznaczenie nowego terminu",
    "make_complex": "uznanie sprawy za szczególnie skomplikowaną",
    "settle": "załatwienie sprawy",
    "add_party": "wpisanie strony",
    "end_party": "wykreślenie strony",
    "write_note": "notatka służbowa",
    "write_opinion": "opinia współpracującego",
    "let_in": "udostępnienie sprawy",
    "withdraw": "cofnięcie dostępu do sprawy",
}


def act_label(verb: str) -> str:
    """Return the Polish name of an act; what is unknown here is shown as it is."""
    return LABELS.get(verb, verb)
