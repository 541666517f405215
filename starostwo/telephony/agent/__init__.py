"""A small SIP user agent of the house: test phone, voicemail box and trunk peer. Standard library alone."""
