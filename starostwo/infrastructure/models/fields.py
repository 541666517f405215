"""Columns that PostgreSQL has and Django has not."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

Network = IPv4Network | IPv6Network


class CidrField(models.Field):  # type: ignore[type-arg]  # generic in the stubs alone
    """A network, as in 10.20.0.0/24; kept as `cidr`, read as a network of `ipaddress`."""

    description = "sieć IP"

    def db_type(self, connection: Any) -> str:
        """The type of the column."""
        return "cidr"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Network | None:
        """What the database gave."""
        return None if value is None else ip_network(str(value))

    def to_python(self, value: Any) -> Network | None:
        """What somebody typed."""
        if value in (None, ""):
            return None
        try:
            return ip_network(str(value))
        except ValueError as error:
            raise ValidationError("Podaj sieć z długością prefiksu, na przykład 10.20.0.0/24.") from error

    def get_prep_value(self, value: Any) -> str | None:
        """What the database is given."""
        return None if value is None else str(value)
