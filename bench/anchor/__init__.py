"""A small site in Wagtail with the same page as ours, in an environment of its own: what ours is beside."""
