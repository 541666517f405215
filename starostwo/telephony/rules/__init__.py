"""Rules of telephony: pure functions."""
