"""Every route of the product: who looks at its page and where, or why it has no page of its own.

A new route fails the test of access until it stands here.
"""

from dataclasses import dataclass

DESK, WORKER, HEAD, COORDINATOR = "z.mak", "a.nowak", "e.lis", "i.bielska"
ADMIN, PRIVACY, EDITOR = "o.bak", "m.tarcza", "p.cis"
RESIDENT = "resident"  # whoever of the residents was served a letter


@dataclass(frozen=True)
class Screen:
    """One page: who looks, the rest of its address, and the button that is pressed with nothing filled in."""

    login: str | None
    query: str = ""
    empty_query: str | None = None
    refused_by: str = ""


SCREENS: dict[str, Screen] = {
    "office:resident_sign_in": Screen(None),
    "office:signed_out": Screen(None),
    "office:sign_in": Screen(None, refused_by="Dalej"),
    "office:account": Screen(WORKER),
    "office:own_password": Screen(WORKER, refused_by="main button.govuk-button"),
    "office:recovery_codes": Screen(WORKER),
    "office:new_token": Screen(WORKER, refused_by="main button.govuk-button"),
    "office:stand_ins": Screen(DESK, refused_by="Zapisz zastępstwo"),
    "office:structure": Screen(ADMIN, empty_query="?dzien=01.01.1990"),
    "office:new_unit": Screen(ADMIN, refused_by="main button.govuk-button"),
    "office:unit": Screen(ADMIN),
    "office:unit_change": Screen(ADMIN),
    "office:unit_end": Screen(ADMIN),
    "office:new_post": Screen(ADMIN, refused_by="main button.govuk-button"),
    "office:staff": Screen(ADMIN, empty_query="?q=qqqq"),
    "office:new_person": Screen(ADMIN, refused_by="main button.govuk-button"),
    "office:person": Screen(ADMIN),
    "office:holding_end": Screen(ADMIN),
    "office:sign_ins": Screen(PRIVACY, empty_query="?osoba=qqqq"),
    "office:doings": Screen(PRIVACY),
    "records:queue": Screen(DESK, empty_query="?komorka=QQ"),
    "records:register": Screen(DESK, refused_by="Zarejestruj"),
    "records:to_assign": Screen(HEAD, refused_by="Dekretuj zaznaczone"),
    "records:my_letters": Screen(WORKER),
    "records:letter": Screen(DESK),
    "records:metadata": Screen(DESK),
    "records:senders": Screen(DESK),
    "records:assign": Screen(HEAD, refused_by="Dekretuj"),
    "records:new_case_of_letter": Screen(WORKER),
    "records:my_cases": Screen(WORKER),
    "records:all_cases": Screen(WORKER, empty_query="?rok=1999"),
    "records:new_case": Screen(WORKER, refused_by="Załóż sprawę"),
    "records:new_subgroup": Screen(WORKER, refused_by="main button.govuk-button"),
    "records:terms": Screen(HEAD),
    "records:leaver": Screen(HEAD),
    "records:case": Screen(WORKER),
    "records:sheet": Screen(WORKER),
    "records:incoming_register": Screen(DESK, empty_query="?od=01.01.1999&do=02.01.1999"),
    "records:outgoing_register": Screen(DESK, empty_query="?od=01.01.1999&do=02.01.1999"),
    "records:case_list": Screen(DESK, empty_query="?klasa=0000&rok=1999&komorka=GN", refused_by="Pokaż"),
    "records:file_plan": Screen(DESK, empty_query="?q=qqqq"),
    "records:plan_upload": Screen(COORDINATOR, refused_by="main button.govuk-button"),
    "records:new_document": Screen(WORKER),
    "records:messages": Screen(WORKER),
    "records:document": Screen(WORKER),
    "records:edit_document": Screen(WORKER),
    "records:compare_versions": Screen(WORKER, query="?od=1&do=2"),
    "records:acceptance_list": Screen(HEAD),
    "records:acceptance": Screen(HEAD, refused_by="Zwróć do poprawy"),
    "records:dispatch_list": Screen(DESK),
    "records:dispatch": Screen(DESK),
    "records:dispatch_receipt": Screen(DESK, refused_by="main button.govuk-button"),
    "intake:quarantine": Screen(DESK),
    "intake:details": Screen(DESK),
    "procedures:forms": Screen(EDITOR),
    "procedures:new_form": Screen(EDITOR, refused_by="main button.govuk-button"),
    "procedures:version": Screen(EDITOR),
    "procedures:head": Screen(EDITOR),
    "procedures:part": Screen(EDITOR),
    "procedures:giving_up": Screen(EDITOR),
    "procedures:try_step": Screen(EDITOR),
    "procedures:try_outcome": Screen(EDITOR),
    "procedures:phone": Screen(EDITOR),
    "bulletin:front": Screen(None),
    "bulletin:page": Screen(None),
    "bulletin:editing": Screen(EDITOR),
    "citizen:front": Screen(None),
    "citizen:services": Screen(None, empty_query="?q=qqqq"),
    "citizen:card": Screen(None),
    "citizen:home": Screen(RESIDENT),
    "citizen:new": Screen(RESIDENT),
    "citizen:step": Screen(RESIDENT, refused_by="Zapisz i przejdź dalej"),
    "citizen:attachments": Screen(RESIDENT, refused_by="Dołącz"),
    "citizen:check": Screen(RESIDENT),
    "citizen:discard": Screen(RESIDENT),
    "citizen:signing": Screen(RESIDENT, refused_by="Dołącz podpisany plik"),
    "citizen:receipt": Screen(RESIDENT),
    "citizen:case": Screen(RESIDENT, refused_by="Wyślij wiadomość"),
    "citizen:letter": Screen(RESIDENT),
    "desk:start": Screen(HEAD),
    "desk:search": Screen(WORKER, query="?q=pismo", empty_query="?q=qqqq"),
    "desk:health": Screen(ADMIN),
}

ACTS = "a posted act: its answer is another page of this list"
FILE = "a file"
JSON = "for scripts and programs"
WAY = "leads on to another page"
NO_PAGE: dict[str, str] = {
    "healthz": JSON,
    "office:resident_away": WAY,
    "office:resident_back": WAY,
    "office:sign_out": ACTS,
    "office:sign_in_code": "seen in tests/office/test_browser.py, in the middle of signing in",
    "office:sign_in_factor": "seen in tests/office/test_screens.py, the first time of signing in",
    "office:sign_in_password": "seen in tests/office/test_screens.py, the first time of signing in",
    "office:sign_in_end": ACTS,
    "citizen:draft": WAY,
    "procedures:try": WAY,
    **dict.fromkeys(
        ["office:passkey_options", "office:passkey_answer", "office:new_passkey_options",
         "office:new_passkey_answer", "office:people_lookup", "procedures:definition_schema",
         "records:lookup_senders", "records:lookup_parties", "records:lookup_classes", "records:lookup_cases",
         "records:api_letters", "records:api_cases", "records:api_search", "records:api_case",
         "intake:openapi", "intake:submissions", "intake:submission", "citizen:autosave"],
        JSON,
    ),
    **dict.fromkeys(
        ["procedures:form_schema", "procedures:filled_schema", "records:letter_file", "records:sticker",
         "records:sheet_print",
         "records:incoming_print", "records:case_list_print", "records:outgoing_print",
         "records:document_file", "records:dispatch_printout", "records:dispatch_proof", "intake:upo",
         "intake:submission_upo", "citizen:document_xml", "citizen:document_pdf", "citizen:receipt_file",
         "citizen:letter_file"],
        FILE,
    ),
    **dict.fromkeys(
        ["office:passkey_end", "office:token_end", "office:session_end", "office:stand_in_end",
         "office:post_end", "office:account_lock", "office:account_password", "office:account_factor",
         "records:sender_end", "records:scans", "records:return", "records:file_letter", "records:title",
         "records:add_party", "records:end_party", "records:exclude", "records:end_exclusion",
         "records:extend", "records:make_complex", "records:write_note", "records:let_in",
         "records:withdraw_access", "records:hand_over", "records:closure", "records:reopening",
         "records:submit_document", "records:withdraw_document", "records:sign_many", "intake:release",
         "intake:refuse", "citizen:attachment_removal", "citizen:closing", "citizen:reopening",
         "procedures:new_version", "procedures:layout", "procedures:publication", "citizen:test_signature",
         "citizen:sending", "citizen:delivery", "desk:mail_again"],
        ACTS,
    ),
}  # fmt: skip
