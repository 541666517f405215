"""The part of the description that is about reading the books with a personal token."""

from starostwo.intake.web.openapi_records import (
    DAY,
    NEXT_PAGE,
    TEXT,
    Json,
    list_of,
    object_of,
    query,
    reading,
)

GROSZE: Json = {"type": "integer", "description": "Grosze; zapis czerwony jest ujemny."}
NUMBER: Json = {"type": "integer"}
TEXT_OR_NONE: Json = {"type": ["string", "null"]}
YEAR: Json = {
    "name": "year_id", "in": "path", "required": True, "description": "Rok księgi", "schema": NUMBER,
}  # fmt: skip
MONTH = query("month", "Okres: 0 otwarcie, 1-12, 13 zamknięcie", type="integer", minimum=0, maximum=13)
SIDES = {
    f"{what}_{side}": GROSZE for what in ("opening", "month", "total") for side in ("debit", "credit")
} | {"debit_balance": GROSZE, "credit_balance": GROSZE}
LINE = object_of(
    account=TEXT, classification=TEXT_OR_NONE, counterparty=TEXT_OR_NONE, settlement=TEXT_OR_NONE,
    debit=GROSZE, credit=GROSZE, text=TEXT,
)  # fmt: skip

LEDGER_SCHEMAS: Json = {
    "BookYears": object_of(
        items={
            "type": "array",
            "items": object_of(id=NUMBER, book=TEXT, name=TEXT, year=NUMBER, state=TEXT),
        }
    ),
    "Voucher": object_of(
        id=NUMBER, journal=TEXT, number=NUMBER, month=NUMBER, kind=TEXT, document_number=TEXT, issued_on=DAY,
        operation_on=DAY, text=TEXT, posted_at={"type": "string", "format": "date-time"}, posted_by=TEXT,
        corrects={"type": ["integer", "null"]}, correction=TEXT, total=GROSZE, hash=TEXT,
        lines={"type": "array", "items": LINE},
    ),
    "Vouchers": list_of("Voucher"),
    "TrialBalance": object_of(
        month=NUMBER, items={"type": "array", "items": object_of(account=TEXT, name=TEXT, **SIDES)}
    ),
}  # fmt: skip
LEDGER_PATHS: Json = {
    "/api/ledger/years": reading("bookYears", "Lata ksiąg, które wolno widzieć", "BookYears"),
    "/api/ledger/years/{year_id}/vouchers": reading(
        "vouchers", "Zaksięgowane dowody z zapisami, w kolejności księgowania", "Vouchers",
        YEAR, query("journal", "Tylko tego dziennika"), MONTH, NEXT_PAGE,
    ),
    "/api/ledger/years/{year_id}/trial-balance": reading(
        "trialBalance", "Zestawienie obrotów i sald do końca okresu", "TrialBalance", YEAR, MONTH
    ),
}  # fmt: skip
