"""The Django application `intake`."""

from django.apps import AppConfig

from starostwo.screens import api as screens


class IntakeConfig(AppConfig):
    name = "starostwo.intake"
    label = "intake"
    verbose_name = "Skrzynka podawcza"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the quarantine into the menu of the mail desk, payments into that of residents."""
        screens.add_menu(
            area="staff",
            entry=screens.MenuEntry(
                "Kwarantanna", "intake:quarantine", right="REGISTER", order=25, key="g w"
            ),
        )
        screens.add_menu(
            area="staff", entry=screens.MenuEntry("Opłaty", "intake:dues", right="SETTLE", order=56)
        )
        screens.add_panel(place="case", template="intake/case_panel.html")
        screens.add_menu(area="resident", entry=screens.MenuEntry("Opłaty", "intake:my_dues", order=40))
