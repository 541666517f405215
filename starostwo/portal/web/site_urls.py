"""Addresses of a unit's site, beneath its root: its own domain, or its place in the portal."""

from django.urls import path

from starostwo.portal.web import site_reading as reading

urlpatterns = [
    path("", reading.page, name="site_front"),
    path("aktualnosci/", reading.page, name="site_news"),
    path("aktualnosci/kanal.atom", reading.page, name="site_feed"),
    path("aktualnosci/<slug:slug>/", reading.page, name="site_news_item"),
    path("aktualnosci/rok/<int:year>/", reading.page, name="site_news_year"),
    path("strony/<slug:slug>/", reading.page, name="site_page"),
    path("kontakt/", reading.page, name="site_contact"),
    path("deklaracja-dostepnosci/", reading.page, name="site_declaration"),
    path("obrazy/<int:image_id>/", reading.image, name="site_image"),
]
