"""Addresses of telephony."""

from django.urls import path

from starostwo.telephony.web import devices, groups, lines, phones, provisioning, trial

app_name = "telephony"
urlpatterns = [
    path("urzad/telefony/", phones.listed, name="numbers"),
    path("urzad/telefony/moj/", phones.own, name="own"),
    path("urzad/telefony/nowy/", phones.new, name="new_phone"),
    path("urzad/telefony/lacza/", lines.overview, name="lines"),
    path("urzad/telefony/lacza/nowe/", lines.new_trunk, name="new_trunk"),
    path("urzad/telefony/lacza/<int:trunk_id>/", lines.trunk, name="trunk"),
    path("urzad/telefony/lacza/<int:trunk_id>/stawka/", lines.tariff, name="tariff"),
    path("urzad/telefony/lacza/<int:trunk_id>/przelacznik/", lines.switching, name="switching"),
    path("urzad/telefony/numer-zewnetrzny/", lines.public_number, name="public_number"),
    path("urzad/telefony/dzien-wolny/", lines.day_off, name="day_off"),
    path("urzad/telefony/wezly/<int:node_id>/godziny/", lines.hours, name="hours"),
    path("urzad/telefony/wezly/<int:node_id>/tryb/", lines.mode, name="mode"),
    path("urzad/telefony/proba/", trial.trial, name="trial"),
    path("urzad/telefony/grupa/", groups.new, name="new_group"),
    path("urzad/telefony/grupa/<str:number>/", groups.group, name="group"),
    path("urzad/telefony/aparaty/", devices.listed, name="devices"),
    path("urzad/telefony/aparaty/nowy/", devices.new, name="new_device"),
    path("urzad/telefony/aparaty/import/", devices.importing, name="device_import"),
    path("urzad/telefony/aparaty/<int:device_id>/", devices.device, name="device"),
    path("urzad/telefony/aparaty/<int:device_id>/opis/", devices.change, name="device_change"),
    path("urzad/telefony/aparaty/<int:device_id>/klucz/", devices.key, name="device_key"),
    path("urzad/telefony/aparaty/<int:device_id>/okno/", devices.window, name="device_window"),
    path("urzad/telefony/aparaty/<int:device_id>/odebranie/", devices.revoking, name="device_revocation"),
    path("urzad/telefony/aparaty/<int:device_id>/wycofanie/", devices.retiring, name="device_retirement"),
    path("prov/<str:name>", provisioning.first_file, name="prov_first_file"),
    path("prov/<str:key>/<str:name>", provisioning.file, name="prov_file"),
    path("urzad/telefony/<str:number>/", phones.phone, name="phone"),
    path("urzad/telefony/<str:number>/haslo/", phones.password, name="password"),
]
