"""Mirrors pipeline/."""
