"""Template tags of telephony."""
