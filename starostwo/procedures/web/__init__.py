"""Addresses of the catalogue that programs read."""
