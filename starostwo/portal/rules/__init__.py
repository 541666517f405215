"""What may be shown to the public, as plain Python: without Django and without a clock."""
