"""Verbs of the infrastructure."""
