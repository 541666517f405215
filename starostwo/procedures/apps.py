"""The Django application `procedures`."""

from django.apps import AppConfig

from starostwo.screens.api import MenuEntry, add_menu


class ProceduresConfig(AppConfig):
    name = "starostwo.procedures"
    label = "procedures"
    verbose_name = "Karty usług"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        add_menu(
            area="staff", entry=MenuEntry("Formularze", "procedures:forms", right="EDIT_FORMS", order=70)
        )
        add_menu(area="staff", entry=MenuEntry("Cennik", "procedures:fees", right="EDIT_FORMS", order=71))
