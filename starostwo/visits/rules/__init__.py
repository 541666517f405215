"""What holds for visits, as plain Python."""
