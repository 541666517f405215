"""Pages of the demonstration's national node: who are you, and the form that brings the answer back."""

import html
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256

SENDS_ITSELF = 'document.querySelector("form").requestSubmit()'
SCRIPT_SOURCE = f"'sha256-{b64encode(sha256(SENDS_ITSELF.encode()).digest()).decode()}'"
LEVELS = {"substantial": "średni (profil zaufany)", "high": "wysoki (e-dowód)", "low": "niski"}


def choice(people: Mapping[str, Mapping[str, str]], mark: str) -> str:
    """The list of invented residents and the level of assurance to claim."""
    levels = "".join(f'<option value="{value}">{name}</option>' for value, name in LEVELS.items())
    buttons = "".join(
        f'<button name="subject" value="{html.escape(subject)}">'
        f"{html.escape(person['given_name'])} {html.escape(person['family_name'])}"
        f"<small>PESEL {html.escape(person['pesel'])}, {html.escape(person['town'])}</small></button>"
        for subject, person in people.items()
    )
    return (
        "<p>To zastępuje login.gov.pl w instalacji demonstracyjnej. Proszę wybrać osobę wymyśloną.</p>"
        f'<form method="post" action="/wezel/wybor"><input type="hidden" name="mark" value="{mark}">'
        f'<p><label for="level">Poziom potwierdzenia tożsamości</label><br>'
        f'<select id="level" name="level">{levels}</select></p>{buttons}'
        '<button name="subject" value="">Anuluj</button></form>'
    )


def bring_back(address: str, fields: Mapping[str, str]) -> str:
    """The answer as a form to the office, which sends itself where a script may run."""
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in fields.items()
    )
    return (
        f'<form method="post" action="{html.escape(address)}">{hidden}<button>Wróć do urzędu</button></form>'
        f"<script>{SENDS_ITSELF}</script>"
    )
