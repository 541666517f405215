"""What is checked beside the tests themselves, and the order in which everything is checked."""
