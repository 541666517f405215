"""Addresses of the plan and of what was done under it."""

from django.urls import path

from starostwo.ledger.web import commitment_pages, contract_pages, execution_pages, plan_pages

YEAR = "urzad/plan/<slug:code>/<int:year>/"
DRAFT = "urzad/umowy/robocze/<int:sketch_id>/"

plan_routes = [
    path("urzad/plan/", plan_pages.years, name="plan_years"),
    path(YEAR, plan_pages.plan, name="plan"),
    path(f"{YEAR}akty/", plan_pages.acts, name="plan_acts"),
    path(f"{YEAR}akty/nowy/", plan_pages.new_act, name="new_plan_act"),
    path(f"{YEAR}akty/plik/", plan_pages.plan_file, name="plan_file"),
    path(f"{YEAR}akty/<int:number>/", plan_pages.act, name="plan_act"),
    path(f"{YEAR}akty/robocze/<int:sketch_id>/", plan_pages.draft, name="plan_draft"),
    path(f"{YEAR}akty/robocze/<int:sketch_id>/usuniecie/", plan_pages.draft_end, name="plan_draft_end"),
    path(f"{YEAR}akty/robocze/<int:sketch_id>/zatwierdzenie/", plan_pages.approval, name="plan_approval"),
    path(f"{YEAR}umowy/", commitment_pages.commitments, name="commitments"),
    path(f"{YEAR}zgody/", commitment_pages.leaves, name="leaves"),
    path(f"{YEAR}wykonanie/", execution_pages.dashboard, name="dashboard"),
    path(f"{YEAR}czystosc/", execution_pages.purity_check, name="purity"),
    path(f"{YEAR}czystosc/<int:voucher_id>/zapis/", execution_pages.technical_entry, name="technical_entry"),
    path(f"{YEAR}jednostki/", execution_pages.units, name="units"),
    path("urzad/umowy/", contract_pages.contracts, name="contracts"),
    path("urzad/umowy/nowa/", contract_pages.new_contract, name="new_contract"),
    path("urzad/umowy/<int:contract_id>/", contract_pages.contract, name="contract"),
    path("urzad/umowy/<int:contract_id>/aneks/", contract_pages.annex, name="contract_annex"),
    path(DRAFT, contract_pages.draft, name="contract_draft"),
    path(f"{DRAFT}usuniecie/", contract_pages.draft_end, name="contract_draft_end"),
    path(f"{DRAFT}rejestracja/", contract_pages.registration, name="registration"),
]
