"""Measures the whole path through the product at the size of a county after years of work: `make bench`."""
