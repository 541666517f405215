"""Addresses of the bank and of the cash desk."""

from django.urls import path

from starostwo.treasury.web import bank, cash, payments, statements

urlpatterns = [
    path("urzad/bank/przelewy/", payments.listed, name="payments"),
    path("urzad/bank/przelewy/zaznaczone/", payments.many, name="chosen_payments"),
    path("urzad/bank/przelewy/<int:order_id>/", payments.order, name="payment"),
    path("urzad/bank/przelewy/<int:order_id>/zatwierdzenie/", payments.approval, name="payment_approval"),
    path("urzad/bank/przelewy/<int:order_id>/wykaz/", payments.white_list_check, name="payment_check"),
    path("urzad/bank/przelewy/<int:order_id>/wycofanie/", payments.withdrawal, name="payment_withdrawal"),
    path("urzad/bank/paczki/", payments.files, name="payment_files"),
    path("urzad/bank/paczki/<int:file_id>/plik/", payments.file, name="payment_file"),
    path("urzad/bank/rachunki/", bank.accounts, name="bank_accounts"),
    path("urzad/bank/rachunki/<int:account_id>/zobowiazania/", payments.owed, name="owed"),
    path("urzad/bank/rachunki/<int:account_id>/wirtualne/", bank.virtual, name="virtual_accounts"),
    path("urzad/bank/wyciagi/", statements.listed, name="statements"),
    path("urzad/bank/wyciagi/<int:statement_id>/", statements.statement, name="statement"),
    path("urzad/bank/wyciagi/<int:statement_id>/zapis/", statements.posting, name="statement_posting"),
    path("urzad/bank/wyciagi/<int:statement_id>/proba/", statements.matching, name="statement_matching"),
    path("urzad/bank/operacje/<int:operation_id>/", statements.operation, name="operation"),
    path("urzad/kasa/", cash.desks, name="cash_desks"),
    path("urzad/kasa/<int:desk_id>/", cash.desk, name="cash_desk"),
    path("urzad/kasa/<int:desk_id>/druki/", cash.strict_forms, name="strict_forms"),
    path("urzad/kasa/druki/<int:form_id>/wydanie/", cash.strict_form_giving, name="strict_form_giving"),
    path("urzad/kasa/raporty/<int:report_id>/", cash.report, name="cash_report"),
    path("urzad/kasa/raporty/<int:report_id>/zamkniecie/", cash.closing, name="cash_closing"),
    path("urzad/kasa/raporty/<int:report_id>/raport.pdf", cash.report_print, name="cash_report_print"),
]
