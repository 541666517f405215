"""Addresses of the office's letters; `urls.py` takes them in."""

from django.urls import path, re_path

from starostwo.records.web import acceptance, dispatch, document, message

document_routes = [
    path("urzad/sprawy/<str:mark>/dokumenty/nowy/", document.new_document, name="new_document"),
    path("urzad/sprawy/<str:mark>/wiadomosci/", message.conversation, name="messages"),
    path("urzad/dokumenty/<int:document_id>/", document.document, name="document"),
    path("urzad/dokumenty/<int:document_id>/tresc/", document.edit, name="edit_document"),
    path("urzad/dokumenty/<int:document_id>/plik/", document.document_file, name="document_file"),
    path("urzad/dokumenty/<int:document_id>/porownanie/", document.comparison, name="compare_versions"),
    path("urzad/dokumenty/<int:document_id>/przekazanie/", document.submission, name="submit_document"),
    path("urzad/dokumenty/<int:document_id>/wycofanie/", document.withdrawal, name="withdraw_document"),
    path("urzad/dokumenty/<int:document_id>/wysylka/", dispatch.dispatch, name="dispatch"),
    path("urzad/akceptacja/", acceptance.acceptance_list, name="acceptance_list"),
    path("urzad/akceptacja/podpisy/", acceptance.signatures, name="sign_many"),
    path("urzad/akceptacja/<int:document_id>/", acceptance.acceptance, name="acceptance"),
    path("urzad/wysylka/", dispatch.dispatch_list, name="dispatch_list"),
    path("urzad/wysylka/<int:dispatch_id>/potwierdzenie/", dispatch.receipt, name="dispatch_receipt"),
    path("urzad/wysylka/<int:dispatch_id>/wydruk/", dispatch.printout, name="dispatch_printout"),
    path("urzad/wysylka/<int:dispatch_id>/poswiadczenie/", dispatch.proof, name="dispatch_proof"),
    path("urzad/rejestry/wychodzace/", dispatch.outgoing_register, name="outgoing_register"),
    re_path(
        r"^urzad/rejestry/wychodzace/wydruk\.(?P<kind>pdf|xlsx)$",
        dispatch.outgoing_print,
        name="outgoing_print",
    ),
]
