"""The commands of `starostwo`: one module each, with a function `carry_out`."""


class CannotCarryOut(Exception):
    """A command that refuses; its text is for the person who typed it."""
