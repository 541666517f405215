"""Reads of the infrastructure."""
