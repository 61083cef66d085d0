"""Dossiers and results that lie elsewhere, at URLs that fsspec knows: `s3://`, `gs://` and others.

fsspec is imported once a URL was given, and never otherwise: nothing leaves the machine in ordinary use.
"""
