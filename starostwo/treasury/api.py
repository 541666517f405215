"""The door into `treasury` for other packages. Nothing else here may be imported from outside."""

from starostwo.treasury.queries.statements import credits_since

__all__ = ["credits_since"]
