"""Rules on the category."""
