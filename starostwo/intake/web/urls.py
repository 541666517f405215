"""Addresses of the submission box."""

from django.urls import path

from starostwo.intake.web import finance, gateway, own_claims, payments, quarantine, rest

app_name = "intake"
urlpatterns = [
    path("eboi/oplaty/", payments.mine, name="my_dues"),
    path("eboi/oplaty/<uuid:due_id>/", payments.due, name="due"),
    path("eboi/oplaty/<uuid:due_id>/operator/", payments.pay, name="pay"),
    path("eboi/oplaty/<uuid:due_id>/sprawdzenie/", payments.check, name="check_payment"),
    path("eboi/oplaty/<uuid:due_id>/przerwanie/", payments.give_up, name="give_up"),
    path("eboi/oplaty/<uuid:due_id>/przelew/", payments.transfer, name="transfer"),
    path("eboi/oplaty/<uuid:due_id>/przelew.svg", payments.transfer_code, name="transfer_code"),
    path("eboi/oplaty/<uuid:due_id>/przelew.pdf", payments.transfer_print, name="transfer_print"),
    path("eboi/oplaty/<uuid:due_id>/zgloszenie/", payments.declaration, name="declaration"),
    path("eboi/naleznosci/<int:claim_id>/zaplata/", own_claims.ask, name="pay_claim"),
    path("urzad/oplaty/ksiegi/", own_claims.entering, name="entering"),
    path("urzad/oplaty/", finance.dues, name="dues"),
    path("urzad/oplaty/wyciagi/", finance.pulling, name="pulling"),
    path("urzad/oplaty/rachunki/", finance.accounts, name="accounts"),
    path("urzad/oplaty/<uuid:due_id>/", finance.due, name="due_of_staff"),
    path("urzad/oplaty/<uuid:due_id>/wplata/", finance.payment, name="payment"),
    path("urzad/oplaty/<uuid:due_id>/zwolnienie/", finance.waiver, name="waiver"),
    path("urzad/oplaty/<uuid:due_id>/zwrot/", finance.giving_back, name="giving_back"),
    path("urzad/oplaty/<uuid:due_id>/wyjasnienie/", finance.doubt_end, name="doubt_end"),
    path("urzad/sprawy/<path:mark>/nowa-oplata/", finance.charge, name="charge"),
    path("platnosci/powrot/", gateway.coming_back, name="gateway_return"),
    path("platnosci/powiadomienia/", gateway.notice, name="gateway_notice"),
    path("urzad/kwarantanna/", quarantine.waiting, name="quarantine"),
    path("urzad/zlozenia/<uuid:submission_id>/", quarantine.details, name="details"),
    path("urzad/zlozenia/<uuid:submission_id>/zwolnienie/", quarantine.release_view, name="release"),
    path("urzad/zlozenia/<uuid:submission_id>/odrzucenie/", quarantine.refuse_view, name="refuse"),
    path("urzad/zlozenia/<uuid:submission_id>/upo.<slug:kind>", quarantine.upo, name="upo"),
    path("api/openapi.json", rest.description, name="openapi"),
    path("api/esp/submissions", rest.submissions, name="submissions"),
    path("api/esp/submissions/<str:submission_id>", rest.submission, name="submission"),
    path("api/esp/submissions/<str:submission_id>/upo", rest.submission_upo, name="submission_upo"),
]
