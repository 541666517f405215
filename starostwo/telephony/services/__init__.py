"""What changes telephony."""
