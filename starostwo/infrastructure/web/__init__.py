"""Screens of the infrastructure."""
