"""Money on its way: e-invoices, payments, bank statements, the cash desk, fees and taxes due."""
