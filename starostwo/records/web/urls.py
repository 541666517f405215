"""Addresses of records."""

from django.urls import path, re_path

from starostwo.records.web import assignments, case_acts, cases, letters, lookups, plan, registers, rest
from starostwo.records.web.document_urls import document_routes

app_name = "records"
urlpatterns = [
    path("urzad/kancelaria/", letters.queue, name="queue"),
    path("urzad/kancelaria/nowe/", letters.register, name="register"),
    path("urzad/dekretacja/", assignments.to_assign, name="to_assign"),
    path("urzad/pisma/", cases.my_letters, name="my_letters"),
    path("urzad/pisma/<int:letter_id>/", letters.letter, name="letter"),
    path("urzad/pisma/<int:letter_id>/metadane/", letters.metadata, name="metadata"),
    path("urzad/pisma/<int:letter_id>/skany/", letters.scans, name="scans"),
    path("urzad/pisma/<int:letter_id>/pliki/<int:file_id>/", letters.download, name="letter_file"),
    path("urzad/pisma/<int:letter_id>/nalepka/", registers.sticker, name="sticker"),
    path("urzad/pisma/<int:letter_id>/dekretacja/", assignments.assign_letter, name="assign"),
    path("urzad/pisma/<int:letter_id>/zwrot/", assignments.give_back, name="return"),
    path("urzad/pisma/<int:letter_id>/sprawa/", cases.new_case, name="new_case_of_letter"),
    path("urzad/pisma/<int:letter_id>/wlaczenie/", cases.file_letter, name="file_letter"),
    path("urzad/sprawy/", cases.my_cases, name="my_cases"),
    path("urzad/sprawy/wszystkie/", cases.all_cases, name="all_cases"),
    path("urzad/sprawy/nowa/", cases.new_case, name="new_case"),
    path("urzad/sprawy/<str:mark>/", cases.case, name="case"),
    path("urzad/sprawy/<str:mark>/metryka/", cases.sheet, name="sheet"),
    path("urzad/sprawy/<str:mark>/metryka.pdf", registers.sheet_print, name="sheet_print"),
    path("urzad/sprawy/<str:mark>/tytul/", case_acts.change_title, name="title"),
    path("urzad/sprawy/<str:mark>/strony/", case_acts.add_party, name="add_party"),
    path("urzad/sprawy/<str:mark>/strony/<int:entry_id>/koniec/", case_acts.end_party, name="end_party"),
    path("urzad/sprawy/<str:mark>/zegar/okres/", case_acts.exclude, name="exclude"),
    path(
        "urzad/sprawy/<str:mark>/zegar/okres/<int:entry_id>/koniec/",
        case_acts.end_exclusion,
        name="end_exclusion",
    ),
    path("urzad/sprawy/<str:mark>/zegar/nowy-termin/", case_acts.extend, name="extend"),
    path("urzad/sprawy/<str:mark>/zegar/skomplikowana/", case_acts.make_complex, name="make_complex"),
    path("urzad/sprawy/<str:mark>/notatki/", case_acts.write_note, name="write_note"),
    path("urzad/sprawy/<str:mark>/dostep/", case_acts.let_in, name="let_in"),
    path("urzad/sprawy/<str:mark>/prowadzacy/", case_acts.hand_over, name="hand_over"),
    path("urzad/sprawy/<str:mark>/zakonczenie/", case_acts.closure, name="closure"),
    path("urzad/sprawy/<str:mark>/wznowienie/", case_acts.reopening, name="reopening"),
    path("urzad/rejestry/przychodzace/", registers.incoming_register, name="incoming_register"),
    re_path(
        r"^urzad/rejestry/przychodzace/wydruk\.(?P<kind>pdf|xlsx)$",
        registers.incoming_print,
        name="incoming_print",
    ),
    path("urzad/rejestry/spis-spraw/", registers.case_list, name="case_list"),
    re_path(
        r"^urzad/rejestry/spis-spraw/wydruk\.(?P<kind>pdf|xlsx)$",
        registers.case_list_print,
        name="case_list_print",
    ),
    path("urzad/wykaz-akt/", plan.file_plan, name="file_plan"),
    path("urzad/wykaz-akt/wczytanie/", plan.plan_upload, name="plan_upload"),
    path("urzad/podpowiedzi/nadawcy/", letters.lookup_senders, name="lookup_senders"),
    path("urzad/podpowiedzi/strony/", lookups.lookup_parties, name="lookup_parties"),
    path("urzad/podpowiedzi/klasy/", lookups.lookup_classes, name="lookup_classes"),
    path("urzad/podpowiedzi/sprawy/", lookups.lookup_cases, name="lookup_cases"),
    path("api/records/letters", rest.letters_list, name="api_letters"),
    path("api/records/cases", rest.cases_list, name="api_cases"),
    path("api/records/cases/<str:mark>", rest.case_detail, name="api_case"),
    *document_routes,
]
