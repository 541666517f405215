"""The verbs of records: each one transaction, one check, one change, one line of history."""
