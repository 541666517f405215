"""Screens of the office: log-in, account, structure, people, stand-ins."""
