"""What the package asks of the database."""
