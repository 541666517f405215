"""Screens of assets."""
