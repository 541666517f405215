"""A password rule that Django lacks: nothing of the person's own names inside."""

from django.core.exceptions import ValidationError

from starostwo.office.models import Account
from starostwo.platform.polish import fold

SHORTEST_NAME = 4


class WithoutOwnNames:
    """Refuses a password that contains the login or a name, also without diacritics."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raise ValidationError where one of the names is inside."""
        if user is None:
            return
        folded = fold(password)
        names = [fold(name) for name in (user.login, user.given_name, user.family_name)]
        if any(len(name) >= SHORTEST_NAME and name in folded for name in names):
            raise ValidationError(self.get_help_text(), code="own_name")

    def get_help_text(self) -> str:
        """What the rule asks for."""
        return "Hasło nie może zawierać imienia, nazwiska ani loginu."
