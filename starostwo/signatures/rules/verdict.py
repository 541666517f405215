"""From the facts about a signature to its colour and to a Polish sentence that says why.

Green is only for a signature that passed, covers the whole document and was followed by no change.
"""

from collections.abc import Sequence

from starostwo.signatures.rules.report import Finding, Indication, Scope, Verdict

PASSED = "Podpis jest ważny i obejmuje cały dokument."
NO_SIGNATURE = "Plik nie jest podpisany."

# Sub-indication of ETSI EN 319 102-1 -> what the official reads.
REASONS = {
    "FORMAT_FAILURE": "Podpis ma niedozwoloną lub uszkodzoną budowę i nie może być sprawdzony.",
    "HASH_FAILURE": "Dokument został zmieniony po podpisaniu.",
    "SIG_CRYPTO_FAILURE": "Wartość podpisu nie zgadza się z podpisanymi danymi.",
    "SIG_CONSTRAINTS_FAILURE": "Podpis nie spełnia wymagań: nie wskazuje certyfikatu, którym go złożono.",
    "NO_SIGNING_CERTIFICATE_FOUND": "W podpisie brak certyfikatu osoby podpisującej.",
    "NO_CERTIFICATE_CHAIN_FOUND": "Certyfikat wydał podmiot spoza listy zaufanych wystawców.",
    "CHAIN_CONSTRAINTS_FAILURE": "Certyfikat nie może służyć do składania podpisu.",
    "CERTIFICATE_CHAIN_GENERAL_FAILURE": "Nie udało się sprawdzić ścieżki certyfikatów.",
    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE": "Podpis używa przestarzałego algorytmu.",
    "EXPIRED": "Podpis złożono po upływie ważności certyfikatu.",
    "NOT_YET_VALID": "Podpis złożono, zanim certyfikat stał się ważny.",
    "OUT_OF_BOUNDS_NO_POE": "Certyfikat wygasł, a nic nie dowodzi, że podpis złożono wcześniej.",
    "REVOKED": "Podpis złożono po unieważnieniu certyfikatu.",
    "REVOKED_NO_POE": "Certyfikat jest unieważniony, a nic nie dowodzi, że podpis złożono wcześniej.",
    "TRY_LATER": "Nie sprawdzono jeszcze, czy certyfikat nie został unieważniony.",
    "SIGNED_DATA_NOT_FOUND": "Brak pliku, którego dotyczy podpis.",
    "BASIC_SIGNATURE": "Podpis nie jest zaawansowany: podpisane dane nie wskazują certyfikatu.",
    "TEST_CERTIFICATE": "Podpis testowy: certyfikat instalacji demonstracyjnej nie ma żadnej mocy.",
    "LIMITS_EXCEEDED": "Sprawdzenie podpisu przerwano: plik przekracza dozwolony czas lub pamięć.",
    "GENERIC": "Podpisu nie udało się sprawdzić.",
}
RED_THOUGH_INDETERMINATE = frozenset(
    {"SIG_CONSTRAINTS_FAILURE", "NO_SIGNING_CERTIFICATE_FOUND", "REVOKED_NO_POE"}
)
FAILURES = frozenset(
    {"FORMAT_FAILURE", "HASH_FAILURE", "SIG_CRYPTO_FAILURE", "EXPIRED", "NOT_YET_VALID", "REVOKED"}
    | {"TEST_CERTIFICATE"}
)
PARTLY = "Podpis jest ważny, ale obejmuje tylko część dokumentu: {}."
CHANGED = "Podpis jest ważny, ale po jego złożeniu dokument zmieniono."
UNSIGNED_FILES = "Podpis jest ważny, ale nie obejmuje plików: {}."


def indication_of(subindication: str) -> Indication:
    """TOTAL-FAILED, INDETERMINATE, or TOTAL-PASSED for no sub-indication at all."""
    if not subindication:
        return Indication.PASSED
    return Indication.FAILED if subindication in FAILURES else Indication.INDETERMINATE


def verdict_of(subindication: str, scopes: Sequence[Scope], *, changed_after: bool) -> tuple[Verdict, str]:
    """Return the colour and the sentence for one signature."""
    if subindication:
        red = subindication in FAILURES | RED_THOUGH_INDETERMINATE
        return (Verdict.RED if red else Verdict.AMBER), REASONS.get(subindication, REASONS["GENERIC"])
    if changed_after:
        return Verdict.AMBER, CHANGED
    if not is_whole(scopes):
        parts = ", ".join(scope.name for scope in scopes if not scope.whole)
        return Verdict.AMBER, PARTLY.format(parts or "brak")
    return Verdict.GREEN, PASSED


def is_whole(scopes: Sequence[Scope]) -> bool:
    """Whether the scopes leave nothing out: the document itself, or every object that is named."""
    if any(scope.kind == "document" and scope.whole for scope in scopes):
        return True
    return bool(scopes) and all(scope.whole for scope in scopes)


SEVERITY = [Verdict.GREEN, Verdict.AMBER, Verdict.RED]


def overall(findings: Sequence[Finding], unsigned_files: Sequence[str]) -> tuple[Verdict, str]:
    """Return the colour of a file with several signatures: the worst one decides."""
    if not findings:
        return Verdict.NONE, NO_SIGNATURE
    worst = max(findings, key=lambda finding: SEVERITY.index(finding.verdict))
    if worst.verdict == Verdict.GREEN and unsigned_files:
        return Verdict.AMBER, UNSIGNED_FILES.format(", ".join(unsigned_files))
    return worst.verdict, worst.reason
