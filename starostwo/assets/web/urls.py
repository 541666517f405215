"""Addresses of assets."""

from django.urls import path

from starostwo.assets.web import acts, counter, counting, documents, importing, papers, register, stocktaking

app_name = "assets"
urlpatterns = [
    path("urzad/majatek/", register.listed, name="assets"),
    path("urzad/majatek/przyjecie/", acts.taking, name="taking"),
    path("urzad/majatek/bilans-otwarcia/", acts.opening, name="opening"),
    path("urzad/majatek/import/", importing.importing, name="importing"),
    path("urzad/majatek/przeniesienie/", acts.move, name="move"),
    path("urzad/majatek/przekazanie/", acts.hand_over, name="hand_over"),
    path("urzad/majatek/likwidacja/", acts.liquidation, name="liquidation"),
    path("urzad/majatek/zestawienia/", papers.lists, name="lists"),
    path("urzad/majatek/zestawienia/<str:what>.<str:form>", papers.listing, name="listing"),
    path("urzad/majatek/etykiety.pdf", papers.labels, name="labels"),
    path("urzad/majatek/umorzenie/", documents.writing_off, name="writing_off"),
    path("urzad/majatek/stawki/", documents.rates, name="rates"),
    path("urzad/majatek/stawki/wczytanie/", documents.rates_loading, name="rates_loading"),
    path("urzad/majatek/stawki/<int:class_id>/sprawdzenie/", documents.rate_checked, name="rate_checked"),
    path("urzad/majatek/dokumenty/", documents.listed, name="documents"),
    path("urzad/majatek/dokumenty/<int:document_id>/", documents.document, name="document"),
    path("urzad/majatek/dokumenty/<int:document_id>/dokument.pdf", documents.paper, name="document_paper"),
    path("urzad/majatek/<int:asset_id>/", register.asset, name="asset"),
    path("urzad/majatek/<int:asset_id>/opis/", register.description, name="description"),
    path("urzad/majatek/<int:asset_id>/wartosc/", acts.value, name="value"),
    path("urzad/majatek/<int:asset_id>/czesc/", acts.part, name="part"),
    path("urzad/spisy/", stocktaking.listed, name="stock_takes"),
    path("urzad/spisy/<int:stock_take_id>/", stocktaking.stock_take, name="stock_take"),
    path("urzad/spisy/<int:stock_take_id>/poczatek/", stocktaking.beginning, name="stock_take_beginning"),
    path("urzad/spisy/<int:stock_take_id>/rozliczenie/", stocktaking.settling, name="stock_take_settling"),
    path("urzad/spisy/<int:stock_take_id>/zakonczenie/", stocktaking.closing, name="stock_take_closing"),
    path("urzad/spisy/<int:stock_take_id>/protokol.pdf", stocktaking.protocol, name="stock_take_protocol"),
    path("urzad/spisy/roznice/<int:difference_id>/", stocktaking.difference, name="difference"),
    path("urzad/spisy/arkusze/<int:sheet_id>/", counting.sheet, name="sheet"),
    path("urzad/spisy/arkusze/<int:sheet_id>/zamkniecie/", counting.closing, name="sheet_closing"),
    path("urzad/spisy/arkusze/<int:sheet_id>/arkusz.pdf", counting.paper, name="sheet_paper"),
    path("urzad/spisy/arkusze/<int:sheet_id>/licznik/", counter.page, name="counter"),
    path("urzad/spisy/arkusze/<int:sheet_id>/stan.json", counter.standing, name="counter_standing"),
    path("urzad/spisy/arkusze/<int:sheet_id>/odczyty/", counter.readings, name="counter_readings"),
    path("urzad/spisy/arkusze/licznik.js", counter.worker, name="counter_worker"),
    path("urzad/spisy/pozycje/<int:line_id>/skreslenie/", counting.striking, name="count_line_striking"),
]
