"""Verbs of the office, split by noun: each checks the right, changes, and writes one line of history."""
