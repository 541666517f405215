"""How a text becomes words of the index, and a question becomes a condition: plain values."""
