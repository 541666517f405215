"""Addresses of schemas."""

from django.urls import path

from starostwo.procedures.web import builder, fees, preview, views

app_name = "procedures"
urlpatterns = [
    path("schematy/formularz.json", views.definition_schema, name="definition_schema"),
    path("schematy/<slug:code>/<int:version>.xsd", views.form_schema, name="form_schema"),
    path("schematy/<slug:code>/<int:version>.json", views.filled_schema, name="filled_schema"),
    path("oplaty-uslug/", fees.cards, name="fees"),
    path("oplaty-uslug/<slug:code>/", fees.card_fees, name="card_fees"),
    path("oplaty-uslug/<slug:code>/nowa/", fees.new_fee, name="new_fee"),
    path("oplaty-uslug/<slug:code>/<int:position>/", fees.fee_change, name="fee_change"),
    path("oplaty-uslug/<slug:code>/<int:position>/koniec/", fees.fee_end, name="fee_end"),
    path("oplaty-uslug/<slug:code>/wiersze/<int:fee_id>/potwierdzenie/", fees.confirmation, name="fee_read"),
    path("oplaty-uslug/<slug:code>/wiersze/<int:fee_id>/cofniecie/", fees.taking_back, name="fee_back"),
    path("oplaty-uslug/<slug:code>/kiedy/", fees.payment_time, name="payment_time"),
    path("formularze/", builder.forms, name="forms"),
    path("formularze/nowy/", builder.new_form, name="new_form"),
    path("formularze/<slug:code>/nowa-wersja/", builder.new_version, name="new_version"),
    path("formularze/<slug:code>/<int:number>/", builder.version, name="version"),
    path("formularze/<slug:code>/<int:number>/naglowek/", builder.part, name="head"),
    path("formularze/<slug:code>/<int:number>/czesci/<slug:place>/", builder.part, name="part"),
    path("formularze/<slug:code>/<int:number>/uklad/", builder.layout, name="layout"),
    path("formularze/<slug:code>/<int:number>/publikacja/", builder.publication, name="publication"),
    path("formularze/<slug:code>/<int:number>/usuniecie/", builder.giving_up, name="giving_up"),
    path("formularze/<slug:code>/<int:number>/proba/", preview.begin, name="try"),
    path("formularze/<slug:code>/<int:number>/proba/<slug:name>/", preview.step, name="try_step"),
    path("formularze/<slug:code>/<int:number>/wynik-proby/", preview.outcome, name="try_outcome"),
    path("formularze/<slug:code>/<int:number>/telefon/", preview.phone, name="phone"),
]
