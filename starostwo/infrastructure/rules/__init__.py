"""Plain Python: what fits together, how a signal goes, who feeds whom, which address is free."""
