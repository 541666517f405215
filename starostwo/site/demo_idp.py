"""The demonstration's identity providers, in which residents sign in, its payment gateway and its SMS.

An OpenID Connect provider, under `/wezel/` a national node that stands for login.gov.pl, under `/bramka/` an
operator of payments, under `/pz/` the trusted profile, under `/sms/` a gateway of SMS with the page on which
they are read, under `/ksef/` the system of e-invoices. Their rules are in `demo/`; here is the server. It
never runs in a real installation.
"""

import csv
import html
import json
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starostwo.site import settings
from starostwo.site.demo import node_pages
from starostwo.site.demo.identity_provider import Provider, Refused
from starostwo.site.demo.ksef_peer import KsefPeer
from starostwo.site.demo.ksef_suppliers import deposit_few
from starostwo.site.demo.national_node import NationalNode
from starostwo.site.demo.node_keys import make_keys
from starostwo.site.demo.payment_gateway import Gateway
from starostwo.site.demo.sms_gateway import NoAnswer, SmsGateway
from starostwo.site.demo.trusted_profile import TrustedProfile, trusted_profile_seal
from starostwo.treasury.rules.fa3 import Party

RESIDENTS = Path(__file__).parent / "demo" / "data" / "residents.csv"
LARGEST_FORM = 16 * 1024
LARGEST_INVOICE = 8 * 1024 * 1024
KSEF, SIGNING = "/ksef/", "/pz/podpisywanie"
CHOICES = {"/pz/wybor": "profile", "/bramka/wybor": "gateway"}  # whose button is pressed
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; "
    f"script-src {node_pages.SCRIPT_SOURCE}"
)

PAGE = """<!doctype html><html lang="pl"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>body{{font:18px/1.5 sans-serif;max-width:34rem;margin:0 auto;padding:1rem;color:#1b1b1b}}
.t{{background:#7a1f1f;color:#fff;padding:.5rem 1rem;font-weight:700}}button,a.b{{display:block;width:100%;
box-sizing:border-box;font:inherit;text-align:left;padding:.75rem 1rem;margin:.5rem 0;background:#fff;
color:#1b1b1b;border:2px solid #14505c;border-radius:4px;cursor:pointer}}
button:hover,button:focus{{background:#e8f0f1}}
small{{display:block;color:#4a4a4a}}select{{font:inherit;padding:.5rem}}</style></head><body>
<header class="t">TEST: system zewnętrzny instalacji demonstracyjnej</header>
<main><h1>{title}</h1>{body}</main></body></html>"""


def choice_page(provider: Provider, mark: str) -> str:
    """The list of invented residents; a real provider would ask for a proof of identity here."""
    buttons = "".join(
        f'<button name="subject" value="{html.escape(subject)}">'
        f"{html.escape(person['given_name'])} {html.escape(person['family_name'])}"
        f"<small>PESEL {html.escape(person['pesel'])}, {html.escape(person['town'])}</small></button>"
        for subject, person in provider.people.items()
    )
    body = (
        "<p>Proszę wybrać, kim jesteś. To osoby wymyślone.</p>"
        f'<form method="post" action="/authorize"><input type="hidden" name="mark" value="{mark}">{buttons}'
        '<button name="subject" value="">Anuluj</button></form>'
    )
    return PAGE.format(title="Kim jesteś?", body=body)


class Handler(BaseHTTPRequestHandler):
    """Answers one request; the provider decides."""

    provider: Provider
    node: NationalNode
    gateway: Gateway
    sms: SmsGateway
    ksef: KsefPeer
    profile: TrustedProfile
    protocol_version = "HTTP/1.1"
    server_version = "demo-idp"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Pages and documents."""
        self._answer(self._ksef if self.path.startswith(KSEF) else self._get)

    def do_POST(self) -> None:
        """The choice of a person, and codes turned into tokens."""
        programs = {KSEF: self._ksef, SIGNING: self._signing}
        found = (answer for start, answer in programs.items() if self.path.startswith(start))
        self._answer(next(found, self._post))

    def _get(self, path: str, query: dict[str, str]) -> None:
        provider = self.provider
        if path == "/.well-known/openid-configuration":
            self._json(provider.description())
        elif path == "/jwks":
            public = provider.key.as_dict(private=False)
            self._json({"keys": [{**public, "use": "sig", "alg": "ES256"}]})
        elif path == "/authorize":
            provider.check_sender(query)
            fault = provider.fault_of(query)
            if fault:
                self._redirect(provider.back(query, error=fault))
            else:
                self._page(choice_page(provider, provider.ask(query)))
        elif path == "/bramka/platnosc":
            page = self.gateway.page(self.gateway.take(query))
            self._page(PAGE.format(title="Testowy operator płatności", body=page))
        elif path == "/pz/dokument":
            self._page(PAGE.format(title="Podpis zaufany (TEST)", body=self.profile.page(query)))
        elif path == "/userinfo":
            self._json(provider.about(self.headers.get("Authorization", "")))
        elif path == "/sms/":
            self._page(PAGE.format(title="SMS-y instalacji demonstracyjnej", body=self.sms.page()))
        elif path == "/end_session":
            back = query.get("post_logout_redirect_uri") == provider.farewell_uri
            link = f'<p><a class="b" href="{provider.farewell_uri}">Wróć do urzędu</a></p>' if back else ""
            self._page(PAGE.format(title="Wylogowano u dostawcy tożsamości", body=link))
        else:
            raise Refused("not_found", HTTPStatus.NOT_FOUND)

    def _post(self, path: str, query: dict[str, str]) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_FORM:
            raise Refused("invalid_request", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body = self.rfile.read(length)
        if path in ("/wezel/artefakt", "/wezel/wylogowanie"):
            answer = self.node.resolve if path == "/wezel/artefakt" else self.node.end
            self._send(HTTPStatus.OK, "text/xml; charset=utf-8", answer(body))
            return
        if path == "/sms/messages":
            status, answered = self.sms.take(body, self.headers.get("Authorization", ""))
            self._json(answered, status)
            return
        if path == "/bramka/stan":
            said = self.gateway.answer(body, self.headers.get("X-Signature", ""))
            self._send(HTTPStatus.OK, "text/plain; charset=utf-8", said)
            return
        form = _single(body.decode("utf-8", "replace"))
        if path == "/wezel/logowanie":
            people = node_pages.choice(self.node.people, self.node.ask(form))
            self._page(PAGE.format(title="Kim jesteś?", body=people))
        elif path == "/wezel/wybor":
            fields = self.node.choose(form.get("mark", ""), form.get("subject", ""), form.get("level", ""))
            self._page(
                PAGE.format(title="Wracasz do urzędu", body=node_pages.bring_back(self.node.back, fields))
            )
        elif path == "/authorize":
            self._redirect(self.provider.choose(form.get("mark", ""), form.get("subject", "")))
        elif path in CHOICES:
            self._redirect(getattr(self, CHOICES[path]).choose(form))
        elif path == "/token":
            self._json(self.provider.exchange(form, self.headers.get("Authorization", "")))
        else:
            raise Refused("not_found", HTTPStatus.NOT_FOUND)

    def _signing(self, path: str, query: dict[str, str]) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_INVOICE:
            raise Refused("invalid_request", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        status, said = self.profile.answer(self.rfile.read(length))
        self._send(status, "text/xml; charset=utf-8", said)

    def _ksef(self, path: str, query: dict[str, str]) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_INVOICE:
            raise Refused("invalid_request", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        headers = {name.title(): value for name, value in self.headers.items()}
        answer = self.ksef.answer(self.command, self.path, headers, self.rfile.read(length))
        kind = answer.headers.pop("Content-Type", "text/plain")
        self._send(answer.status, kind, answer.body, **answer.headers)

    def _answer(self, carry_out: Any) -> None:
        parts = urlsplit(self.path)
        try:
            carry_out(parts.path, _single(parts.query))
        except Refused as refusal:
            self.close_connection = True
            self._json({"error": refusal.code}, refusal.status)
        except NoAnswer:
            self.close_connection = True

    def _json(self, value: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(status, "application/json", json.dumps(value).encode())

    def _page(self, text: str) -> None:
        self._send(HTTPStatus.OK, "text/html; charset=utf-8", text.encode())

    def _redirect(self, url: str) -> None:
        self._send(HTTPStatus.SEE_OTHER, "text/plain", b"", Location=url)

    def _send(self, status: HTTPStatus, kind: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        safe = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Content-Security-Policy": POLICY,
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        for name, value in {**safe, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _single(encoded: str) -> dict[str, str]:
    """The parameters of a query or a form; one given twice is refused, as RFC 6749 says."""
    given = parse_qs(encoded, keep_blank_values=True)
    if any(len(values) > 1 for values in given.values()):
        raise Refused("invalid_request")
    return {name: values[0] for name, values in given.items()}


def listening() -> ThreadingHTTPServer:
    """Return a server that listens on the loopback address; the caller runs it."""
    with RESIDENTS.open(encoding="utf-8", newline="") as rows:
        people = {row["subject"]: row for row in csv.DictReader(rows)}
    Handler.provider = Provider(
        issuer=settings.OIDC_ISSUER,
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        redirect_uri=f"{settings.PUBLIC_URL}/logowanie/powrot/",
        farewell_uri=f"{settings.PUBLIC_URL}/wylogowano/",
        people=people,
    )
    Handler.gateway = Gateway(key=settings.PAYMENT_GATEWAY_KEY, office=settings.PUBLIC_URL)
    make_keys(settings.SAML_PLACE)
    Handler.node = NationalNode(
        issuer=settings.SAML_ISSUER,
        system=settings.SAML_SYSTEM,
        back=f"{settings.PUBLIC_URL}/logowanie/wezel/powrot/",
        sign_on_url=settings.SAML_SIGN_ON_URL,
        people=people,
        keys=settings.SAML_PLACE,
    )
    Handler.ksef = KsefPeer(settings.KSEF_TOKEN)
    county = Party(settings.KSEF_NAME, settings.KSEF_NIP, address=settings.KSEF_ADDRESS)
    deposit_few(Handler.ksef, county, at=datetime.now(UTC))
    Handler.profile = TrustedProfile(
        site=f"http://localhost:{settings.IDP_PORT}",
        people=people,
        seal=trusted_profile_seal(),
        office=settings.SAML_PLACE / "office.pem",
    )
    Handler.sms = SmsGateway(settings.SMS_TOKEN, settings.SMS_REPORT_SECRET)
    return ThreadingHTTPServer(("127.0.0.1", settings.IDP_PORT), Handler)
