"""The Django application `records`."""

from django.apps import AppConfig

from starostwo.screens.api import MenuEntry, add_menu

MENU = (
    MenuEntry("Kancelaria", "records:queue", right="REGISTER", order=20, key="g k"),
    MenuEntry("Dekretacja", "records:to_assign", right="ASSIGN", order=30, key="g d"),
    MenuEntry("Terminy", "records:terms", right="ASSIGN", order=35, key="g t"),
    MenuEntry("Pisma", "records:my_letters", right="HANDLE", order=40, key="g p"),
    MenuEntry("Sprawy", "records:my_cases", right="HANDLE", order=50, key="g s"),
    MenuEntry("Akceptacja", "records:acceptance_list", right="ACCEPT", order=52, key="g a"),
    MenuEntry("Wysyłka", "records:dispatch_list", right="DISPATCH", order=55, key="g y"),
    MenuEntry("Wychodzące", "records:outgoing_register", order=58, key="g o"),
    MenuEntry("Spis spraw", "records:case_list", order=60, key="g l"),
    MenuEntry("Informacja publiczna", "records:information_register", right="COORDINATE", order=65),
    MenuEntry("Wykaz akt", "records:file_plan", order=70, key="g w"),
)


class RecordsConfig(AppConfig):
    name = "starostwo.records"
    label = "records"
    verbose_name = "Obieg dokumentów"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for entry in MENU:
            add_menu(area="staff", entry=entry)
