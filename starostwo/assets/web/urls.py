"""Addresses of assets."""

from django.urls import path

from starostwo.assets.web import acts, documents, register

app_name = "assets"
urlpatterns = [
    path("urzad/majatek/", register.listed, name="assets"),
    path("urzad/majatek/przyjecie/", acts.taking, name="taking"),
    path("urzad/majatek/bilans-otwarcia/", acts.opening, name="opening"),
    path("urzad/majatek/przeniesienie/", acts.move, name="move"),
    path("urzad/majatek/przekazanie/", acts.hand_over, name="hand_over"),
    path("urzad/majatek/likwidacja/", acts.liquidation, name="liquidation"),
    path("urzad/majatek/umorzenie/", documents.writing_off, name="writing_off"),
    path("urzad/majatek/stawki/", documents.rates, name="rates"),
    path("urzad/majatek/stawki/<int:class_id>/sprawdzenie/", documents.rate_checked, name="rate_checked"),
    path("urzad/majatek/dokumenty/", documents.listed, name="documents"),
    path("urzad/majatek/dokumenty/<int:document_id>/", documents.document, name="document"),
    path("urzad/majatek/dokumenty/<int:document_id>/dokument.pdf", documents.paper, name="document_paper"),
    path("urzad/majatek/<int:asset_id>/", register.asset, name="asset"),
    path("urzad/majatek/<int:asset_id>/opis/", register.description, name="description"),
    path("urzad/majatek/<int:asset_id>/wartosc/", acts.value, name="value"),
    path("urzad/majatek/<int:asset_id>/czesc/", acts.part, name="part"),
]
