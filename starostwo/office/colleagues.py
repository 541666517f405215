"""Finding colleagues for other packages: by the letters of a name, their addresses, who heads a unit."""

from starostwo.office.queries.structure import emails, find_people, head_of

__all__ = ["emails", "find_people", "head_of"]
