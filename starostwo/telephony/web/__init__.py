"""Screens of telephony."""
