"""Telephony: numbers of both buildings, where each call goes, and who may call out."""
