"""Addresses of visits."""

from django.urls import path

from starostwo.visits.web import booking, links, mine

app_name = "visits"
urlpatterns = [
    path("wizyty/", booking.matters, name="matters"),
    path("wizyty/miejsce/", booking.place, name="place"),
    path("wizyty/termin/", booking.time, name="time"),
    path("wizyty/dane/", booking.person, name="person"),
    path("wizyty/do-potwierdzenia/", booking.waiting, name="waiting"),
    path("wizyty/potwierdzenie/<str:token>/", links.confirmation, name="confirmation"),
    path("wizyty/wizyta/<str:token>/", links.visit, name="visit"),
    path("wizyty/wizyta/<str:token>/odwolanie/", links.cancellation, name="cancellation"),
    path("wizyty/odwolana/", links.cancelled, name="cancelled"),
    path("eboi/wizyty/", mine.mine, name="mine"),
    path("eboi/wizyty/<int:visit_id>/odwolanie/", mine.own_cancellation, name="own_cancellation"),
]
