"""Addresses of a unit's site, beneath its root: its own domain, or its place in the portal."""

from django.urls import path

from starostwo.portal.web import site_reading as reading

urlpatterns = [
    path("", reading.front, name="site_front"),
    path("aktualnosci/", reading.news, name="site_news"),
    path("aktualnosci/kanal.atom", reading.feed, name="site_feed"),
    path("aktualnosci/<slug:slug>/", reading.news_item, name="site_news_item"),
    path("strony/<slug:slug>/", reading.page, name="site_page"),
    path("kontakt/", reading.contact, name="site_contact"),
    path("deklaracja-dostepnosci/", reading.declaration, name="site_declaration"),
    path("obrazy/<int:image_id>/", reading.image, name="site_image"),
]
