"""Rules on the application."""
