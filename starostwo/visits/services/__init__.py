"""Verbs of visits: each is one transaction, one check, one change, one line of history."""
