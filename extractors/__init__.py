"""Certificates and letters: one file per type of document."""
