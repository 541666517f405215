"""The law of fixed assets as plain Python."""
