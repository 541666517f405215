"""Addresses of telephony."""

from django.urls import path

from starostwo.telephony.web import calls, groups, lines, nodes, phones, sums, trial, voicemail, window

app_name = "telephony"
urlpatterns = [
    path("urzad/telefony/", phones.listed, name="numbers"),
    path("urzad/telefony/moj/", phones.own, name="own"),
    path("urzad/telefony/telefon/", window.window, name="window"),
    path("urzad/telefony/telefon/przepustka/", window.passed, name="pass"),
    path("urzad/telefony/telefon/ksiazka/", window.book, name="book"),
    path("urzad/telefony/nowy/", phones.new, name="new_phone"),
    path("urzad/telefony/lacza/", lines.overview, name="lines"),
    path("urzad/telefony/lacza/nowe/", lines.new_trunk, name="new_trunk"),
    path("urzad/telefony/lacza/<int:trunk_id>/", lines.trunk, name="trunk"),
    path("urzad/telefony/lacza/<int:trunk_id>/stawka/", lines.tariff, name="tariff"),
    path("urzad/telefony/lacza/<int:trunk_id>/przelacznik/", lines.switching, name="switching"),
    path("urzad/telefony/numer-zewnetrzny/", lines.public_number, name="public_number"),
    path("urzad/telefony/dzien-wolny/", lines.day_off, name="day_off"),
    path("urzad/telefony/wezly/", nodes.listed, name="nodes"),
    path("urzad/telefony/wezly/nowy/", nodes.new, name="new_node"),
    path("urzad/telefony/wezly/<int:node_id>/", nodes.node, name="node"),
    path("urzad/telefony/wezly/<int:node_id>/usuniecie/", nodes.removal, name="node_removal"),
    path("urzad/telefony/wezly/<int:node_id>/godziny/", lines.hours, name="hours"),
    path("urzad/telefony/wezly/<int:node_id>/tryb/", lines.mode, name="mode"),
    path("urzad/telefony/poczta/", voicemail.listed, name="voicemail"),
    path("urzad/telefony/poczta/<int:message_id>/nagranie/", voicemail.sound, name="voice_sound"),
    path("urzad/telefony/poczta/<int:message_id>/odsluchanie/", voicemail.hearing, name="voice_hearing"),
    path("urzad/telefony/poczta/<int:message_id>/usuniecie/", voicemail.deletion, name="voice_deletion"),
    path("urzad/telefony/proba/", trial.trial, name="trial"),
    path("urzad/telefony/grupa/", groups.new, name="new_group"),
    path("urzad/telefony/grupa/<str:number>/", groups.group, name="group"),
    path("urzad/telefony/rozmowy/", calls.listed, name="calls"),
    path("urzad/telefony/rozmowy/<int:call_id>/", calls.call, name="call"),
    path("urzad/telefony/rozmowy/plik/<str:kind>/", calls.export, name="calls_file"),
    path("urzad/telefony/koszty/", sums.costs, name="costs"),
    path("urzad/telefony/statystyki/", sums.statistics, name="statistics"),
    path("urzad/telefony/na-zywo/", sums.live, name="live"),
    path("urzad/telefony/przechowywanie/", calls.keeping, name="keeping"),
    path("urzad/telefony/<str:number>/", phones.phone, name="phone"),
    path("urzad/telefony/<str:number>/haslo/", phones.password, name="password"),
]
