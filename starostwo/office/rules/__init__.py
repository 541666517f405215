"""Rules of the office as plain Python: unit symbols, second factors, tokens."""
