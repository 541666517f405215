"""Screens and addresses of records."""
