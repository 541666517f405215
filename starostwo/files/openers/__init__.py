"""Strict openers: one for each kind of file. They run in a child process with limits, never in the server."""
