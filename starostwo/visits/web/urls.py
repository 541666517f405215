"""Addresses of visits."""

from django.urls import path

from starostwo.visits.web import booking, desk, hall, links, mine, phone, setup

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
    path("wizyty/tablica/<slug:code>/", hall.board, name="board"),
    path("wizyty/biletomat/<str:key>/", hall.machine, name="machine"),
    path("wizyty/biletomat/<str:key>/bilet/<int:ticket_id>/", hall.machine_ticket, name="machine_ticket"),
    path("wizyty/biletomat/<str:key>/bilet/<int:ticket_id>.pdf", hall.machine_print, name="machine_print"),
    path("urzad/wizyty/", desk.overview, name="overview"),
    path("urzad/wizyty/okienka/<int:counter_id>/", desk.counter, name="counter"),
    path("urzad/wizyty/okienka/<int:counter_id>/wezwanie/", desk.calling, name="calling"),
    path("urzad/wizyty/bilety/<int:ticket_id>.pdf", desk.ticket_print, name="ticket_print"),
    path("urzad/wizyty/miejsca/<slug:code>/dzien/", desk.day, name="day"),
    path("urzad/wizyty/miejsca/<slug:code>/bilet/", desk.ticket, name="ticket"),
    path("urzad/wizyty/miejsca/<slug:code>/nowa/", phone.phone, name="phone"),
    path("urzad/wizyty/miejsca/nowe/", setup.new_place, name="new_place"),
    path("urzad/wizyty/miejsca/<slug:code>/ustawienia/", setup.settings, name="settings"),
    path("urzad/wizyty/miejsca/<slug:code>/dzien-wyjatkowy/", setup.special_day, name="special_day"),
    path("urzad/wizyty/miejsca/<slug:code>/okienka/nowe/", setup.new_counter, name="new_counter"),
    path("urzad/wizyty/miejsca/<slug:code>/okienka/<int:number>/", setup.counter_setup, name="counter_setup"),
    path("urzad/wizyty/miejsca/<slug:code>/sprawy/nowa/", setup.new_matter, name="new_matter"),
    path("urzad/wizyty/sprawy/<slug:code>/", setup.matter, name="matter"),
    path("urzad/wizyty/miejsca/<slug:code>/biletomat/", setup.machine_key, name="machine_key"),
    *(
        path(f"urzad/wizyty/<int:visit_id>/{what}/", desk.marking, {"what": what}, name=name)
        for what, name in (("przybycie", "arrival"), ("nieobecnosc", "absence"), ("odwolanie", "call_off"))
    ),
    path("eboi/wizyty/", mine.mine, name="mine"),
    path("eboi/wizyty/<int:visit_id>/odwolanie/", mine.own_cancellation, name="own_cancellation"),
]
