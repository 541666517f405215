"""Forms as plain Python: definitions, conditions, answers and their XML; no Django here."""
