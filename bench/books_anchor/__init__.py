"""Other ledgers with the same vouchers, in an environment of their own; the product needs none of them."""
