"""Fills the tables in bulk with letters and cases as the services would have left them."""
