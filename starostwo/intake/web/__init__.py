"""The submission box for programs, the quarantine for the mail desk."""
