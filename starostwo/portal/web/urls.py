"""Addresses of the county web site. Services stay with the residents' office, at /uslugi/."""

from django.urls import path

from starostwo.portal.web import editing, events, front, library, reading, things

app_name = "portal"
urlpatterns = [
    path("", front.front, name="front"),
    path("aktualnosci/", reading.news, name="news"),
    path("aktualnosci/kanal/<str:name>", reading.feed, name="feed"),
    path("aktualnosci/<slug:slug>/", reading.news_item, name="news_item"),
    path("powiat/", reading.pages, name="pages"),
    path("powiat/<slug:slug>/", reading.page, name="page"),
    path("wydarzenia/", events.events, name="events"),
    path("wydarzenia/kalendarz.ics", events.events_file, name="events_file"),
    path("wydarzenia/<slug:slug>/", events.event, name="event"),
    path("wydarzenia/<slug:slug>/termin.ics", events.event_file, name="event_file"),
    path("kontakt/", front.contacts, name="contacts"),
    path("obrazy/<int:image_id>/", reading.image, name="image"),
    path("urzad/portal/", front.desk, name="desk"),
    path("urzad/portal/obrazy/", library.library, name="library"),
    path("urzad/portal/obrazy/<int:image_id>/", library.picture, name="picture"),
    path("urzad/portal/wpisy/<slug:section>/", things.things, name="things"),
    path("urzad/portal/wpisy/<slug:section>/nowy/", things.new_thing, name="new_thing"),
    path("urzad/portal/wpisy/<slug:section>/<int:thing_id>/", things.thing, name="thing"),
    path("urzad/portal/teksty/<int:article_id>/", editing.text, name="text"),
    path("urzad/portal/teksty/<int:article_id>/zmiana/", editing.edit_text, name="edit_text"),
    path("urzad/portal/teksty/<int:article_id>/publikacja/", editing.publication, name="publication"),
    path("urzad/portal/teksty/<int:article_id>/wycofanie/", editing.withdrawal, name="withdrawal"),
    path("urzad/portal/teksty/<int:article_id>/wersje/<int:number>/", editing.version, name="version"),
    path("urzad/portal/teksty/<slug:section>/", editing.texts, name="texts"),
    path("urzad/portal/teksty/<slug:section>/nowy/", editing.new_text, name="new_text"),
]
