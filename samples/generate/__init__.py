"""Draws the synthetic dossiers below samples/."""
