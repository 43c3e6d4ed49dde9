"""Where the panels of the workspace are."""
