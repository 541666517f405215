"""Public finance: the books of the office as unit and of the county's budget, and what is told from them."""
