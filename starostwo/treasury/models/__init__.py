"""Tables of the treasury."""
