"""Addresses of the register of debt."""

from django.urls import path

from starostwo.ledger.web import debt_limit, debts

debt_routes = [
    path("urzad/dlug/", debts.listed, name="debts"),
    path("urzad/dlug/nowy/", debts.new, name="new_debt"),
    path("urzad/dlug/relacja/", debt_limit.limit, name="debt_limit"),
    path("urzad/dlug/relacja/<int:year>/", debt_limit.figures, name="debt_year"),
    path("urzad/dlug/<int:debt_id>/", debts.debt, name="debt"),
    path("urzad/dlug/<int:debt_id>/zaciagniecie/", debts.drawing, name="debt_drawing"),
    path("urzad/dlug/<int:debt_id>/harmonogram/", debts.rescheduling, name="debt_schedule"),
    path("urzad/dlug/<int:debt_id>/raty/<int:instalment_id>/", debts.repayment, name="debt_repayment"),
]
