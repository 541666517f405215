"""What each verb of the history is called on the case sheet and in the history of a letter."""

LABELS = {
    "register": "zarejestrowanie przesyłki",
    "complete": "uzupełnienie metadanych",
    "add_file": "dodanie pliku",
    "file_receipt": "dołączenie poświadczenia (UPO)",
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
    "draft_document": "sporządzenie projektu pisma",
    "edit_document": "zmiana projektu pisma",
    "submit_document": "przekazanie pisma do akceptacji",
    "withdraw_document": "wycofanie pisma z akceptacji",
    "accept_document": "akceptacja pisma",
    "return_document": "zwrot pisma do poprawy",
    "sign_document": "podpisanie pisma",
    "send_document": "wysłanie pisma",
    "open_letter": "odbiór pisma na koncie (UPD)",
    "record_receipt": "odnotowanie doręczenia pisma papierowego",
    "write_message": "wiadomość w sprawie",
    "answer_call": "odpowiedź na wezwanie",
}


def act_label(verb: str) -> str:
    """Return the Polish name of an act; what is unknown here is shown as it is."""
    return LABELS.get(verb, verb)
