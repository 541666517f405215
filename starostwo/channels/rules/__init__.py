"""Rules of what leaves the house, as plain Python."""
