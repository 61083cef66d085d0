"""Synthetic dossiers, all invented, and the generator that made them."""
