"""The exchange of a building: Kamailio, its configuration and its run."""
