"""The Django application `citizen`."""

from django.apps import AppConfig

from starostwo.screens.api import MenuEntry, add_menu, add_search


class CitizenConfig(AppConfig):
    name = "starostwo.citizen"
    label = "citizen"
    verbose_name = "Biuro mieszkańca"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        add_menu(area="public", entry=MenuEntry("Usługi", "citizen:services", order=10))
        add_menu(
            area="staff",
            entry=MenuEntry("Przy okienku", "citizen:counter", right="REGISTER", order=22, key="g e"),
        )
        add_menu(
            area="staff", entry=MenuEntry("Statystyka usług", "citizen:used", right="COORDINATE", order=85)
        )
        add_search(area="public", url_name="citizen:services")
        add_menu(area="resident", entry=MenuEntry("Moje sprawy", "citizen:home", order=20))
        add_menu(area="resident", entry=MenuEntry("Moje dane", "citizen:account", order=80))
