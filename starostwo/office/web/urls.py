"""Addresses of the office's screens."""

from django.urls import path

from starostwo.office.web import (
    account,
    addresses,
    national_node,
    passkeys,
    residents,
    sign_in,
    sign_in_log,
    staff,
    stand_ins,
    structure,
)

app_name = "office"
urlpatterns = [
    path("logowanie/", residents.resident_sign_in, name="resident_sign_in"),
    path("logowanie/dostawca/", residents.resident_away, name="resident_away"),
    path("logowanie/powrot/", residents.resident_back, name="resident_back"),
    path("logowanie/wezel/", national_node.node_away, name="node_away"),
    path("logowanie/wezel/powrot/", national_node.node_back, name="node_back"),
    path("wylogowano/wezel/", national_node.node_farewell, name="node_farewell"),
    path("wylogowano/", residents.signed_out, name="signed_out"),
    path("wylogowanie/", sign_in.sign_out, name="sign_out"),
    path("urzad/logowanie/", sign_in.sign_in, name="sign_in"),
    path("urzad/logowanie/kod/", sign_in.sign_in_code, name="sign_in_code"),
    path("urzad/logowanie/drugi-skladnik/", sign_in.sign_in_factor, name="sign_in_factor"),
    path("urzad/logowanie/nowe-haslo/", sign_in.sign_in_password, name="sign_in_password"),
    path("urzad/logowanie/dalej/", sign_in.sign_in_end, name="sign_in_end"),
    path("urzad/logowanie/klucz/", passkeys.sign_in_options, name="passkey_options"),
    path("urzad/logowanie/klucz/odpowiedz/", passkeys.sign_in_answer, name="passkey_answer"),
    path("urzad/konto/klucze/", passkeys.new_options, name="new_passkey_options"),
    path("urzad/konto/klucze/odpowiedz/", passkeys.new_answer, name="new_passkey_answer"),
    path("urzad/konto/klucze/<int:passkey_id>/usuniecie/", passkeys.passkey_end, name="passkey_end"),
    path("urzad/konto/", account.account, name="account"),
    path("urzad/konto/haslo/", account.own_password, name="own_password"),
    path("urzad/konto/kody-zapasowe/", account.recovery_codes, name="recovery_codes"),
    path("urzad/konto/nowy-token/", account.new_token, name="new_token"),
    path("urzad/konto/tokeny/<int:token_id>/odwolanie/", account.token_end, name="token_end"),
    path("urzad/konto/sesje/<int:sign_in_id>/zakonczenie/", account.session_end, name="session_end"),
    path("urzad/zastepstwa/", stand_ins.stand_ins, name="stand_ins"),
    path("urzad/zastepstwa/<int:stand_in_id>/zakonczenie/", stand_ins.stand_in_end, name="stand_in_end"),
    path("urzad/osoby/szukaj/", stand_ins.people_lookup, name="people_lookup"),
    path("urzad/administracja/struktura/", structure.units, name="structure"),
    path("urzad/administracja/nowa-komorka/", structure.new_unit, name="new_unit"),
    path("urzad/administracja/struktura/<str:symbol>/", structure.unit, name="unit"),
    path("urzad/administracja/struktura/<str:symbol>/zmiana/", structure.unit_change, name="unit_change"),
    path("urzad/administracja/struktura/<str:symbol>/zamkniecie/", structure.unit_end, name="unit_end"),
    path("urzad/administracja/struktura/<str:symbol>/nowe-stanowisko/", structure.new_post, name="new_post"),
    path(
        "urzad/administracja/struktura/<str:symbol>/stanowiska/<int:post_id>/zamkniecie/",
        structure.post_end,
        name="post_end",
    ),
    path("urzad/administracja/adresy/", addresses.addresses, name="addresses"),
    path("urzad/administracja/osoby/", staff.people, name="staff"),
    path("urzad/administracja/osoby/nowa/", staff.new_person, name="new_person"),
    path("urzad/administracja/osoby/<int:account_id>/", staff.person, name="person"),
    path("urzad/administracja/osoby/<int:account_id>/blokada/", staff.account_lock, name="account_lock"),
    path(
        "urzad/administracja/osoby/<int:account_id>/haslo/", staff.account_password, name="account_password"
    ),
    path(
        "urzad/administracja/osoby/<int:account_id>/haslo-z-katalogu/",
        staff.account_directory,
        name="account_directory",
    ),
    path(
        "urzad/administracja/osoby/<int:account_id>/drugi-skladnik/",
        staff.account_factor,
        name="account_factor",
    ),
    path(
        "urzad/administracja/osoby/<int:account_id>/stanowiska/<int:holding_id>/zwolnienie/",
        staff.holding_end,
        name="holding_end",
    ),
    path("urzad/administracja/logowania/", sign_in_log.sign_ins, name="sign_ins"),
    path("urzad/administracja/logowania/<int:account_id>/", sign_in_log.doings, name="doings"),
]
