"""Addresses of the books."""

from django.urls import path

from starostwo.ledger.web import books, chart, drafts, export, lookups, parties, reading, rest
from starostwo.ledger.web.debt_urls import debt_routes
from starostwo.ledger.web.plan_urls import plan_routes
from starostwo.ledger.web.reports_urls import report_routes

app_name = "ledger"
urlpatterns = [
    *plan_routes,
    *debt_routes,
    *report_routes,
    path("api/ledger/years", rest.years, name="api_years"),
    path("api/ledger/years/<int:year_id>/vouchers", rest.vouchers, name="api_vouchers"),
    path("api/ledger/years/<int:year_id>/trial-balance", rest.trial_balance, name="api_trial_balance"),
    path("urzad/ksiegi/", books.overview, name="books"),
    path("urzad/ksiegi/nowa/", books.new_book, name="new_book"),
    path("urzad/ksiegi/nowy-rok/", books.new_year, name="new_year"),
    path("urzad/ksiegi/slowniki/", chart.dictionaries, name="dictionaries"),
    path("urzad/ksiegi/slowniki/nowy/", chart.new_symbol, name="new_symbol"),
    path("urzad/ksiegi/kontrahenci/", parties.parties, name="parties"),
    path("urzad/ksiegi/kontrahenci/nowy/", parties.new_party, name="new_party"),
    path("urzad/ksiegi/kontrahenci/<int:party_id>/", parties.party, name="party"),
    path("urzad/ksiegi/podpowiedzi/kontrahenci/", lookups.parties, name="offered_parties"),
    path("urzad/ksiegi/<int:year_id>/", books.year, name="year"),
    path("urzad/ksiegi/<int:year_id>/okresy/<int:month>/", books.month, name="month"),
    path("urzad/ksiegi/<int:year_id>/zamkniecie/", books.closing, name="closing"),
    path("urzad/ksiegi/<int:year_id>/wynik/", books.result, name="result"),
    path("urzad/ksiegi/<int:year_id>/przeniesienie/", books.carrying, name="carrying"),
    path("urzad/ksiegi/<int:year_id>/zatwierdzenie/", books.approval, name="approval"),
    path("urzad/ksiegi/<int:year_id>/sprawdzenie/", books.proof, name="proof"),
    path("urzad/ksiegi/<int:year_id>/zapisy.beancount", export.plain, name="plain"),
    path("urzad/ksiegi/<int:year_id>/plan-kont/", chart.chart, name="chart"),
    path("urzad/ksiegi/<int:year_id>/plan-kont/nowe/", chart.new_account, name="new_account"),
    path("urzad/ksiegi/<int:year_id>/dowody/", reading.vouchers, name="vouchers"),
    path("urzad/ksiegi/<int:year_id>/obroty-i-salda/", reading.trial_balance, name="trial_balance"),
    path("urzad/ksiegi/<int:year_id>/dowody-robocze/", drafts.drafts, name="drafts"),
    path("urzad/ksiegi/<int:year_id>/dowody-robocze/<str:code>/nowy/", drafts.begin, name="begin"),
    path("urzad/ksiegi/<int:year_id>/podpowiedzi/konta/", lookups.accounts, name="offered_accounts"),
    path("urzad/ksiegi/<int:year_id>/podpowiedzi/pozycje/", lookups.positions, name="offered_positions"),
    path("urzad/ksiegi/konta/<int:account_id>/", reading.card, name="card"),
    path("urzad/ksiegi/konta/<int:account_id>/zasady/", chart.account, name="account"),
    path("urzad/ksiegi/dowody/<int:voucher_id>/", reading.voucher, name="voucher"),
    path("urzad/ksiegi/dowody/<int:voucher_id>/storno/", reading.storno, name="storno"),
    path("urzad/ksiegi/dowody-robocze/<int:sketch_id>/", drafts.draft, name="draft"),
    path("urzad/ksiegi/dowody-robocze/<int:sketch_id>/podglad/", drafts.preview, name="preview"),
    path("urzad/ksiegi/dowody-robocze/<int:sketch_id>/usuniecie/", drafts.discard, name="discard"),
]
