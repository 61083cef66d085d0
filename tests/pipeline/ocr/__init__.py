"""Tests of the OCR engines."""
