"""How the lines of history hang together: plain values, no database."""
