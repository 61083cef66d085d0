"""Hostile input of our own making: every attack with what must come of it. Nothing here is kept in the repository."""
