"""Mirrors pipeline/report/."""
