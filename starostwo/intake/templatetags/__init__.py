"""Template tags of the submission box."""
