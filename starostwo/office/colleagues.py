"""Finding colleagues for other packages: by the letters of a name, their addresses, who heads a unit."""

from starostwo.office.queries.structure import at_phone, emails, find_people, head_of

__all__ = ["at_phone", "emails", "find_people", "head_of"]
