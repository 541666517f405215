"""What the node's messages must say before they are believed; the functions themselves, without a network."""

import re
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from starostwo.office.saml.answers import GaveUp, check_logout, person_behind
from starostwo.office.saml.assertions import TooWeak
from starostwo.office.vouched import NotBelieved
from starostwo.site.demo.node_messages import ENVELOPE, HERE, SUCCESS
from tests.office import saml_words as words
from tests.office.saml_words import BEGAN, EXPECTED, NODE, NOW, answer, clear, moment, said
from tests.office.signing_by_hand import by_hand

STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
STRANGER = ec.generate_private_key(ec.SECP256R1())


def person(envelope: bytes) -> str:
    return person_behind(envelope, NODE, resolve_id="ID-artefakt", expected=EXPECTED).person.family_name


def replacing(old: str, new: str) -> words.Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def test_a_good_answer_is_believed() -> None:
    assert person(answer()) == "Zych"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (replacing('Version="2.0"', 'Version="1.1"'), "another issuer or version"),
        (replacing("<saml2:Issuer>", "<saml2:Issuer>x"), "another issuer or version"),
        (replacing('InResponseTo="', 'InResponseTo="x'), "answers another request"),
        (replacing('InResponseTo="', 'Inny="'), "no InResponseTo"),
        (replacing(f'Value="{SUCCESS}"', ""), "no Value"),
        (replacing("<saml2p:Status>", "<saml2p:Status><saml2p:StatusCode/>"), "2 times samlp:Status"),
        (replacing(f'IssueInstant="{moment(0)}"', f'IssueInstant="{moment(31)}"'), "or in the future"),
        (replacing(moment(0), moment(-31, BEGAN)), "before the request"),
    ],
)
@pytest.mark.parametrize("which", ["inner", "outer"])
def test_each_message_must_fit_our_question(which: str, change: words.Change, why: str) -> None:
    with pytest.raises(NotBelieved, match=why):
        person(answer(**{which: change}))  # type: ignore[arg-type]


@pytest.mark.parametrize("issued", [moment(30), moment(-30, BEGAN)])
def test_half_a_minute_is_forgiven(issued: str) -> None:
    change = replacing(f'IssueInstant="{moment(0)}"', f'IssueInstant="{issued}"')
    assert person(answer(inner=change, outer=change)) == "Zych"


@pytest.mark.parametrize(
    ("statuses", "error", "why"),
    [
        ((f"{STATUS}Responder", f"{STATUS}AuthnFailed"), GaveUp, None),
        ((f"{STATUS}Responder", f"{STATUS}RequestDenied"), GaveUp, None),
        ((f"{STATUS}Responder", f"{STATUS}NoAuthnContext"), TooWeak, None),
        ((f"{STATUS}Responder",), NotBelieved, "did not succeed"),
        ((SUCCESS, f"{STATUS}PartialLogout"), NotBelieved, "did not succeed"),
    ],
)
def test_only_success_is_success_though_an_assertion_comes_along(
    statuses: tuple[str, ...], error: type[Exception], why: str | None
) -> None:
    with pytest.raises(error, match=why):
        person(answer(statuses=statuses))


@pytest.mark.parametrize("outer_statuses", [(f"{STATUS}Requester",), (SUCCESS, f"{STATUS}Requester")])
def test_an_artifact_that_the_node_does_not_know(outer_statuses: tuple[str, ...]) -> None:
    with pytest.raises(NotBelieved, match="no such artifact"):
        person(answer(outer_statuses=outer_statuses))


def test_success_without_a_response_is_no_success() -> None:
    with pytest.raises(NotBelieved, match="no such artifact"):
        person(ENVELOPE % words.signed(said("ArtifactResponse", "ID-artefakt")).encode())


def test_a_response_may_name_our_address_and_no_other() -> None:
    assert person(
        answer(inner=replacing("<saml2p:Response", f'<saml2p:Response Destination="{EXPECTED.back}"'))
    )
    with pytest.raises(NotBelieved, match="another address"):
        person(answer(inner=replacing("<saml2p:Response", '<saml2p:Response Destination="https://inny"')))


def test_a_clear_assertion_beside_the_encrypted_one_is_refused() -> None:
    with pytest.raises(NotBelieved, match="not encrypted"):
        person(answer(inner=replacing("</saml2p:Response>", f"{clear()}</saml2p:Response>")))


def test_only_an_assertion_may_be_encrypted() -> None:
    with pytest.raises(NotBelieved, match="something else than an assertion"):
        person(answer(word=clear().replace("saml2:Assertion", "saml2:Advice")))


def _with_place(text: str) -> str:
    return text.replace("</saml2:Issuer>", f"</saml2:Issuer>{HERE}", 1)


def test_a_signature_inside_must_be_good_too() -> None:
    """The outer one is the node's own, over all of it; a message inside may have none."""
    assert person(answer(word=words.signed(_with_place(clear())))) == "Zych"
    with pytest.raises(NotBelieved, match="made with another key"):
        person(answer(word=by_hand(_with_place(clear()), key=STRANGER, shown=None)))

    def foreign(text: str) -> str:
        response = re.search(r"<saml2p:Response .*</saml2p:Response>", text)
        assert response is not None
        unsigned = re.sub(r"<ds:Signature .*?</ds:Signature>", HERE, response[0], count=1)
        return text.replace(response[0], by_hand(unsigned, key=STRANGER, shown=None))

    def without(text: str) -> str:
        return re.sub(r"(<saml2p:Response .*?)<ds:Signature .*?</ds:Signature>", r"\1", text, count=1)

    with pytest.raises(NotBelieved, match="made with another key"):
        person(answer(outer=foreign))
    assert person(answer(outer=without)) == "Zych"


def _wrapped(inside: str, name: str = "soap:Envelope") -> bytes:
    envelope = '<{0} xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>{1}</soap:Body></{0}>'
    return envelope.format(name, inside).encode()


MESSAGE = re.sub(r"^.*<soap:Body>|</soap:Body>.*$", "", answer().decode())
LOGOUT = words.signed(said("LogoutResponse", "ID-koniec"))


@pytest.mark.parametrize(
    ("envelope", "why"),
    [
        (_wrapped(MESSAGE, "koperta"), "does not hold one"),
        (_wrapped(MESSAGE + LOGOUT), "does not hold one"),
        (_wrapped(LOGOUT), "does not hold one"),
        (_wrapped(""), "does not hold one"),
        (_wrapped(f"<!-- -->{MESSAGE}"), "does not hold one"),
        (MESSAGE.encode(), "0 times soap:Body"),
        (b"<", "not XML"),
        (b"<!DOCTYPE a>" + _wrapped(MESSAGE), "document type"),
        (_wrapped(MESSAGE).replace(b"<soap:Body>", b'<soap:Body ID="ID-Response">'), "equal ids"),
    ],
)
def test_the_envelope_holds_one_message(envelope: bytes, why: str) -> None:
    with pytest.raises(NotBelieved, match=why):
        person(envelope)


def test_the_envelope_of_these_tests_is_good() -> None:
    """The refusals above would prove nothing otherwise."""
    assert person(_wrapped(MESSAGE)) == "Zych"


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (LOGOUT, ""),
        (LOGOUT.replace("ID-koniec", "ID-inny"), "content was changed"),
        (words.signed(said("LogoutResponse", "ID-inny")), "answers another request"),
        (words.signed(said("LogoutResponse", "ID-koniec", issuer="inny.test")), "another issuer"),
        (words.signed(said("LogoutResponse", "ID-koniec", issued=moment(-60))), ""),
        (words.signed(said("LogoutResponse", "ID-koniec", issued=moment(-61))), "before the request"),
        (words.signed(said("LogoutResponse", "ID-koniec", issued=moment(31))), "in the future"),
        (words.signed(said("LogoutResponse", "ID-koniec", statuses=(f"{STATUS}Responder",))), "did not end"),
        (
            words.signed(said("LogoutResponse", "ID-koniec", statuses=(SUCCESS, f"{STATUS}PartialLogout"))),
            "did not end",
        ),
    ],
)
def test_the_end_of_a_session(message: str, why: str) -> None:
    if why:
        with pytest.raises(NotBelieved, match=why):
            check_logout(_wrapped(message), NODE, request_id="ID-koniec", now=NOW)
    else:
        check_logout(_wrapped(message), NODE, request_id="ID-koniec", now=NOW)


def test_a_certificate_that_ended_proves_nothing() -> None:
    with pytest.raises(NotBelieved, match="no pinned certificate"):
        check_logout(_wrapped(LOGOUT), NODE, request_id="ID-koniec", now=NOW + timedelta(days=2))
