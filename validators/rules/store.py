"""Rules on the store."""
