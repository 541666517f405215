"""From facts to a colour and a sentence: the table of the rule."""

import pytest

from starostwo.signatures.rules.report import Finding, Indication, Qualification, Scope, Verdict
from starostwo.signatures.rules.verdict import (
    CHANGED,
    NO_SIGNATURE,
    PARTLY,
    PASSED,
    REASONS,
    indication_of,
    overall,
    verdict_of,
)

WHOLE = Scope("document", "/pismo", whole=True)
CUT = Scope("document", "/pismo", whole=False)
FILE = Scope("file", "plik.bin", whole=True)
PART = Scope("element", "/pismo/tresc", whole=False)
GREEN, AMBER, RED = Verdict.GREEN, Verdict.AMBER, Verdict.RED


@pytest.mark.parametrize(
    ("subindication", "indication", "verdict", "why"),
    [
        ("", Indication.PASSED, GREEN, "nothing is wrong"),
        ("HASH_FAILURE", Indication.FAILED, RED, "the document was changed"),
        ("REVOKED", Indication.FAILED, RED, "signed after the revocation"),
        ("TEST_CERTIFICATE", Indication.FAILED, RED, "a test has no force"),
        ("REVOKED_NO_POE", Indication.INDETERMINATE, RED, "revoked, and nothing proves an earlier time"),
        ("NO_SIGNING_CERTIFICATE_FOUND", Indication.INDETERMINATE, RED, "nobody is named"),
        ("TRY_LATER", Indication.INDETERMINATE, AMBER, "not asked yet"),
        ("UNHEARD_OF", Indication.INDETERMINATE, AMBER, "what the table does not know is never green"),
    ],
)
def test_each_outcome_has_its_colour(
    subindication: str, indication: Indication, verdict: Verdict, why: str
) -> None:
    said = REASONS.get(subindication, REASONS["GENERIC"]) if subindication else PASSED
    assert indication_of(subindication) == indication, why
    assert verdict_of(subindication, [WHOLE], changed_after=False) == (verdict, said), why


@pytest.mark.parametrize(
    ("scopes", "changed_after", "verdict", "sentence", "why"),
    [
        ([WHOLE], False, GREEN, PASSED, "the whole document"),
        ([WHOLE], True, AMBER, CHANGED, "changed after the signature"),
        ([WHOLE, PART], False, GREEN, PASSED, "a part once more takes nothing away"),
        ([FILE, FILE], False, GREEN, PASSED, "every file that is named"),
        ([FILE, CUT], False, AMBER, PARTLY.format("/pismo"), "a document that is not covered"),
        ([FILE, PART], False, AMBER, PARTLY.format("/pismo/tresc"), "a file, but a part of the rest"),
        ([PART, FILE], False, AMBER, PARTLY.format("/pismo/tresc"), "in whatever order"),
        ([], False, AMBER, PARTLY.format("brak"), "nothing at all"),
    ],
)
def test_green_is_only_for_the_whole(
    scopes: list[Scope], changed_after: bool, verdict: Verdict, sentence: str, why: str
) -> None:
    assert verdict_of("", scopes, changed_after=changed_after) == (verdict, sentence), why


def finding(verdict: Verdict) -> Finding:
    return Finding(
        form="XAdES",
        level="B-B",
        indication=Indication.PASSED,
        subindication="",
        reason=verdict.value,
        verdict=verdict,
        qualification=Qualification.NONE,
        signer="Jan Kos",
        issuer="",
        scopes=(WHOLE,),
        claimed_at=None,
        proven_at=None,
        chain=(),
        is_test=False,
        revocation="",
    )


@pytest.mark.parametrize(
    ("verdicts", "unsigned", "expected", "why"),
    [
        ([], [], (Verdict.NONE, NO_SIGNATURE), "no signature"),
        ([GREEN], [], (GREEN, "green"), "one that holds"),
        ([GREEN, AMBER], [], (AMBER, "amber"), "the worst one decides"),
        ([RED, AMBER, GREEN], [], (RED, "red"), "wherever it stands"),
        ([AMBER, GREEN], ["a.pdf"], (AMBER, "amber"), "its own reason comes first"),
    ],
)
def test_the_worst_signature_decides(
    verdicts: list[Verdict], unsigned: list[str], expected: tuple[Verdict, str], why: str
) -> None:
    assert overall([finding(verdict) for verdict in verdicts], unsigned) == expected, why


def test_a_file_that_nobody_signed_is_named() -> None:
    verdict, reason = overall([finding(GREEN)], ["a.pdf", "b.pdf"])
    assert (verdict, "a.pdf, b.pdf" in reason) == (AMBER, True)
