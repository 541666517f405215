"""What the opener process and those who ask it agree on; apart, so that nobody else loads its libraries."""

STARTED = b"+"
WALL_SECONDS = 30
