"""What the electronic submission box takes in, as plain Python."""
