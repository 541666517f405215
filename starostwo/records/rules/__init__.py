"""The law of records and cases as plain Python: no Django, no clock, each rule names its article."""
