"""Assets: what the county owns, where it stands, who keeps it, what it is worth, and its stock-taking."""
