"""Addresses of claims, of contracts, letters and decisions about them, of deposits and the social fund."""

from django.urls import path

from starostwo.treasury.web import (
    claims,
    deposits,
    enforcement,
    income_contracts,
    interest,
    reliefs,
    reminders,
    remittances,
    social_fund,
)

urlpatterns = [
    path("urzad/naleznosci/", claims.listed, name="claims"),
    path("urzad/naleznosci/nowa/", claims.new, name="new_claim"),
    path("urzad/naleznosci/odsetki/", interest.calculator, name="interest"),
    path("urzad/naleznosci/umowy/", income_contracts.listed, name="income_contracts"),
    path("urzad/naleznosci/umowy/nowa/", income_contracts.new, name="new_income_contract"),
    path("urzad/naleznosci/umowy/<int:contract_id>/", income_contracts.contract, name="income_contract"),
    path("urzad/naleznosci/umowy/<int:contract_id>/stawka/", income_contracts.rate, name="income_rate"),
    path(
        "urzad/naleznosci/umowy/<int:contract_id>/koniec/",
        income_contracts.ending,
        name="income_contract_end",
    ),
    path("urzad/naleznosci/naliczanie/", income_contracts.batch, name="assessments"),
    path("urzad/naleznosci/upomnienia/", reminders.listed, name="reminders"),
    path("urzad/naleznosci/upomnienia/nowe/", reminders.batch, name="new_reminders"),
    path("urzad/naleznosci/tytuly/", enforcement.listed, name="titles"),
    path("urzad/naleznosci/tytuly/nowe/", enforcement.waiting, name="new_titles"),
    path("urzad/naleznosci/tytuly/nowe/<int:reminder_id>/", enforcement.new, name="new_title"),
    path("urzad/naleznosci/tytuly/wplaty/", enforcement.updating, name="titles_update"),
    path("urzad/naleznosci/tytuly/<int:title_id>/", enforcement.title, name="title"),
    path("urzad/naleznosci/tytuly/<int:title_id>/podpis/", enforcement.signing, name="title_signing"),
    path("urzad/naleznosci/tytuly/<int:title_id>/stan/", enforcement.moving, name="title_move"),
    path("urzad/naleznosci/tytuly/<int:title_id>/tytul.xml", enforcement.file, name="title_file"),
    path("urzad/naleznosci/skarb-panstwa/", remittances.listed, name="remittances"),
    path(
        "urzad/naleznosci/skarb-panstwa/<int:line_id>/ponownie/", remittances.again, name="remittance_again"
    ),
    path("urzad/depozyty/", deposits.listed, name="deposits"),
    path("urzad/depozyty/nowy/", deposits.new, name="new_deposit"),
    path("urzad/depozyty/<int:deposit_id>/", deposits.deposit, name="deposit"),
    path("urzad/depozyty/<int:deposit_id>/wygasniecie/", deposits.ending, name="deposit_end"),
    path("urzad/depozyty/<int:deposit_id>/zwrot/", deposits.giving_back, name="deposit_return"),
    path("urzad/depozyty/<int:deposit_id>/zatrzymanie/", deposits.keeping, name="deposit_keeping"),
    path("urzad/fundusz-socjalny/", social_fund.listed, name="social_fund"),
    path("urzad/fundusz-socjalny/nowy/", social_fund.new, name="new_fund_entry"),
    path("urzad/naleznosci/decyzje/<int:relief_id>/wygasniecie/", reliefs.lapse, name="relief_lapse"),
    path("urzad/naleznosci/decyzje/", reliefs.listed, name="reliefs"),
    path("urzad/naleznosci/<int:book_id>/<int:claim_id>/", claims.claim, name="claim"),
    path("urzad/naleznosci/<int:book_id>/<int:claim_id>/decyzja/", reliefs.new, name="new_relief"),
]
