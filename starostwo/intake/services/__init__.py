"""Verbs of the electronic submission box."""
