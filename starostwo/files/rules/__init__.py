"""Which kinds of files are taken in, and what speaks against a file: plain values."""
