"""Addresses of the residents' office."""

from django.urls import path

from starostwo.citizen.web import account, asking, cards, cases, drafts, notices, opinions, signing

app_name = "citizen"
urlpatterns = [
    path("uslugi/", cards.services, name="services"),
    path("uslugi/<slug:code>/", cards.card, name="card"),
    path("uslugi/informacja-publiczna/bez-logowania/", asking.ask, name="ask"),
    path("uslugi/informacja-publiczna/bez-logowania/upo/", asking.asked_receipt, name="asked_receipt"),
    path("eboi/", cases.home, name="home"),
    path("eboi/konto/", account.account, name="account"),
    path("eboi/konto/moje-dane.zip", account.own_data, name="own_data"),
    path("eboi/konto/usuniecie/", account.leave, name="leave"),
    path("eboi/konto/powiadomienia/", notices.notices, name="notices"),
    path("eboi/konto/powiadomienia/numer/", notices.number, name="number"),
    path("eboi/konto/powiadomienia/numer/kod/", notices.number_code, name="number_code"),
    path("eboi/konto/powiadomienia/numer/usuniecie/", notices.number_removal, name="number_removal"),
    path("eboi/uslugi/<slug:code>/nowy/", drafts.new, name="new"),
    path("eboi/wnioski/<uuid:draft_id>/", drafts.draft, name="draft"),
    path("eboi/wnioski/<uuid:draft_id>/pytania/<slug:name>/", drafts.step, name="step"),
    path("eboi/wnioski/<uuid:draft_id>/pytania/<slug:name>/zapis/", drafts.autosave, name="autosave"),
    path("eboi/wnioski/<uuid:draft_id>/zalaczniki/", drafts.attachments, name="attachments"),
    path(
        "eboi/wnioski/<uuid:draft_id>/zalaczniki/<int:file_id>/usuniecie/",
        drafts.attachment_removal,
        name="attachment_removal",
    ),
    path("eboi/wnioski/<uuid:draft_id>/sprawdzenie/", drafts.check, name="check"),
    path("eboi/wnioski/<uuid:draft_id>/usuniecie/", drafts.discard, name="discard"),
    path("eboi/wnioski/<uuid:draft_id>/zamkniecie/", signing.closing, name="closing"),
    path("eboi/wnioski/<uuid:draft_id>/zmiana/", signing.reopening, name="reopening"),
    path("eboi/wnioski/<uuid:draft_id>/podpis/", signing.signing, name="signing"),
    path("eboi/wnioski/<uuid:draft_id>/podpis-testowy/", signing.test_signature, name="test_signature"),
    path("eboi/wnioski/<uuid:draft_id>/dokument.xml", signing.document_xml, name="document_xml"),
    path("eboi/wnioski/<uuid:draft_id>/dokument.pdf", signing.document_pdf, name="document_pdf"),
    path("eboi/wnioski/<uuid:draft_id>/wyslanie/", signing.sending, name="sending"),
    path("eboi/zlozone/<uuid:submission_id>/", signing.receipt, name="receipt"),
    path("eboi/zlozone/<uuid:submission_id>/upo.<slug:kind>", signing.receipt_file, name="receipt_file"),
    path("eboi/zlozone/<uuid:submission_id>/ocena/", opinions.opinion, name="opinion"),
    path("urzad/statystyka-uslug/", opinions.used, name="used"),
    path("urzad/statystyka-uslug/<slug:code>/oceny/", opinions.opinions, name="opinions"),
    path("eboi/sprawy/<path:reference>/", cases.case, name="case"),
    path("eboi/pisma/<int:dispatch_id>/odbior/", cases.delivery, name="delivery"),
    path("eboi/pisma/<int:dispatch_id>/", cases.letter, name="letter"),
    path("eboi/pisma/<int:dispatch_id>/pliki/<slug:part>/", cases.letter_file, name="letter_file"),
]
