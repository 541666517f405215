"""Reading: the structure of the office, accounts, the log of log-ins."""
